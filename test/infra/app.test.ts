// The CDK's own way in: the program that `cdk deploy` runs, with what an operator gives it and nothing else.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
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

test("without an account, a network or credentials there is a template, and a word that it can be deployed nowhere", async () => {
  await app({});
  const manifest = readFileSync(join(out, "manifest.json"), "utf8");
  expect(manifest).toContain("aws://000000000000/");
  expect(readFileSync(join(out, "Muster.metadata.json"), "utf8")).toContain("No account is given");
}, 60_000);

test("credentials that point at production are refused before anything is made", async () => {
  const { account: _unsaid, region: _unsaidToo, ...rest } = plain;
  const production = { CDK_DEFAULT_ACCOUNT: productionAccount, CDK_DEFAULT_REGION: "eu-west-1" };
  await expect(app(rest, production)).rejects.toThrow(/listed as production/);
}, 60_000);
