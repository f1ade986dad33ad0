// The CDK's own way in: the program that `cdk deploy` runs, with what an operator gives it and nothing else.
import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plain, productionAccount } from "./support/said.ts";

const root = join(import.meta.dirname, "../..");
const out = mkdtempSync(join(tmpdir(), "muster-app-"));
afterAll(() => rmSync(out, { recursive: true }));

const app = (
  context: Readonly<Record<string, string>>,
  surroundings: Readonly<Record<string, string>> = {},
) =>
  promisify(execFile)(process.execPath, ["infra/app.ts"], {
    cwd: root,
    env: {
      ...surroundings,
      // The validator runs in review.test.ts.
      CDK_VALIDATION: "false",
      PATH: process.env["PATH"],
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
  });

beforeAll(async () => {
  await app({});
}, 180_000);

test("without an account, a network or credentials there is a template, and a word that it can be deployed nowhere", () => {
  const manifest = readFileSync(join(out, "manifest.json"), "utf8");
  expect(manifest).toContain("aws://000000000000/");
  expect(readFileSync(join(out, "Muster.metadata.json"), "utf8")).toContain("No account is given");
});

test("no key of a source is in anything that a deployment uploads", () => {
  const files = globSync("**/*", { cwd: out }).filter((file) => statSync(join(out, file)).isFile());
  const config = files.filter((file) => file.endsWith("/muster.yaml"));
  expect(config).toHaveLength(1);
  expect(readFileSync(join(out, config[0] ?? ""), "utf8")).toMatch(/key_sha256: "[0-9a-f]{64}"/);
  const keys = [...readFileSync(join(root, "muster.yaml"), "utf8").matchAll(/\bkey: (\S+)/g)].map(
    ([, key]) => key ?? "",
  );
  expect(keys).toHaveLength(3);
  const texts = files.map((file) => readFileSync(join(out, file), "latin1"));
  for (const key of keys) expect(texts.filter((text) => text.includes(key))).toEqual([]);
  expect(readFileSync(join(out, "Muster.metadata.json"), "utf8")).toContain(
    "demo keys are known to everybody",
  );
});

test("the sample can't be deployed into an account: its keys are known, and its numbers are nobody's", async () => {
  await app(plain);
  const said = readFileSync(join(out, "Muster.metadata.json"), "utf8");
  const errors = (JSON.parse(said) as Record<string, readonly { type: string; data: string }[]>)["/Muster"]
    ?.filter(({ type }) => type === "aws:cdk:error")
    .map(({ data }) => data);
  expect(errors).toEqual([
    expect.stringContaining("demo keys are known to everybody"),
    expect.stringMatching(/\+12025550101.*nobody behind them/),
  ]);
}, 60_000);

test("credentials that point at production are refused before anything is made", async () => {
  const { account: _unsaid, region: _unsaidToo, ...rest } = plain;
  const production = { CDK_DEFAULT_ACCOUNT: productionAccount, CDK_DEFAULT_REGION: "eu-west-1" };
  await expect(app(rest, production)).rejects.toThrow(/listed as production/);
}, 60_000);
