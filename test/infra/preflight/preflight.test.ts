// What would make a deployment fail, or its first night: found beforehand, all at once, without a change to anything.
import { beforeEach, describe, expect, test } from "vitest";
import {
  aReadyWorld,
  config,
  issuer,
  restored,
  restoredTable,
  settings,
  type World,
} from "../../support/preflight-world.ts";

let world: World;
beforeEach(async () => {
  world = await aReadyWorld();
});

interface Finding {
  readonly level: string;
  readonly field: string;
  readonly message: string;
  readonly advice: string;
}

async function preflight(...more: readonly string[]) {
  const { code, out } = await world.muster("preflight", "--json", ...more);
  const { ok, checks } = JSON.parse(out) as {
    ok: boolean;
    checks: readonly { check: string; outcome: string; findings: readonly Finding[] }[];
  };
  expect(code).toBe(ok ? 0 : 1);
  const findings = checks.flatMap((each) => each.findings);
  return {
    ok,
    outcomes: Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome])),
    findings,
    faults: findings.filter(({ level }) => level === "fault"),
  };
}

/** The only fault, which there has to be, as one line. */
async function onlyFault(...more: readonly string[]): Promise<string> {
  const { faults } = await preflight(...more);
  expect(faults).toHaveLength(1);
  const [{ field, message, advice } = { field: "", message: "", advice: "" }] = faults;
  return `${field}: ${message} → ${advice}`;
}

const set = (more: Readonly<Record<string, string>>) =>
  void world.files.set("cdk.context.json", JSON.stringify({ ...settings, ...more }));

const teams = {
  teamsBotApp: "b0700b07-70a5-4b1e-8e57-000000000002",
  teamsTenant: "7e57ab1e-70a5-4b1e-8e57-000000000001",
};
const certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/6f1e4b5c-9d2a-4c3b-8e7f-0a1b2c3d4e5f";
const own = "Muster-Store1D2A845B-ABC";

describe("where everything is ready", () => {
  test("every check is ok, and the exit code is 0", async () => {
    const { ok, outcomes, findings } = await preflight();
    expect({ ok, findings }).toEqual({ ok: true, findings: [] });
    expect(new Set(Object.values(outcomes))).toEqual(new Set(["ok"]));
  });

  test("each check is printed as a line, and the last line says that all is ready", async () => {
    const { code, out } = await world.muster("preflight");
    expect(code).toBe(0);
    expect(out).toMatch(/^ok {11}credentials$/m);
    expect(out.split("\n").at(-1)).toBe("ready to deploy: 0 faults, 0 warnings");
  });

  test("AWS is read and never changed", async () => {
    set({ ...teams, domain: "muster.example.com", certificate, adoptTable: restored });
    world.aws.stack = { status: "CREATE_COMPLETE" };
    world.aws.tables.set(own, {});
    world.aws.tables.set("restored", restoredTable);
    await preflight();
    expect(new Set(world.aws.asked)).toEqual(
      new Set([
        "sts:GetCallerIdentity",
        "ssm:GetParameter",
        "ssm:DescribeParameters",
        "lambda:GetAccountSettings",
        "acm:DescribeCertificate",
        "cloudformation:DescribeStacks",
        "cloudformation:DescribeStackResource",
        "dynamodb:ListTables",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeTimeToLive",
        "dynamodb:DescribeContinuousBackups",
      ]),
    );
  });
});

test("all faults are found at once, each with its field and what to do", async () => {
  set({ operatorEmail: "nobody" });
  world.files.set("muster.yaml", config.replace("page: [ada]", "page: [adda]"));
  world.issuer.clear();
  world.aws.parameters.clear();
  world.aws.concurrency = 10;
  world.aws.stack = { status: "UPDATE_ROLLBACK_FAILED" };
  const { faults } = await preflight();
  expect(faults.map(({ field }) => field).toSorted()).toEqual([
    "@aws-cdk/core:bootstrapQualifier",
    "account",
    "hubKeyParameter",
    "muster.yaml:6:29",
    "operatorEmail",
    "signInIssuer",
    "stack",
    "twilioParameter",
  ]);
  for (const { advice } of faults) expect(advice).not.toBe("");
});

describe("the settings", () => {
  test("are those of -c, then cdk.json, then cdk.context.json, then ~/.cdk.json, as the CDK's CLI reads them", async () => {
    const { account: _one, region: _two, ...rest } = settings;
    const context = (file: string, operatorEmail: string, more = {}) =>
      world.files.set(file, JSON.stringify({ context: { operatorEmail, ...more } }));
    world.files.set("cdk.context.json", JSON.stringify({ ...rest, operatorEmail: "right@example.com" }));
    context("/home/ada/.cdk.json", "wrong", { region: "eu-west-1" });
    expect((await preflight()).faults).toEqual([]);
    context("cdk.json", "wrong");
    expect(await onlyFault()).toMatch(/^operatorEmail: is "wrong"/);
    expect((await preflight("-c", "operatorEmail=right@example.com")).faults).toEqual([]);
  });

  test("a name that is no setting is a warning: it may be one that is misspelt", async () => {
    const { ok, findings } = await preflight("-c", "twilioNumber=+1");
    expect(ok).toBe(true);
    expect(findings).toMatchObject([{ level: "warning", field: "twilioNumber" }]);
  });

  test("a file that can't be read, or a -c without a value, is not understood", async () => {
    expect(await world.muster("preflight", "-c", "region")).toMatchObject({
      code: 2,
      err: "muster: -c region: write it as -c name=value",
    });
    world.files.set("cdk.context.json", "{");
    expect(await world.muster("preflight")).toMatchObject({
      code: 2,
      err: "muster: cdk.context.json is not a JSON object: fix it",
    });
  });

  test("a number for fiction calls nobody", async () => {
    expect(await onlyFault("-c", "twilioFrom=+12025550100")).toMatch(/^twilioFrom: .*books and films/);
  });
});

describe("the config file", () => {
  test("that is not there is a fault", async () => {
    expect(await onlyFault("-c", "config=other.yaml")).toBe(
      "config: there is no file other.yaml → give -c config=FILE",
    );
  });

  test("of the sample is refused: its keys are known to everybody, and its numbers are nobody's", async () => {
    world.files.set(
      "muster.yaml",
      config.replace("anything-key-0001", "demo-anything-key-1").replace("+4915112345679", "+447700900123"),
    );
    const { faults } = await preflight();
    expect(faults).toMatchObject([
      { field: "muster.yaml: sources.anything.key", message: expect.stringContaining("demo key") },
      { field: "muster.yaml", message: expect.stringContaining("+447700900123") },
    ]);
  });

  test("with keys that can't be packed is a fault", async () => {
    world.files.set("muster.yaml", config.replace("Test Works", "anything-key-0001"));
    expect(await onlyFault()).toMatch(/^muster.yaml: The keys under sources can't be replaced/);
  });

  test("with warnings can be deployed", async () => {
    world.files.set("muster.yaml", config.replace(/, identity: \{[^}]*\}/, ""));
    const { ok, outcomes } = await preflight();
    expect([ok, outcomes["config file"]]).toEqual([true, "warning"]);
  });
});

describe("the credentials", () => {
  test("of another account are a fault, and nothing else is asked of that account", async () => {
    world.aws.id = "444455556666";
    expect(await onlyFault()).toMatch(/^account: the credentials are of account 444455556666/);
    expect(world.aws.asked).toEqual(["sts:GetCallerIdentity"]);
    expect((await preflight()).outcomes).toMatchObject({ bootstrap: "not checked", stack: "not checked" });
  });

  test("that AWS does not take are a fault that says how to sign in", async () => {
    world.aws.denied.add("sts:GetCallerIdentity");
    expect(await onlyFault()).toMatch(/^credentials: AWS does not take them: AccessDenied.*aws sso login/);
  });

  test("that may not look are a fault that names the permission, for every check", async () => {
    const actions = [
      "ssm:GetParameter",
      "lambda:GetAccountSettings",
      "cloudformation:DescribeStacks",
      "dynamodb:ListTables",
    ];
    for (const action of actions) world.aws.denied.add(action);
    const { faults, outcomes } = await preflight();
    expect(
      faults.map(({ message }) => message.replace("not checked: the credentials may not ", "")).toSorted(),
    ).toEqual([actions[2], actions[3], actions[1], actions[0], actions[0], actions[0]]);
    expect(outcomes).toMatchObject({ stack: "fault", tables: "fault", "Lambda concurrency": "fault" });
  });
});

describe("the bootstrap", () => {
  test("has to be of the qualifier, and the fault names the command that makes it", async () => {
    expect(await onlyFault("-c", "@aws-cdk/core:bootstrapQualifier=other")).toMatch(
      /npx cdk bootstrap aws:\/\/111122223333\/eu-west-1 --qualifier other --toolkit-stack-name CDKToolkit-other$/,
    );
  });

  test("has to be new enough for the template", async () => {
    world.aws.parameters.set("/cdk-bootstrap/muster/version", { type: "String", value: "5" });
    expect(await onlyFault()).toContain("of version 5, and 6 is needed");
  });
});

describe("a secret", () => {
  test.each([
    ["that is not JSON", "/muster/twilio", "an-auth-token", "its value is not JSON"],
    ["that lacks a field", "/muster/twilio", '{"accountSid":"AC1"}', "lacks authToken"],
    [
      "with a placeholder",
      "/muster/twilio",
      '{"accountSid":"AC…","authToken":"t"}',
      "accountSid is not AC and 32",
    ],
    ["that is too short", "/muster/hub-key", '{"key":"short-secret"}', "32 or more signs"],
  ])("%s is a fault, and no value of it is printed", async (_, name, value, words) => {
    world.aws.parameters.set(name, { type: "SecureString", value });
    const fault = await onlyFault();
    expect(fault).toContain(words);
    expect(fault).toContain(`aws ssm put-parameter --name ${name} --type SecureString`);
    for (const secret of ["an-auth-token", "short-secret"]) expect(fault).not.toContain(secret);
  });

  test("that lies there in clear is a fault, and has to be changed itself", async () => {
    const { value } = world.aws.parameters.get("/muster/hub-key") ?? { value: "" };
    world.aws.parameters.set("/muster/hub-key", { type: "String", value });
    expect(await onlyFault()).toMatch(/^hubKeyParameter: .*is a String.*change the secret itself/);
  });

  test("by a key that the functions may not use is a fault", async () => {
    const { value } = world.aws.parameters.get("/muster/twilio") ?? { value: "" };
    world.aws.parameters.set("/muster/twilio", { type: "SecureString", value, keyId: "alias/ours" });
    expect(await onlyFault()).toMatch(/encrypted by alias\/ours/);
  });

  test("of the bot is needed where there is Teams, and only there", async () => {
    set(teams);
    expect(await onlyFault()).toMatch(/^teamsParameter: there is no parameter \/muster\/teams/);
    world.aws.parameters.set("/muster/teams", { type: "SecureString", value: '{"clientSecret":"s"}' });
    expect((await preflight()).faults).toEqual([]);
  });
});

describe("the sign-in", () => {
  const address = `${issuer}.well-known/openid-configuration`;
  const change = (more: Readonly<Record<string, unknown>>) =>
    world.issuer.set(address, { ...(world.issuer.get(address) as object), ...more });

  test("needs an issuer that answers", async () => {
    world.issuer.set(address, new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") }));
    expect(await onlyFault()).toContain("does not answer (getaddrinfo ENOTFOUND)");
    world.issuer.delete(address);
    expect(await onlyFault()).toContain("answers 404");
    world.issuer.set(address, "<html>");
    expect(await onlyFault()).toContain("is not a JSON object");
  });

  test("needs the issuer to the letter", async () => {
    change({ issuer: "https://login.example.com" });
    expect(await onlyFault()).toMatch(/^signInIssuer: is "https:\/\/login.example.com\/", but/);
  });

  test("needs its endpoints", async () => {
    change({ authorization_endpoint: undefined });
    expect(await onlyFault()).toContain("has no authorization_endpoint");
  });

  test("needs keys by which API Gateway can verify", async () => {
    world.issuer.set(`${issuer}keys`, { keys: [{ kty: "EC" }] });
    expect(await onlyFault()).toContain("has no RSA key");
  });

  test("needs the origin of the token endpoint named, where it is another one", async () => {
    change({ token_endpoint: "https://tokens.example.com/token" });
    expect(await onlyFault()).toContain("give -c signInOrigins=https://tokens.example.com");
    expect((await preflight("-c", "signInOrigins=https://tokens.example.com")).faults).toEqual([]);
  });
});

test("fewer than a hundred functions at once are too few, and the fault names the command that asks for more", async () => {
  world.aws.concurrency = 10;
  expect(await onlyFault()).toMatch(/may run 10 functions.*--quota-code L-B99A9384 --desired-value 1000/);
  world.aws.concurrency = 100;
  expect((await preflight()).faults).toEqual([]);
});

describe("a certificate", () => {
  beforeEach(() => set({ domain: "muster.example.com", certificate }));
  const is = (status: string, ...names: readonly string[]) =>
    void world.aws.certificates.set(certificate, { status, names });

  test("that is issued for the domain, or for a star at its place, will do", async () => {
    is("ISSUED", "example.com", "muster.example.com");
    expect((await preflight()).faults).toEqual([]);
    is("ISSUED", "*.example.com");
    expect((await preflight()).faults).toEqual([]);
  });

  test("that waits for its record is a fault that says where the record stands", async () => {
    is("PENDING_VALIDATION", "muster.example.com");
    expect(await onlyFault()).toMatch(/is PENDING_VALIDATION, not ISSUED.*aws acm describe-certificate/);
  });

  test("for another name is a fault: a star covers one label", async () => {
    is("ISSUED", "*.com", "example.com");
    expect(await onlyFault()).toContain("is for *.com, example.com, and not for muster.example.com");
  });

  test("that is not there is a fault", async () => {
    expect(await onlyFault()).toMatch(/^certificate: .*is not in this account and region/);
  });
});

describe("a stack", () => {
  test.each(["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])(
    "that is %s can be deployed to",
    async (status) => {
      world.aws.stack = { status, table: own };
      world.aws.tables.set(own, {});
      expect((await preflight()).findings).toEqual([]);
    },
  );

  test.each(["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "REVIEW_IN_PROGRESS"])(
    "that is %s is created anew: the CDK deletes it first",
    async (status) => {
      world.aws.stack = { status };
      expect((await preflight()).findings).toEqual([]);
    },
  );

  test("whose creation failed under protection has to lose it first", async () => {
    world.aws.stack = { status: "ROLLBACK_COMPLETE", isProtected: true };
    expect(await onlyFault()).toContain("update-termination-protection --stack-name Muster");
  });

  test.each([
    ["UPDATE_ROLLBACK_FAILED", "continue-update-rollback"],
    ["DELETE_FAILED", "delete-stack"],
    ["UPDATE_FAILED", "npx cdk rollback Muster"],
    ["UPDATE_IN_PROGRESS", "wait until it is done"],
    ["A_STATUS_OF_TOMORROW", "wait until it is done"],
  ])("that is %s is a fault that names the next step", async (status, advice) => {
    world.aws.stack = { status };
    expect(await onlyFault()).toContain(advice);
  });

  test("that is there is not unprotected by a setting that was left behind", async () => {
    world.aws.stack = { status: "CREATE_COMPLETE", table: own };
    world.aws.tables.set(own, {});
    expect((await preflight("-c", "protected=false")).findings).toMatchObject([
      { level: "warning", field: "protected" },
    ]);
  });
});

describe("tables", () => {
  test("of the stack that are gone are a fault, with the way to one that is restored", async () => {
    world.aws.stack = { status: "UPDATE_COMPLETE", table: own };
    expect(await onlyFault()).toMatch(
      /^adoptTable: the table of the stack, .* is gone; .*The table is lost|is gone/,
    );
  });

  test("that an earlier stack left behind are a warning, with how to adopt and how to delete them", async () => {
    world.aws.tables.set("another", {});
    world.aws.tables.set(own, { items: 12, isProtected: true });
    world.aws.tables.set(`${own}D`, {});
    const { ok, findings } = await preflight();
    expect(ok).toBe(true);
    expect(findings).toMatchObject([
      {
        level: "warning",
        message: expect.stringContaining("12 items"),
        advice: expect.stringMatching(
          /The table is lost.*--no-deletion-protection-enabled, then .*delete-table/,
        ),
      },
      { advice: expect.not.stringContaining("--no-deletion-protection-enabled") },
    ]);
  });

  test("of a hub that adopted one: leaving out the setting would make a new, empty one", async () => {
    world.aws.stack = { status: "UPDATE_COMPLETE" };
    expect(await onlyFault()).toMatch(
      /^adoptTable: is left out, but the stack goes on with a table that it adopted/,
    );
    world.aws.tables.set("restored", restoredTable);
    expect((await preflight("-c", `adoptTable=${restored}`)).findings).toEqual([]);
  });
});

describe("a table to adopt", () => {
  const fault = async (table: object) => {
    world.aws.tables.set("restored", { ...restoredTable, ...table });
    return onlyFault("-c", `adoptTable=${restored}`);
  };

  test("has to be there", async () => {
    expect(await onlyFault("-c", `adoptTable=${restored}`)).toContain("there is no table restored");
  });

  test.each([
    ["without a stream", { stream: undefined }, "StreamViewType=NEW_AND_OLD_IMAGES"],
    ["with a stream of keys only", { stream: { arn: restored, view: "KEYS_ONLY" } }, "StreamEnabled=true"],
    ["that keeps what expires", { ttl: undefined }, "update-time-to-live"],
    ["that expires by another field", { ttl: "until" }, "AttributeName=expires"],
    ["without point-in-time recovery", { hasRecovery: false }, "update-continuous-backups"],
    ["that can be deleted", { isProtected: false }, "update-table --deletion-protection-enabled"],
    ["without its indexes", { indexes: {} }, "restore Muster's own table, with all its indexes"],
    ["of another program", { keys: ["id"] }, "restore Muster's own table"],
    ["that is still being restored", { status: "CREATING" }, "wait for ACTIVE"],
  ])("%s is a fault, with the command that switches it on", async (_, table, advice) => {
    world.aws.tables.set("restored", { ...restoredTable, ...table });
    const { faults } = await preflight("-c", `adoptTable=${restored}`);
    expect(faults.map(({ field }) => field)).toEqual(faults.map(() => "adoptTable"));
    expect(faults[0]?.advice).toContain(advice);
  });

  test("by a stream that was switched off and on meanwhile is a fault that names the new one", async () => {
    const newer = restored.replace("21T02", "22T02");
    expect(await fault({ stream: { arn: newer, view: "NEW_AND_OLD_IMAGES" } })).toContain(
      `give -c adoptTable=${newer}`,
    );
  });
});
