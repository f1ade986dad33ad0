// What a deployment finds where everything is as it should be, for a test to break one thing of it.
import { table as shape } from "../../functions/table.ts";
import { run } from "../../infra/cli/run.ts";
import { type AwsAccount, awsAccount, type Table } from "./aws-account.ts";

export const issuer = "https://login.example.com/";
export const settings = {
  account: "111122223333",
  region: "eu-west-1",
  productionAccounts: "444455556666",
  operatorEmail: "operator@example.com",
  signInIssuer: issuer,
  signInClient: "muster",
  twilioFrom: "+4915112345678",
  "@aws-cdk/core:bootstrapQualifier": "muster",
};

/** Its numbers are in no range for fiction; nothing of this test is ever sent anywhere. */
export const config = `
organisation: Test Works
people:
  ada: { name: Ada, time_zone: Europe/London, sms: "+4915112345679", identity: { issuer: "${issuer}", subject: a } }
policies:
  shop: { levels: [{ page: [ada], within: 5m }] }
services:
  website: { name: Website, policy: shop }
sources:
  anything: { kind: generic, key: anything-key-0001 }
routing:
  - { service: website }
`;

export const restored =
  "arn:aws:dynamodb:eu-west-1:111122223333:table/restored/stream/2026-11-21T02:00:00.000";

export const restoredTable: Table = {
  isProtected: true,
  keys: [shape.partition.name, shape.sort.name],
  indexes: Object.fromEntries(
    Object.entries(shape.indexes).map(([name, { partition, sort }]) => [name, [partition.name, sort.name]]),
  ),
  stream: { arn: restored, view: shape.stream },
  ttl: shape.ttl,
  hasRecovery: true,
};

export interface World {
  readonly aws: AwsAccount;
  readonly files: Map<string, string>;
  /** What the issuer answers, by address. */
  readonly issuer: Map<string, unknown>;
  /** What was run, each with its arguments. */
  readonly programs: string[][];
  /** Exit codes of the programs, in turn; 0 where none is left. */
  readonly codes: number[];
  /** What happens while a program runs. */
  meanwhile: () => void;
  muster(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
}

export async function aReadyWorld(): Promise<World> {
  const aws = await awsAccount();
  aws.parameters.set("/cdk-bootstrap/muster/version", { type: "String", value: "30" });
  const twilio = { accountSid: `AC${"0".repeat(32)}`, authToken: "an-auth-token" };
  aws.parameters.set("/muster/twilio", { type: "SecureString", value: JSON.stringify(twilio) });
  aws.parameters.set("/muster/hub-key", {
    type: "SecureString",
    value: JSON.stringify({ key: "k".repeat(32) }),
  });
  const files = new Map([
    ["cdk.json", JSON.stringify({ app: "node infra/app.ts", context: { "@aws-cdk/core:flag": true } })],
    ["cdk.context.json", JSON.stringify(settings)],
    ["muster.yaml", config],
  ]);
  const addresses = new Map<string, unknown>([
    [
      `${issuer}.well-known/openid-configuration`,
      {
        issuer,
        authorization_endpoint: `${issuer}authorize`,
        token_endpoint: `${issuer}token`,
        jwks_uri: `${issuer}keys`,
        code_challenge_methods_supported: ["S256"],
      },
    ],
    [`${issuer}keys`, { keys: [{ kty: "RSA", kid: "1" }] }],
  ]);
  const programs: string[][] = [];
  const codes: number[] = [];
  const world: World = {
    aws,
    files,
    issuer: addresses,
    programs,
    codes,
    meanwhile: () => undefined,
    async muster(...args) {
      const out: string[] = [];
      const err: string[] = [];
      const code = await run(args, {
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        read: async (file) => files.get(file),
        write: () => Promise.reject(new Error("Nothing here writes a file")),
        env: { HOME: "/home/ada" },
        fetch: async (address) => {
          const body = addresses.get(new Request(address).url);
          if (body instanceof Error) throw body;
          return body === undefined
            ? new Response("not found", { status: 404 })
            : new Response(typeof body === "string" ? body : JSON.stringify(body));
        },
        aws: aws.client,
        program: async (name, given) => {
          programs.push([name, ...given]);
          world.meanwhile();
          return codes.shift() ?? 0;
        },
        colour: false,
      });
      return { code, out: out.join("\n"), err: err.join("\n") };
    },
  };
  return world;
}
