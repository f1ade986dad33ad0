// The config file: what it means, and what is said of its mistakes. Each mistake is planted in a file that is right.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keysInClear, loadConfig } from "../../schemas/load-config.ts";

const right = `organisation: Test Works
people:
  ada:
    name: Ada
    time_zone: Europe/London
    sms: "+12025550101"
  joan:
    name: Joan
    time_zone: America/Chicago
    contact:
      - { id: work, sms: "+12025550143" }
      - { id: home, sms: "+12025550144" }
    rules:
      low: [work, { method: home, after: 4m }]
policies:
  shop:
    levels:
      - { page: [ada], within: 5m }
      - { page: [joan] }
services:
  checkout: { name: Checkout, importance: high, policy: shop }
sources:
  prometheus: { kind: alertmanager, key: prometheus-key-0001 }
  aws: { kind: cloudwatch, accounts: ["111122223333"] }
routing:
  - { source: aws, labels: { alarm: c* }, service: checkout, group_by: [alarm] }
  - { service: checkout }
`;

const organisationIn = (text: string) => {
  const loaded = loadConfig(text);
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems, null, 1));
  // How people sign in has a test of its own (identity.test.ts).
  const warnings = loaded.warnings.filter(({ message }) => !/recognised|known in Teams/.test(message));
  return { ...loaded, warnings };
};
const problemsIn = (text: string) => {
  const loaded = loadConfig(text);
  return "problems" in loaded ? loaded.problems : [];
};
const planted = (what: string, instead: string): string => {
  if (!right.includes(what)) throw new Error(`nothing to replace: ${what}`);
  return right.replace(what, instead);
};

test.each(["Ada\\e[2J", "Ada\\u202Eecarg", "Ada\\nREADY", "Ada\\u200B", "Ada\\u3164"])(
  "a name is one line that can be seen: %s",
  (name) => {
    expect(problemsIn(planted("name: Ada", `name: "${name}"`))).toMatchObject([
      { path: "people.ada.name", message: "name must be one line, without characters that can't be seen" },
    ]);
  },
);

test.each(["Łucja Þórsdóttir", "علی‌رضا", "葛\u{e0100}西", "Zoë ❤️"])(
  "a name in any script is right: %s",
  (name) => {
    expect(organisationIn(planted("name: Ada", `name: "${name}"`)).organisation.people[0]?.name).toBe(name);
  },
);

describe("a phone", () => {
  const withPhone = (instead: string) => {
    const { organisation, warnings } = organisationIn(planted('sms: "+12025550101"', instead));
    return { ada: organisation.people[0], warnings };
  };
  const number = "+12025550101";

  test("is texted and called: at once what is urgent, and otherwise called after three minutes", () => {
    const { ada, warnings } = withPhone(`phone: "${number}"`);
    expect(warnings).toEqual([]);
    expect(ada?.methods).toEqual([
      { id: "sms", channel: "sms", address: number },
      { id: "voice", channel: "voice", address: number },
    ]);
    expect(ada?.steps).toEqual({
      high: [
        { method: "sms", channel: "sms", after: 0 },
        { method: "voice", channel: "voice", after: 0 },
      ],
      low: [
        { method: "sms", channel: "sms", after: 0 },
        { method: "voice", channel: "voice", after: 180_000 },
      ],
    });
  });

  test("is the same as sms and voice with one number, and no reason for a warning", () => {
    expect(
      withPhone(`{ sms: "${number}", voice: "${number}" }`.slice(2, -2).replace(", ", "\n    ")),
    ).toEqual(withPhone(`phone: "${number}"`));
  });

  test("who is only called is called at once, however urgent", () => {
    const { ada } = withPhone(`voice: "${number}"`);
    expect(ada?.steps.low).toEqual([{ method: "voice", channel: "voice", after: 0 }]);
  });

  test("in the list is two ways, which rules name together or singly", () => {
    const { organisation } = organisationIn(
      planted('{ id: work, sms: "+12025550143" }', '{ id: work, phone: "+12025550143" }').replace(
        "low: [work, { method: home, after: 4m }]",
        "high: [work]\n      low: [work-sms, { method: work-voice, after: 2m }]",
      ),
    );
    expect(organisation.people[1]?.methods.map(({ id }) => id)).toEqual(["work-sms", "work-voice", "home"]);
    expect(organisation.people[1]?.steps).toEqual({
      high: [
        { method: "work-sms", channel: "sms", after: 0 },
        { method: "work-voice", channel: "voice", after: 0 },
      ],
      low: [
        { method: "work-sms", channel: "sms", after: 0 },
        { method: "work-voice", channel: "voice", after: 120_000 },
      ],
    });
  });

  test("that is nobody's is complained of once, at its place", () => {
    expect(problemsIn(planted('sms: "+12025550101"', 'phone: "+1"'))).toMatchObject([
      { path: "people.ada.phone" },
    ]);
  });

  test("beside the same number as sms stands twice", () => {
    const twice = planted(
      'sms: "+12025550101"',
      `contact: [{ phone: "${number}" }, { id: b, sms: "${number}" }]`,
    );
    expect(organisationIn(twice).warnings).toMatchObject([
      { path: "people.ada.contact[1].sms", message: 'the number …01 stands twice with "ada"' },
    ]);
  });

  test("of somebody else is a warning, called or texted", () => {
    const shared = planted('sms: "+12025550101"', 'voice: "+12025550143"');
    expect(organisationIn(shared).warnings).toMatchObject([
      { message: 'the number …43 belongs to "ada" as well' },
    ]);
  });
});

describe("a person's language", () => {
  test("is kept for calls", () => {
    const { organisation } = organisationIn(
      planted("time_zone: Europe/London", "time_zone: Europe/London\n    language: sv-SE"),
    );
    expect(organisation.people[0]?.language).toBe("sv-SE");
    expect(organisation.people[1]).not.toHaveProperty("language");
  });

  test("has to be a tag", () => {
    expect(
      problemsIn(planted("time_zone: Europe/London", "time_zone: Europe/London\n    language: Swedish!")),
    ).toMatchObject([{ path: "people.ada.language" }]);
  });
});

describe("what a caller for help may choose by key", () => {
  const website = "  website: { name: Website, policy: shop }\n";
  const two = planted("sources:\n", `${website}sources:\n`);

  test("is the file's own list, in its order; the services as they stand where there is none", () => {
    expect(organisationIn(two).organisation.line).toEqual(["checkout", "website"]);
    expect(organisationIn(`${two}line: { services: [website] }\n`).organisation.line).toEqual(["website"]);
    expect(organisationIn(`${two}line: { services: [] }\n`).organisation.line).toEqual([]);
  });

  test("is never more than there are keys for", () => {
    const many = Array.from({ length: 20 }, (_, n) => website.replace("website", `w${n}`)).join("");
    expect(organisationIn(planted("sources:\n", `${many}sources:\n`)).organisation.line).toHaveLength(8);
    const nine = Array.from({ length: 9 }, () => "checkout").join(", ");
    expect(problemsIn(`${right}line: { services: [${nine}] }\n`)).not.toEqual([]);
  });

  test("names services that there are, each once", () => {
    expect(problemsIn(`${two}line: { services: [website, websit, website] }\n`)).toMatchObject([
      { path: "line.services[1]", message: 'there is no service "websit"' },
      { path: "line.services[2]", advice: "name it once" },
    ]);
  });
});

describe("a file that is right", () => {
  test("is an organisation with its defaults filled in", () => {
    const { organisation, warnings } = organisationIn(right);
    expect(warnings).toEqual([]);
    expect(organisation.people[1]).toEqual({
      id: "joan",
      name: "Joan",
      timeZone: "America/Chicago",
      methods: [
        { id: "work", channel: "sms", address: "+12025550143" },
        { id: "home", channel: "sms", address: "+12025550144" },
      ],
      steps: {
        high: [
          { method: "work", channel: "sms", after: 0 },
          { method: "home", channel: "sms", after: 0 },
        ],
        low: [
          { method: "work", channel: "sms", after: 0 },
          { method: "home", channel: "sms", after: 240_000 },
        ],
      },
    });
    expect(organisation.policies[0]).toMatchObject({
      levels: [{ within: 300_000 }, { within: 300_000 }],
      repeats: 0,
      catchAllEvery: 300_000,
      askAfter: 900_000,
      resumeAfter: 300_000,
    });
    expect(organisation.routes.at(-1)).toEqual({ labels: {}, service: "checkout", groupBy: [] });
    expect(organisation.sources[0]?.keyHashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  test("pages everybody of the policy when nobody answers and no catch-all is named", () => {
    expect(organisationIn(right).organisation.policies[0]?.catchAll.map(({ id }) => id)).toEqual([
      "ada",
      "joan",
    ]);
  });

  test("has a version that comments, order and spelling do not change, and content does", () => {
    const { version } = organisationIn(right);
    const [head = "", rest = ""] = right.split(/(?=people:)/);
    expect(organisationIn(`# a comment\n${rest}${head}`).version).toBe(version);
    expect(organisationIn(planted('"+12025550101"', '"+1 202 555 0101"')).version).toBe(version);
    expect(organisationIn(planted("within: 5m", "within: 300s")).version).toBe(version);
    expect(organisationIn(planted("within: 5m", "within: 6m")).version).not.toBe(version);
    expect(organisationIn(planted("prometheus-key-0001", "prometheus-key-0002")).version).not.toBe(version);
  });

  test.each(["+12025550101", "+1 202-555-0101", '"+1 (202) 555-0101"'])(
    "takes the number %s, quoted or not",
    (sms) => {
      expect(organisationIn(planted('"+12025550101"', sms)).organisation.people[0]?.methods[0]?.address).toBe(
        "+12025550101",
      );
    },
  );

  test("takes an account with a leading zero, quoted or not", () => {
    const accounts = organisationIn(planted('"111122223333"', '011122223333, "022233334444", 555566667777'))
      .organisation.sources[1]?.accounts;
    expect(accounts).toEqual(["011122223333", "022233334444", "555566667777"]);
  });

  test("may repeat itself by alias", () => {
    const aliased = planted("levels:", "catch_all: &everybody [ada, joan]\n    levels:").replace(
      "page: [joan]",
      "page: *everybody",
    );
    expect(organisationIn(aliased).organisation.policies[0]?.levels[1]?.targets).toHaveLength(2);
  });

  test("warns of numbers that are in no range in use, and of shared ones, without printing them", () => {
    const { warnings } = organisationIn(
      planted('"+12025550101"', '"+447700900001"').replace("+12025550143", "+447700900001"),
    );
    expect(warnings.map(({ line, message }) => [line, message])).toEqual([
      [6, "the number …01 is in no range that is in use"],
      [11, "the number …01 is in no range that is in use"],
      [11, 'the number …01 belongs to "ada" as well'],
    ]);
    expect(JSON.stringify(warnings)).not.toContain("447700900001");
  });
});

describe("a mistake is named with its place and what to do", () => {
  test.each([
    // what, instead, line:column, message, advice
    ["name: Ada", "nmae: Ada", "4:5", '"nmae" is not known here', 'did you mean "name"?'],
    [
      "organisation:",
      "organization:",
      "1:1",
      '"organization" is not known here',
      'did you mean "organisation"?',
    ],
    [
      "Europe/London",
      "Europe/Lodnon",
      "5:16",
      'there is no time zone "Europe/Lodnon"',
      'did you mean "Europe/London"?',
    ],
    ["Europe/London", '"+02:00"', "5:16", '"+02:00" is an offset, not a time zone', "IANA name"],
    ['"+12025550101"', '"0770"', "6:10", "no phone number", "with its country code"],
    ['"+12025550101"', '"+12"', "6:10", "no phone number", "with its country code"],
    ['"+12025550101"', '"+12025550101;ext=5"', "6:10", "no phone number", "with its country code"],
    ['    sms: "+12025550101"\n', "", "3:3", 'nobody can reach "ada"', "add a number"],
    ["id: home", "id: work", "12:26", 'two ways of "joan" are named "work"', "an id of its own"],
    [
      "method: home",
      "method: hoem",
      "14:29",
      'there is no contact method "hoem" here',
      'did you mean "home"?',
    ],
    [
      "after: 4m",
      "after: 4x",
      "14:42",
      "after must be a span of time such as 30s, 5m or 1h30m",
      "correct it",
    ],
    ["page: [ada]", "page: [adda]", "18:18", 'there is no person "adda"', 'did you mean "ada"?'],
    ["page: [ada]", "page: [ada, ada]", "18:23", '"ada" is named twice', "once"],
    ["page: [ada]", "page: []", "18:17", "page must name at least one person", ""],
    ["within: 5m", "within: 5", "18:32", "within must be a span of time", ""],
    ["within: 5m", "within: 5s", "18:32", "within must be between 30 seconds and 24 hours", ""],
    ["policy: shop", "policy: shopp", "21:57", 'there is no policy "shopp"', 'did you mean "shop"?'],
    ["importance: high", "importance: hihg", "21:43", "importance is none of the words", "low, normal, high"],
    [
      "kind: alertmanager",
      "kind: alertmanger",
      "23:23",
      "kind is none of the words",
      "alertmanager, generic, cloudwatch",
    ],
    ["prometheus-key-0001", "short", "23:42", "key must be 16 to 128 letters", ""],
    [
      ", key: prometheus-key-0001",
      "",
      "23:3",
      'nothing can be sent to the source "prometheus"',
      "give it a key",
    ],
    [
      'accounts: ["111122223333"]',
      "accounts: [1234567890123]",
      "24:39",
      "must be the 12 digits of an AWS account",
      "",
    ],
    [
      "kind: alertmanager",
      "kind: alertmanager, accounts: ['444455556666']",
      "23:47",
      "only a cloudwatch source",
      "remove it",
    ],
    [
      "  aws:",
      "  other: { kind: cloudwatch, accounts: ['111122223333'] }\n  aws:",
      "25:39",
      'taken by the source "other"',
      "once",
    ],
    ["source: aws", "source: asw", "26:15", 'there is no source "asw"', 'did you mean "aws"?'],
    [
      "  - { service: checkout }\n",
      "",
      "26:5",
      "the last route does not match every alert",
      "add a final route",
    ],
    ["  - { source: aws, labels: { alarm: c* },", "  - {", "26:5", "takes every alert", "move it to the end"],
    ["  joan:", "  ada:", "7:3", '"ada" stands here twice', "keep one"],
    ["  ada:", "  Ada:", "3:3", '"Ada" is no id', "a-z"],
    ["  ada:", "  __proto__:", "3:3", "no plain text", ""],
    ["organisation: Test Works\n", "", "1:1", "organisation is missing", "add organisation"],
    ["organisation: Test Works", "organisation: [a]", "1:15", "organisation must be text", "write text"],
    ["    name: Ada", "\tname: Ada", "4:1", "a tab stands where indentation is expected", "spaces"],
    ["name: Ada", 'name: "Ada', "", "this is not YAML", ""],
    ["page: [joan]", "page: *nobody", "", "", ""],
    ["routing:", "---\nrouting:", "", "second document", "one document"],
  ])("%j → %j", (what, instead, place, message, advice) => {
    const problems = problemsIn(planted(what, instead));
    const told = problems.map((problem) => ({
      place: `${problem.line}:${problem.column}`,
      message: problem.message,
      advice: problem.advice,
    }));
    expect(told).toContainEqual({
      place: place === "" ? expect.any(String) : place,
      message: expect.stringContaining(message),
      advice: expect.stringContaining(advice),
    });
  });

  test("all mistakes are told at once, in the order of the file", () => {
    const text = right
      .replace("Europe/London", "Europe/Lodnon")
      .replace("page: [ada]", "page: [adda]")
      .replace("name: Checkout", "naem: Checkout")
      .replace("source: aws", "source: asw");
    expect(problemsIn(text).map(({ line }) => line)).toEqual([5, 18, 21, 21, 26]);
  });

  test("of very many mistakes the first hundred are told, and the rest is counted", () => {
    const many = Array.from({ length: 300 }, (_, n) => `extra${n}: 1`).join("\n");
    const problems = problemsIn(`${right}${many}\n`);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.message).toBe("there are 200 more problems");
  });
});

describe("a file made to do harm", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [n, name] of "bcdefghi".split("").entries()) {
    const before = "abcdefghi"[n];
    bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`);
  }

  test.each([
    ["a billion laughs", bomb.join("\n"), /aliases make the file grow/],
    ["an alias to itself", "people: &a { b: *a }", /nested too deep/],
    ["brackets 100,000 deep", "[".repeat(100_000), /nested too deep/],
    ["lists 10,000 deep", `${"- ".repeat(10_000)}x`, /nested too deep/],
    ["6 MB", `organisation: ${"x".repeat(6 * 1024 * 1024)}`, /larger than 5 MB/],
    ["50,000 names twice", "a: 1\n".repeat(50_000), /stands here twice/],
    ["nothing", "", /must be|missing|empty/],
    ["a tag that makes objects", "organisation: !!js/function 'function(){}'", /./],
  ])("%s is refused", (_case, text, message) => {
    const problems = problemsIn(text);
    expect(problems.map((problem) => problem.message).join("\n")).toMatch(message);
  });

  test("thousands of names are read in linear time", () => {
    /** Milliseconds of the processor's time: a machine that does other things gives it later, not more of it. */
    const reading = (length: number): number => {
      const people = Array.from(
        { length },
        (_, n) => `  p${n}: { name: P, time_zone: UTC, sms: "+12025550101" }`,
      );
      const text = right.replace("people:\n", `people:\n${people.join("\n")}\n`);
      const before = process.cpuUsage();
      const loaded = loadConfig(text);
      const { user, system } = process.cpuUsage(before);
      expect("problems" in loaded).toBe(false);
      return (user + system) / 1000;
    };
    reading(500); // compiles
    // Ten times as many take ten times as long; in quadratic time it would be a hundred.
    expect(reading(5000)).toBeLessThan(40 * reading(500));
  });

  test("whatever stands in it, the loader answers and never throws, and every place is in the file", () => {
    const pieces = fc.constantFrom(
      ..."abc:-[]{}&*!|>'\"%@`#,? \n\t\u0000\ud800é0123".split(""),
      "people:\n",
      "  ada:\n",
      "- ",
      "<<: *a",
      "&a ",
      "*a",
      "---\n",
      "...",
      "? ",
      ": ",
      "!!set ",
      "routing:\n",
      "organisation: x\n",
      "sms: +12025550101",
    );
    const mutated = fc
      .tuple(fc.nat(right.length), fc.nat(20), fc.array(pieces, { maxLength: 8 }))
      .map(([at, cut, insert]) => right.slice(0, at) + insert.join("") + right.slice(at + cut));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 60 }).map((all) => all.join("")),
          mutated,
        ),
        (text) => {
          const loaded = loadConfig(text);
          const lines = text.split("\n").length;
          for (const { line, column, message, advice } of "problems" in loaded
            ? loaded.problems
            : loaded.warnings) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines + 1);
            expect(column).toBeGreaterThanOrEqual(1);
            expect(message).not.toBe("");
            expect(advice).not.toBe("");
          }
          if ("problems" in loaded) expect(loaded.problems).not.toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("the sample at the root", () => {
  const sample = readFileSync(new URL("../../muster.yaml", import.meta.url), "utf8");

  test("is right, and beside its sign-in only its demo keys are warned of", () => {
    expect(organisationIn(sample).warnings.map(({ path }) => path)).toEqual(["sources.prometheus.key"]);
  });

  test("names its schema for editors, and its keys for a first alert", () => {
    expect(sample.split("\n")[0]).toBe("# yaml-language-server: $schema=schemas/muster.schema.json");
    expect([...keysInClear(sample).keys()]).toEqual(["prometheus", "anything", "drills"]);
  });
});
