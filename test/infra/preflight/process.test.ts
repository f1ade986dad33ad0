// The program itself, in a process of its own: AWS's clients find the account by the environment, and `cdk` by the path.
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { aReadyWorld, issuer, type World } from "../../support/preflight-world.ts";

const program = join(import.meta.dirname, "../../../infra/cli/main.ts");
let world: World;
beforeEach(async () => {
  world = await aReadyWorld();
});

/** A folder with the world's files, and programs of its own before those of the machine. */
function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "muster-preflight-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [file, text] of world.files) writeFileSync(join(folder, file), text);
  mkdirSync(join(folder, "bin"));
  // In the CDK's place: it writes down what it was asked for, and says something on its standard output.
  writeFileSync(
    join(folder, "bin/cdk"),
    `#!/bin/sh\necho "$@" >> "${folder}/cdk.log"\necho "Muster.PublicUrl = https://muster.example.com"\n`,
  );
  chmodSync(join(folder, "bin/cdk"), 0o755);
  return folder;
}

/** The issuer's documents over HTTP; the program is led there by a module that it loads first, for settings take https alone. */
async function theIssuer(folder: string): Promise<string> {
  const server = createServer((request, response) => {
    response.end(JSON.stringify(world.issuer.get(`${issuer}${(request.url ?? "").slice(1)}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const module = join(folder, "issuer.mjs");
  writeFileSync(
    module,
    `const real = fetch; globalThis.fetch = (url, init) => real(String(url).replace("${issuer}", "${there}"), init);`,
  );
  return module;
}

async function muster(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const issuerModule = await theIssuer(folder);
  return new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
    execFile(
      process.execPath,
      ["--import", issuerModule, program, ...args],
      {
        cwd: folder,
        env: {
          PATH: [join(folder, "bin"), process.env["PATH"]].join(delimiter),
          HOME: folder,
          AWS_ENDPOINT_URL: world.aws.client.endpoint,
          AWS_EC2_METADATA_DISABLED: "true",
          ...env,
        },
      },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

const credentials = { AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "test" };

test("credentials of the environment, then `cdk deploy` twice, the first time without protection", async () => {
  const folder = aFolder();
  const { code, out, err } = await muster(folder, ["deploy", "-c", "regionLetter=B"], credentials);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("Muster.PublicUrl = https://muster.example.com");
  expect(readFileSync(join(folder, "cdk.log"), "utf8")).toBe(
    "deploy Muster -c regionLetter=B -c protected=false\ndeploy Muster -c regionLetter=B\n",
  );
});

test("with --json all that the CDK prints goes to standard error, so that standard output is JSON", async () => {
  const { out, err } = await muster(aFolder(), ["deploy", "--json"], credentials);
  expect(JSON.parse(out)).toMatchObject({ ok: true, outcome: "deployed" });
  expect(err).toContain("Muster.PublicUrl");
});

test("a profile brings credentials and region", async () => {
  const folder = aFolder();
  const { region: _region, ...rest } = JSON.parse(world.files.get("cdk.context.json") ?? "") as {
    region: string;
  };
  writeFileSync(join(folder, "cdk.context.json"), JSON.stringify(rest));
  mkdirSync(join(folder, ".aws"));
  writeFileSync(
    join(folder, ".aws/config"),
    "[profile muster]\nregion = eu-west-1\naws_access_key_id = AKIATEST\naws_secret_access_key = test\n",
  );
  expect(await muster(folder, ["preflight", "--profile", "muster"])).toMatchObject({ code: 0, err: "" });
  const { code, out } = await muster(folder, ["preflight", "--json"]);
  expect([code, out]).toEqual([1, expect.stringMatching(/"field":"credentials".*"field":"region"/)]);
});
