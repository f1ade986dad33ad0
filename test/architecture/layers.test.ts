// Breaks every layer and purity rule on purpose and expects the real linter to refuse it, and to accept the rest.
import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const core = "core imports nothing outside core";
const pure = "core is pure";
const ports = "ports import only core";
const dispatcher = "the dispatcher imports only core and ports";
const sources = "sources import only";
const schemas = "schemas import only";
const wording = "wording imports only core";
const loader = "the config's reader imports only";
const commandLine = "the command line imports only core, schemas, the Teams app and the preflight";
const beforehand = "the preflight imports settings and config, AWS's clients";
const adapter = "an adapter imports only";
const verbNoun = "a function imports only the spine";
const replies = "replies import only the spine";
const naming = "only wiring.ts and infra/local name adapters";
const cloud = "the CDK part of infra reads of functions only subscriptions.ts and table.ts";
const local = "the one-machine host never imports the cloud picture";
const clock = "only core/time.ts knows how time is computed";
const detour = "write the shortest relative path";
const environment = "only config.ts reads the environment";
const page = "a page imports only what lies beside it";
const inert = "text from outside becomes text, never markup";
const inlineType = "type annotations are forbidden";

const from = (path: string) => `export * from "${path}";`;
const typeFrom = (path: string) => `export type * from "${path}";`;

/** file → lines that the linter refuses, each with the rule it must name */
const refused: Record<string, readonly (readonly [line: string, rule: string])[]> = {
  "functions/core/decide.ts": [
    [from("../ports.ts"), core],
    [typeFrom("../ports.ts"), core],
    [from("../sources/grafana.ts"), core],
    [from("../../schemas/alert.ts"), core],
    [from("../adapters/sqlite/store.ts"), core],
    [from("node:crypto"), core],
    [from("twilio"), core],
    [from("@aws-sdk/client-sqs"), core],
    [from("temporal-polyfill"), core],
    [from("./../ports.ts"), detour],
    [from("./page/../../ports.ts"), detour],
    [`import "../config.ts";`, core],
    [`export const lazy = import("../config.ts");`, core],
    [`export type Hidden = import("../ports.ts").Store;`, inlineType],
    ["export const now = new Date();", pure],
    ["export const today = Date.now();", pure],
    ["export const hidden = globalThis.Date.now();", pure],
    ["export const fast = performance.now();", pure],
    ["export const chance = Math.random();", pure],
    ["export const { random } = Math;", pure],
    ["export const clock = Temporal.Now.instant();", pure],
    ["export const id = crypto.randomUUID();", pure],
    ["export const setting = process.env;", pure],
    ["setTimeout(() => 1, 1);", pure],
    ["setInterval(() => 1, 1);", pure],
    ["queueMicrotask(() => 1);", pure],
    [`console.log("page");`, pure],
    [`export const reply = fetch("http://127.0.0.1");`, pure],
    ["export const late = Promise.resolve(1);", pure],
    ["export async function waits() {}", "async is not allowed"],
    ["export const alsoWaits = async () => 1;", "async is not allowed"],
  ],
  "functions/core/page/escalate.ts": [
    [from("../../ports.ts"), core],
    [typeFrom("../../ports.ts"), core],
    [from("../../adapters/twilio/sms.ts"), core],
    [from("zod"), core],
    ["export const now = new Date();", pure],
  ],
  "functions/core/incident/paging/escalate.ts": [
    [from("../../../ports.ts"), core],
    [typeFrom("../../../sources/grafana.ts"), core],
    [from("../../../../schemas/alert.ts"), core],
    [from("zod"), core],
    ["export const now = new Date();", pure],
  ],
  "functions/core/time.ts": [
    [from("../ports.ts"), core],
    [from("zod"), core],
    ["export const now = new Date();", pure],
  ],
  "functions/ports.ts": [
    [from("./config.ts"), ports],
    [from("./adapters/sqlite/store.ts"), ports],
    [typeFrom("../schemas/alert.ts"), ports],
    [typeFrom("twilio"), ports],
  ],
  "functions/ports/journal.ts": [
    [from("../config.ts"), ports],
    [typeFrom("../ports.ts"), ports],
    [from("../adapters/sqlite/store.ts"), ports],
    [typeFrom("twilio"), ports],
  ],
  "functions/dispatcher.ts": [
    [from("./config.ts"), dispatcher],
    [from("./wiring.ts"), dispatcher],
    [from("./sources/grafana.ts"), dispatcher],
    [from("./adapters/dynamodb/store.ts"), dispatcher],
    [from("@middy/core"), dispatcher],
  ],
  "functions/sources/grafana.ts": [
    [from("../ports.ts"), sources],
    [from("../adapters/aws/secrets.ts"), sources],
    [from("../receive-alert/handler.ts"), sources],
    [from("node:fs"), sources],
    [from("twilio"), sources],
  ],
  "functions/wording/sms.ts": [
    [from("../ports.ts"), wording],
    [from("../sources/grafana.ts"), wording],
    [typeFrom("../adapters/twilio/sms.ts"), wording],
    [from("../../schemas/alert.ts"), wording],
    [from("node:util"), wording],
  ],
  "functions/wording/cards/blocks.ts": [
    [from("../../ports.ts"), wording],
    [typeFrom("../../ports/chat.ts"), wording],
    [from("../../adapters/teams/chat.ts"), wording],
    [from("../../../schemas/alert.ts"), wording],
    [from("adaptivecards"), wording],
  ],
  "schemas/alert.ts": [
    [from("../functions/ports.ts"), schemas],
    [from("../functions/sources/grafana.ts"), schemas],
    [from("../infra/app.ts"), schemas],
    [from("yaml"), schemas],
  ],
  "schemas/config/tree.ts": [
    [from("../../functions/ports.ts"), loader],
    [from("twilio"), loader],
  ],
  "functions/adapters/twilio/sms.ts": [
    [from("../teams/card.ts"), adapter],
    [typeFrom("../teams/card.ts"), adapter],
    [from("../../wiring.ts"), adapter],
    [from("../../config.ts"), adapter],
    [typeFrom("../../ports/delivery.ts"), adapter],
    [from("../../dispatcher.ts"), adapter],
    [from("../../sources/grafana.ts"), adapter],
    [from("../../send-page/handler.ts"), adapter],
    [from("../../../schemas/alert.ts"), adapter],
    [from("../../../infra/local/main.ts"), adapter],
    [from("temporal-polyfill"), clock],
    ["export const sid = process.env.TWILIO_ACCOUNT_SID;", environment],
  ],
  "functions/send-page/handler.ts": [
    [from("../wiring.ts"), verbNoun],
    [from("../open-bridge/handler.ts"), verbNoun],
    [typeFrom("../open-bridge/handler.ts"), verbNoun],
    [from("../adapters/twilio/sms.ts"), verbNoun],
    [typeFrom("../adapters/twilio/sms.ts"), verbNoun],
    [from("../../infra/local/main.ts"), verbNoun],
    [typeFrom("../ports/delivery.ts"), verbNoun],
    [from("twilio"), verbNoun],
    [from("@aws-sdk/client-sqs"), verbNoun],
    [`export const lazy = import("../adapters/twilio/sms.ts");`, verbNoun],
    [`export type Hidden = import("../adapters/twilio/sms.ts").Sms;`, inlineType],
    ["export const table = process.env.TABLE;", environment],
  ],
  "functions/receive-activity/commands/page.ts": [
    [from("../../wiring.ts"), verbNoun],
    [from("../../open-bridge/handler.ts"), verbNoun],
    [from("../../adapters/twilio/sms.ts"), verbNoun],
    [typeFrom("../../ports/delivery.ts"), verbNoun],
    [from("../../../infra/local/main.ts"), verbNoun],
    [from("twilio"), verbNoun],
  ],
  "functions/replies/take-reply.ts": [
    [from("../wiring.ts"), replies],
    [from("../receive-reply/handler.ts"), replies],
    [typeFrom("../adapters/twilio/sms.ts"), replies],
    [from("../../infra/local/main.ts"), replies],
    [from("twilio"), replies],
  ],
  "functions/lambda.ts": [
    [from("./adapters/aws/secrets.ts"), naming],
    [from("./wiring.ts"), naming],
    [from("../infra/app.ts"), naming],
    [from("../test/support/world.ts"), naming],
    ["export default 1;", "Prefer named exports"],
    ["export const anything: any = 1;", "any"],
  ],
  "functions/wiring.ts": [
    [from("../infra/local/main.ts"), naming],
    [from("../test/support/world.ts"), naming],
  ],
  "functions/show-post/page/list.js": [
    [from("../security.ts"), page],
    [from("axe-core"), page],
    [`document.body.innerHTML = location.hash;`, inert],
    [`document.body.insertAdjacentHTML("beforeend", location.hash);`, inert],
    ["document.write(location.hash);", inert],
  ],
  "infra/local/simulator/page/phones.js": [
    [from("../../../../functions/show-post/page/dom.js"), page],
    ["document.body.outerHTML = location.hash;", inert],
  ],
  "infra/hub-stack.ts": [
    [from("../functions/ports.ts"), cloud],
    [typeFrom("../functions/ports.ts"), cloud],
    [from("../functions/core/incident.ts"), cloud],
    [from("../functions/adapters/dynamodb/store.ts"), cloud],
    [from("../schemas/alert.ts"), cloud],
    [from("./local/main.ts"), cloud],
  ],
  "infra/constructs/function.ts": [
    [from("../../functions/wiring.ts"), cloud],
    [from("../local/main.ts"), cloud],
  ],
  "infra/local/main.ts": [
    [from("aws-cdk-lib"), local],
    [from("../hub-stack.ts"), local],
    [from("../../test/support/world.ts"), local],
  ],
  "infra/cli/check.ts": [
    [from("../../functions/ports.ts"), commandLine],
    [from("../../functions/adapters/sqlite/store.ts"), commandLine],
    [from("../local/main.ts"), commandLine],
    [from("../hub-stack.ts"), commandLine],
    [from("twilio"), commandLine],
  ],
  "infra/preflight/aws.ts": [
    [from("../../functions/ports.ts"), beforehand],
    [from("../../functions/adapters/dynamodb/store.ts"), beforehand],
    [from("../hub-stack.ts"), beforehand],
    [from("../cli/terminal.ts"), beforehand],
    [from("aws-cdk-lib"), beforehand],
  ],
};

/** file → what its layer may do */
const allowed: Record<string, readonly string[]> = {
  "functions/core/evolve.ts": [from("./incident.ts"), from("./page/state.ts")],
  "functions/core/page/state.ts": [from("./page.ts"), from("../incident.ts"), from("../roster/state.ts")],
  "functions/core/incident/paging/page.ts": [
    from("./state.ts"),
    from("../state.ts"),
    from("../signal/state.ts"),
    from("../../time.ts"),
    from("../../person/state.ts"),
  ],
  "functions/core/time.ts": [from("temporal-polyfill"), from("./money.ts")],
  "functions/ports.ts": [
    typeFrom("./core/incident.ts"),
    from("./core/page/state.ts"),
    typeFrom("./ports/journal.ts"),
  ],
  "functions/ports/journal.ts": [typeFrom("../core/incident.ts"), typeFrom("./alerts.ts")],
  "functions/dispatcher.ts": [from("./core/decide.ts"), typeFrom("./ports.ts"), from("./stream-now.ts")],
  "functions/sources/prometheus.ts": [
    from("../core/alert.ts"),
    from("./source.ts"),
    from("../../schemas/alert.ts"),
    from("zod"),
    from("node:crypto"),
  ],
  "functions/wording/sms.ts": [
    from("./timeline.ts"),
    from("../core/severity.ts"),
    from("../core/incident/events.ts"),
  ],
  "functions/wording/cards/blocks.ts": [
    from("./verbs.ts"),
    from("../unlinked.ts"),
    from("../../core/text.ts"),
    typeFrom("../../core/incident/state.ts"),
  ],
  "schemas/event.ts": [from("./alert.ts"), from("../functions/core/incident.ts"), from("zod/mini")],
  "schemas/config/numbers.ts": [
    from("yaml"),
    from("libphonenumber-js/max"),
    from("../../functions/core/contact.ts"),
  ],
  "schemas/load-config.ts": [from("./config/tree.ts"), from("../functions/core/organisation.ts")],
  "infra/cli/commands/who.ts": [
    from("../arguments.ts"),
    from("../../../functions/core/routing.ts"),
    from("../../../schemas/load-config.ts"),
    from("../../teams/manifest.ts"),
    from("../../preflight/context.ts"),
    from("node:util"),
  ],
  "infra/preflight/aws.ts": [
    from("../../functions/adapters/twilio/secret.ts"),
    from("../../functions/adapters/hub-key/hub-key.ts"),
    from("../settings.ts"),
    from("./check.ts"),
    from("@aws-sdk/client-ssm"),
  ],
  "functions/adapters/sqlite/store.ts": [
    from("../../core/incident.ts"),
    typeFrom("../../ports.ts"),
    from("../../table.ts"),
    typeFrom("../../../schemas/event.ts"),
    from("./rows.ts"),
    from("node:sqlite"),
    from("@aws-sdk/client-dynamodb"),
  ],
  "functions/send-page/handler.ts": [
    from("../lambda.ts"),
    from("../ports.ts"),
    from("../dispatcher.ts"),
    from("../core/decide.ts"),
    from("../core/page/state.ts"),
    from("../replies/take-reply.ts"),
    from("../sources/grafana.ts"),
    from("../wording/sms.ts"),
    from("../../schemas/event.ts"),
    from("./wording.ts"),
    typeFrom("aws-lambda"),
  ],
  "functions/receive-activity/commands/page.ts": [
    from("./give.ts"),
    from("../house.ts"),
    from("../../ports.ts"),
    from("../../core/near.ts"),
    from("../../sources/teams-activity.ts"),
    from("../../wording/cards/verbs.ts"),
    from("../../../schemas/event.ts"),
  ],
  "functions/replies/take-reply.ts": [
    from("./opt-out.ts"),
    from("../decisions.ts"),
    from("../core/reply.ts"),
  ],
  "functions/show-post/page/main.js": [from("./list.js")],
  "functions/config.ts": [from("../schemas/config.ts"), "export const region = process.env.AWS_REGION;"],
  "functions/wiring.ts": [from("./adapters/twilio/sms.ts"), from("./adapters/dynamodb/store.ts")],
  "infra/app.ts": [
    from("../functions/subscriptions.ts"),
    from("../functions/table.ts"),
    from("aws-cdk-lib"),
    from("./hub-stack.ts"),
  ],
  "infra/local/host.ts": [
    from("../../functions/adapters/sqlite/store.ts"),
    from("../../functions/send-page/handler.ts"),
  ],
};

/** what only the type checker sees; a program of its own, so that it stays small */
const typed = [
  ["async function page() {}\npage();", "no-floating-promises"],
  ["[1].forEach(async () => {});", "no-misused-promises"],
  ["export const soon = async () => await 1;", "await-thenable"],
  [
    `type Phase = "triage" | "closed";\nexport function leave(phase: Phase) {\n  switch (phase) {\n    case "triage":\n  }\n}`,
    "switch-exhaustiveness-check",
  ],
] as const;

let tree: string;
let complaints: Map<string, readonly string[]>;

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), "layers-"));
  await Promise.all([
    ...Object.entries(refused).map(([file, lines]) =>
      write(join("broken", file), lines.map(([line]) => line).join("\n")),
    ),
    ...Object.entries(allowed).map(([file, lines]) => write(join("good", file), lines.join("\n"))),
    ...typed.map(([code, rule]) => write(join("typed", `${rule}.ts`), `${code}\nexport {};\n`)),
  ]);
  const compilerOptions = { strict: true, module: "nodenext", target: "es2024", lib: ["es2024"], types: [] };
  await write("typed/tsconfig.json", JSON.stringify({ compilerOptions }));
  for (const part of ["broken", "good", "typed"])
    await copyFile(join(root, ".oxlintrc.json"), join(tree, part, ".oxlintrc.json"));
  const [broken, good, types] = await Promise.all([
    lint("broken"),
    lint("good"),
    lint("typed", "--type-aware"),
  ]);
  complaints = new Map([...broken, ...good, ...types]);
});

afterAll(() => rm(tree, { recursive: true, force: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, file)), { recursive: true });
  await writeFile(join(tree, file), text);
}

type Diagnostic = {
  readonly code?: string;
  readonly message: string;
  readonly help?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
};

/** "part/file:line" → what the linter says there */
async function lint(part: string, ...flags: string[]): Promise<Map<string, readonly string[]>> {
  const said = new Map<string, string[]>();
  for (const { filename, labels, code, message, help } of await oxlint(join(tree, part), flags)) {
    const place = `${part}/${filename}:${labels[0]?.span.line}`;
    said.set(place, [...(said.get(place) ?? []), `${code}: ${message} ${help ?? ""}`]);
  }
  return said;
}

function oxlint(cwd: string, flags: readonly string[]): Promise<readonly Diagnostic[]> {
  return new Promise((resolve, reject) => {
    const args = [join(root, "node_modules/oxlint/bin/oxlint"), "--format=json", ...flags];
    execFile(process.execPath, args, { cwd, maxBuffer: 10_000_000 }, (_exit, stdout, stderr) => {
      try {
        resolve((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics);
      } catch (cause) {
        reject(new Error(`oxlint gave no report: ${stdout} ${stderr}`, { cause }));
      }
    });
  });
}

describe.each(Object.entries(refused))("%s is refused", (file, lines) => {
  test.each(lines.map(([line, rule], index) => ({ line, rule, place: `broken/${file}:${index + 1}` })))(
    "$line",
    ({ rule, place }) => {
      expect(complaints.get(place)?.join("\n") ?? "nothing").toContain(rule);
    },
  );
});

test.each(Object.keys(allowed))("%s may import what its layer allows", (file) => {
  const lines = allowed[file] ?? [];
  expect(lines.map((_, index) => complaints.get(`good/${file}:${index + 1}`))).toEqual(
    lines.map(() => undefined),
  );
});

test.each(typed.map(([code, rule]) => ({ code, rule })))("the type-aware $rule refuses", ({ rule }) => {
  const said = [...complaints]
    .filter(([place]) => place.startsWith(`typed/${rule}.ts`))
    .flatMap(([, say]) => say);
  expect(said.join("\n")).toContain(rule);
});

describe("in our own files", () => {
  const files = globSync("{functions,schemas,infra}/**/*.{ts,js,mjs,cjs,mts,cts}", { cwd: root });
  const lines = files.flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .map((text, index) => ({ at: `${file}:${index + 1}`, text })),
  );
  const matching = (pattern: RegExp) => lines.filter(({ text }) => pattern.test(text)).map(({ at }) => at);

  test("no type reaches around the layers by import(…)", () => {
    expect(matching(/\bimport\((["'`])[^"'`]*\1\)\s*[.[]\s*[A-Z]/)).toEqual([]);
    expect(matching(/:\s*(typeof\s+)?import\(|=\s*typeof\s+import\(/)).toEqual([]);
  });

  test("no layer rule is switched off by a comment", () => {
    expect(matching(/(?:ox|es)lint-disable(?!.*--)/)).toEqual([]);
    expect(matching(/(?:ox|es)lint-disable.*(?:restricted|no-async-await|consistent-type-imports)/)).toEqual(
      [],
    );
  });

  test("only TypeScript is written outside the browser's pages, so that no file escapes the rules", () => {
    expect(files.filter((file) => !file.endsWith(".ts") && !/\/page\/[^/]+\.js$/.test(file))).toEqual([]);
  });
});
