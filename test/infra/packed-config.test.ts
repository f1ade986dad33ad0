// The organisation's file as a deployment carries it: no key in clear, no comment, and otherwise what the operator wrote.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { packedConfig } from "../../infra/packed-config.ts";
import { loadConfig } from "../../schemas/load-config.ts";

const sample = readFileSync("muster.yaml", "utf8");
const sources = (written: string): string =>
  sample
    .replace(/^sources:\n(?: .*\n|\n)*/m, `sources:\n${written}\n`)
    .replace(/^ {2}- source: aws\n.*\n.*\n/m, "");
const hashOf = (key: string) => createHash("sha256").update(key).digest("hex");
const other = hashOf("a-key-of-another-time");
const key = "a-key-of-the-tests-0001";

const organisationOf = (text: string) => {
  const loaded = loadConfig(text);
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
};

describe("the packed config", () => {
  test("of the sample has none of its keys and comments, and is the same version", () => {
    const { text, demoKeys } = packedConfig(sample);
    expect(text).not.toContain("demo-");
    expect(text).not.toContain("#");
    expect(text).toContain(hashOf("demo-anything-key-0001"));
    expect(demoKeys).toEqual(["prometheus", "anything", "drills"]);
    expect(organisationOf(text).version).toBe(organisationOf(sample).version);
  });

  test.each([
    ["a key", `  a: { kind: generic, key: ${key} }`, [key]],
    ["a key in quotes", `  a:\n    kind: generic\n    "key": "${key}"`, [key]],
    ["a key on a line of its own", `  a:\n    kind: generic\n    key:\n      '${key}' # theirs`, [key]],
    ["two keys", `  a: { kind: generic, key: [${key}, "${key}-b"] }`, [key, `${key}-b`]],
    [
      "keys in lines",
      `  a:\n    kind: generic\n    key:\n      - ${key}\n      - ${key}-b\n    drill: true`,
      [key, `${key}-b`],
    ],
    ["a key beside a hash", `  a: { kind: generic, key: ${key}, key_sha256: ${other} }`, [key]],
    ["a key behind a hash", `  a: { kind: generic, key_sha256: [${other}], key: ${key} }`, [key]],
    [
      "a key beside a hash, in lines",
      `  a:\n    key: ${key}\n    kind: generic\n    key_sha256:\n      - ${other}`,
      [key],
    ],
    [
      "a key that two share",
      `  a: { kind: generic, key: &k ${key} }\n  b: { kind: alertmanager, key: *k }`,
      [key],
    ],
    ["a hash alone", `  a: { kind: generic, key_sha256: ${other} }`, []],
    ["a key of JSON", `  {"a": {"kind": "generic", "key": "${key}"}}`, [key]],
  ])("with %s opens for the same keys", (_, written, keys) => {
    const config = sources(written);
    const { text, demoKeys } = packedConfig(config);
    for (const each of keys) expect(text).not.toContain(each);
    expect(organisationOf(text).organisation.sources).toEqual(organisationOf(config).organisation.sources);
    expect(organisationOf(text).version).toBe(organisationOf(config).version);
    expect(demoKeys).toEqual([]);
  });

  test("keeps what only looks like a comment, and every line where it was", () => {
    const config = sample
      .replace("organisation: Brightwater Books", 'organisation: "Brightwater #1"')
      .replace("name: Linus Ekdahl", "name: >-\n      # Linus\n      Ekdahl#2")
      .replace("importance: high, policy: shop", "importance: high, policy: nowhere");
    const mistakes = (text: string) => {
      const loaded = loadConfig(text);
      return "problems" in loaded ? loaded.problems : [];
    };
    expect(mistakes(config)).toHaveLength(1);
    const { text } = packedConfig(config);
    expect(mistakes(text)).toEqual(mistakes(config));
    expect(text).toContain("# Linus");
    expect(text).toContain("Brightwater #1");
  });

  test("is not made of a key that apply-config would refuse, for its hash would pass", () => {
    for (const bad of [
      "short",
      "with blanks in it, and long enough",
      "12345678901234567",
      "[a-good-key-of-20-chars, short]",
    ])
      expect(() => packedConfig(sources(`  a: { kind: generic, key: ${bad} }`))).toThrow(
        /^sources\.a\.key must be/,
      );
  });

  test("is not made where a key would be left in it", () => {
    const config = sources(`  a: { kind: generic, key: ${key} }`).replace("name: Ada Okafor", `name: ${key}`);
    expect(() => packedConfig(config)).toThrow(/write each as key_sha256/);
  });

  test("is not made of what is no YAML, and the place is said", () => {
    expect(() => packedConfig('organisation: "x\npeople: [')).toThrow(/^The config can't be read at \d+:\d+/);
  });
});
