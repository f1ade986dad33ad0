// Before a deployment, run as an operator runs it: by the program itself, against an account that speaks AWS's protocols, and an
// issuer that publishes its document.
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type AwsAccount, awsAccount } from "../../support/aws-account.ts";
import { sampleConfig } from "../../support/world.ts";

const own = "111122223333";
const main = join(import.meta.dirname, "../../../infra/cli/main.ts");
const folder = mkdtempSync(join(tmpdir(), "muster-preflight-"));
const log = join(folder, "npx.log");
let aws: AwsAccount;
let issuer: ReturnType<typeof createServer>;
let issuerUrl = "";
let document: object;
let settings: Record<string, string>;

beforeAll(async () => {
  issuer = createServer((_, response) => response.end(JSON.stringify(document)));
  await new Promise<void>((done) => issuer.listen(0, "127.0.0.1", done));
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  // In npx's place: it writes down what it was asked for, and ends as it is told.
  mkdirSync(join(folder, "bin"));
  writeFileSync(
    join(folder, "bin/npx"),
    `#!/bin/sh\necho "$@" >> ${log}\ncase "$*" in *protected=false*) exit \${FIRST_ENDS:-0};; esac\n`,
  );
  chmodSync(join(folder, "bin/npx"), 0o755);
});
afterAll(() => {
  issuer.close();
  rmSync(folder, { recursive: true });
});

const parameter = (value: object, type = "SecureString") => ({ type, value: JSON.stringify(value) });

beforeEach(async () => {
  aws = await awsAccount(own);
  aws.parameters
    .set("/cdk-bootstrap/muster/version", { type: "String", value: "23" })
    .set("/muster/twilio", parameter({ accountSid: "AC1", authToken: "t" }))
    .set("/muster/hub-key", parameter({ key: "k".repeat(32) }));
  // Settings ask for https; the test's issuer speaks plainly behind a name that the program is told to reach so.
  document = {
    issuer: "https://issuer.example.com",
    authorization_endpoint: "https://issuer.example.com/a",
    token_endpoint: "https://issuer.example.com/t",
    jwks_uri: "https://issuer.example.com/j",
  };
  settings = {
    account: own,
    region: "eu-west-1",
    productionAccounts: "444455556666",
    operatorEmail: "operator@example.com",
    signInIssuer: "https://issuer.example.com",
    signInClient: "muster",
    twilioFrom: "+12025550199",
    "@aws-cdk/core:bootstrapQualifier": "muster",
  };
  const real = sampleConfig()
    .replaceAll(/key: demo-[\w-]+/g, `key_sha256: "${"0".repeat(64)}"`)
    .replaceAll("+120255501", "+1202555" + "02")
    .replaceAll("+46701740605", "+46701740600")
    .replaceAll("+61491570156", "+61491570155");
  writeFileSync(join(folder, "muster.yaml"), real);
  writeFileSync(log, "");
});
afterEach(() => aws.close());

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const muster = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> => {
  writeFileSync(join(folder, "cdk.context.json"), JSON.stringify(settings));
  const preload = join(folder, "issuer.mjs");
  writeFileSync(
    preload,
    `const real = fetch; globalThis.fetch = (url, init) => real(String(url).replace("https://issuer.example.com", "${issuerUrl}"), init);`,
  );
  return new Promise((done) => {
    execFile(
      process.execPath,
      ["--import", preload, main, ...words],
      {
        cwd: folder,
        env: {
          PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
          AWS_ENDPOINT_URL: aws.url,
          AWS_ACCESS_KEY_ID: "AKIATEST",
          AWS_SECRET_ACCESS_KEY: "test",
          AWS_MAX_ATTEMPTS: "1",
          AWS_EC2_METADATA_DISABLED: "true",
          ...env,
        },
      },
      (error, out, err) => done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
};

test("with everything in its place it says so, and has changed nothing", async () => {
  const { code, out, err } = await muster(["preflight"]);
  expect([err, out]).toEqual(["", expect.stringMatching(/Ready to deploy\.\n$/)]);
  expect(code).toBe(0);
  for (const about of [
    "the settings",
    "the organisation's file",
    "the sign-in",
    "the bootstrap",
    "the stack",
  ])
    expect(out).toContain(`ok     ${about}`);
  expect(new Set(aws.asked)).toEqual(
    new Set(["GetCallerIdentity", "GetParameter", "GetAccountSettings", "DescribeStacks"]),
  );
});

interface Found {
  readonly about: string;
  readonly says: string;
  readonly advice: string;
}

const faults = async (words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) => {
  const { code, out } = await muster(["preflight", "--json", ...words], env);
  const said = JSON.parse(out) as { ok: boolean; faults: readonly Found[] };
  expect([code, said.ok]).toEqual(said.faults.length === 0 ? [0, true] : [1, false]);
  return said.faults;
};

describe("it names what is wrong, and what to do", () => {
  test.each<[string, () => void, RegExp, RegExp]>([
    [
      "ten functions at once",
      () => void (aws.atOnce = 10),
      /may run 10 functions at once/,
      /service-quotas request/,
    ],
    [
      "a parameter that is not there",
      () => void aws.parameters.delete("/muster/twilio"),
      /no parameter \/muster\/twilio/,
      /put-parameter .*--region eu-west-1/,
    ],
    [
      "one that everybody can read",
      () => void aws.parameters.set("/muster/hub-key", parameter({ key: "k".repeat(32) }, "String")),
      /\/muster\/hub-key is a String/,
      /SecureString/,
    ],
    [
      "one that is no JSON",
      () => void aws.parameters.set("/muster/twilio", { type: "SecureString", value: "AC1:secret-token" }),
      /its value is no JSON/,
      /--overwrite/,
    ],
    [
      "one that lacks a field",
      () => void aws.parameters.set("/muster/twilio", parameter({ accountSid: "AC1" })),
      /lacks authToken/,
      /--overwrite/,
    ],
    [
      "no bootstrap",
      () => void aws.parameters.delete("/cdk-bootstrap/muster/version"),
      /not bootstrapped in eu-west-1/,
      /npx cdk bootstrap aws:\/\/111122223333\/eu-west-1 --qualifier muster/,
    ],
    [
      "another account",
      () => void (settings["account"] = "222233334444"),
      /credentials are of account 111122223333/,
      /AWS_PROFILE/,
    ],
    [
      "an issuer with a slash more",
      () => void (document = { ...document, issuer: "https://issuer.example.com/" }),
      /its document says "https:\/\/issuer\.example\.com\/"/,
      /slash or no slash/,
    ],
    [
      "an issuer without keys",
      () => void (document = { ...document, jwks_uri: undefined }),
      /has no jwks_uri/,
      /code flow/,
    ],
    [
      "a certificate that waits",
      () => {
        Object.assign(settings, {
          domain: "muster.example.com",
          certificate: `arn:aws:acm:eu-west-1:${own}:certificate/1`,
        });
        aws.certificate = { status: "PENDING_VALIDATION", names: ["muster.example.com"] };
      },
      /is PENDING_VALIDATION/,
      /wait for ISSUED/,
    ],
    [
      "a certificate for another name",
      () => {
        Object.assign(settings, {
          domain: "muster.example.com",
          certificate: `arn:aws:acm:eu-west-1:${own}:certificate/1`,
        });
        aws.certificate = { status: "ISSUED", names: ["*.example.org"] };
      },
      /and not for muster\.example\.com/,
      /request one/,
    ],
    [
      "a stack that is stuck",
      () => void (aws.stack = "UPDATE_ROLLBACK_FAILED"),
      /stuck: UPDATE_ROLLBACK_FAILED/,
      /continue-update-rollback/,
    ],
    ["a stack at work", () => void (aws.stack = "UPDATE_IN_PROGRESS"), /at work/, /wait/],
    [
      "no right to look",
      () => void aws.forbidden.add("GetAccountSettings"),
      /could not be looked at: AccessDeniedException/,
      /right to look/,
    ],
    [
      "a config with a mistake",
      () => writeFileSync(join(folder, "muster.yaml"), stringify({ organisation: "x", peeple: {} })),
      /muster\.yaml:\d+:\d+/,
      /./,
    ],
    [
      "the sample itself",
      () => writeFileSync(join(folder, "muster.yaml"), sampleConfig()),
      /\+12025550101.*nobody behind them/,
      /people's own/,
    ],
    [
      "settings that say too little",
      () => void delete settings["operatorEmail"],
      /operatorEmail is missing/,
      /operator-guide/,
    ],
  ])("%s", async (_, spoil, says, advice) => {
    spoil();
    const found = await faults();
    const meant = found.find((each) => says.test(each.says));
    expect(meant ?? found).toMatchObject({ advice: expect.stringMatching(advice) as string });
    expect(JSON.stringify(found)).not.toContain("secret-token");
  });

  test("all at once, and no credentials as one of them", async () => {
    aws.forbidden.add("GetCallerIdentity");
    document = { ...document, issuer: "https://other.example.com" };
    const found = await faults();
    expect(found.map(({ about }) => about).sort()).toEqual(["the credentials", "the sign-in"]);
    expect(new Set(aws.asked)).toEqual(new Set(["GetCallerIdentity"]));
  });

  test("a setting by hand goes before the file's; one without a value is not understood", async () => {
    expect(await faults(["-c", "regionLetter=b"])).toMatchObject([
      { says: expect.stringContaining('regionLetter is "b"') as string },
    ]);
    expect(await muster(["preflight", "-c", "nothing"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("write -c name=value") as string,
    });
  });
});

describe("muster deploy", () => {
  const asked = () =>
    readFileSync(log, "utf8")
      .trim()
      .split("\n")
      .filter((line) => line !== "");
  const cdk = "--no-install cdk deploy Muster";

  test("makes a first stack without protection, and protects it when it is complete", async () => {
    expect(await muster(["deploy", "-c", "regionLetter=B"])).toMatchObject({ code: 0 });
    expect(asked()).toEqual([`${cdk} -c regionLetter=B -c protected=false`, `${cdk} -c regionLetter=B`]);
  });

  test("protects nothing that was not made", async () => {
    aws.stack = "ROLLBACK_COMPLETE";
    const { code, err } = await muster(["deploy"], { FIRST_ENDS: "1" });
    expect([code, asked()]).toEqual([1, [`${cdk} -c protected=false`]]);
    expect(err).toContain("taken back");
  });

  test("leaves a stack that is there protected", async () => {
    aws.stack = "UPDATE_COMPLETE";
    expect(await muster(["deploy"])).toMatchObject({ code: 0 });
    expect(asked()).toEqual([cdk]);
  });

  test("deploys nothing while something is wrong", async () => {
    aws.atOnce = 10;
    const { code, err } = await muster(["deploy"]);
    expect([code, err, asked()]).toEqual([1, "Nothing was deployed.\n", []]);
  });
});
