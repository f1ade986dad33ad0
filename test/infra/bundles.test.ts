// The bytes that are deployed: each bundle carries what its row uses and no more, stays small, and loads by itself.
import { execFile } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FunctionName,
  type PortName,
  type Subscription,
  subscriptions,
} from "../../functions/subscriptions.ts";
import { type Bundles, bundleFunctions } from "../../infra/bundle.ts";
import { packedConfig } from "../../infra/packed-config.ts";
import sizes from "./bundle-sizes.json" with { type: "json" };
import { drawing } from "./support/drawing.ts";
import { at, functionsOf, resolved } from "./support/template.ts";

const root = join(import.meta.dirname, "../..");
const out = join(root, "dist", `test-${process.pid}`);
const names = Object.keys(subscriptions) as FunctionName[];
const rows: Readonly<Record<FunctionName, Subscription>> = subscriptions;

let bundles: Bundles;
beforeAll(async () => {
  bundles = await bundleFunctions({ config: "muster.yaml", out });
}, 60_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Files that a bundle really carries something of. */
const carried = (name: FunctionName): readonly string[] =>
  Object.entries(outputOf(name).inputs).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file] : [],
  );

function outputOf(name: FunctionName): Metafile["outputs"][string] {
  const [, output] =
    Object.entries(bundles.metafile.outputs).find(([file]) => file.endsWith(`/${name}/index.mjs`)) ?? [];
  if (output === undefined) throw new Error(`${name} was not bundled`);
  return output;
}

/** The file that keeps a port's promises, and the package by which it does. */
const kept: Readonly<Record<PortName, readonly string[]>> = {
  clock: [],
  mint: ["adapters/aws/mint.ts"],
  journal: ["adapters/dynamodb/journal.ts"],
  claims: ["adapters/dynamodb/claims.ts"],
  timers: ["adapters/dynamodb/timers.ts"],
  incidents: ["adapters/dynamodb/incidents.ts"],
  alerts: ["adapters/dynamodb/alerts.ts"],
  members: ["adapters/dynamodb/members.ts"],
  leases: ["adapters/dynamodb/leases.ts"],
  channels: [
    "adapters/twilio/sms.ts",
    "adapters/twilio/voice.ts",
    "node_modules/twilio/lib/base/BaseTwilio.js",
    "adapters/teams/channel.ts",
  ],
  secondCarrier: ["adapters/aws/second-carrier.ts"],
  carrierNames: [],
  configItems: ["adapters/dynamodb/config-items.ts"],
  configAsset: ["adapters/aws/packed-config.ts"],
  bus: ["adapters/aws/event-bridge-bus.ts"],
  wakeUps: ["adapters/aws/sqs-wake-ups.ts"],
  feedReader: ["adapters/dynamodb/stream.ts"],
  deadLetters: ["adapters/dynamodb/dead-letters.ts", "adapters/aws/queue-letters.ts"],
  callScripts: ["adapters/twilio/twiml.ts", "node_modules/twilio/lib/twiml/VoiceResponse.js"],
  twilioSignature: ["adapters/twilio/signature.ts"],
  recordings: ["adapters/twilio/recordings.ts"],
  links: ["adapters/hub-key/links.ts"],
  signInSettings: [],
  rooms: ["adapters/twilio/rooms.ts", "node_modules/twilio/lib/rest/api/v2010/account/conference.js"],
  dialIn: ["adapters/hub-key/dial-in.ts"],
  chat: ["adapters/teams/chat.ts"],
  chatChannels: ["adapters/teams/channels.ts"],
  botProof: ["adapters/teams/bot-proof.ts"],
  commandPost: [],
  chatSite: ["adapters/teams/chat-site.ts"],
};

/** Packages that only some ports justify. */
const packages: Readonly<Record<string, readonly PortName[]>> = {
  twilio: ["channels", "rooms", "callScripts", "twilioSignature"],
  "@aws-sdk/client-ssm": [
    "channels",
    "rooms",
    "twilioSignature",
    "recordings",
    "dialIn",
    "links",
    "chat",
    "chatChannels",
    "chatSite",
  ],
  jose: ["botProof"],
  axios: [], // Twilio's client is given another transport
  "@aws-sdk/client-eventbridge": ["bus"],
  "@aws-sdk/client-pinpoint-sms-voice-v2": ["secondCarrier"],
  "@aws-sdk/client-sqs": ["wakeUps", "deadLetters"],
  yaml: ["configAsset"],
};

describe.each(names)("%s", (name) => {
  const { uses } = rows[name];

  test("carries the ports of its row, and no other", () => {
    const files = carried(name);
    const found = (Object.keys(kept) as PortName[]).filter((port) =>
      kept[port].some((file) => files.some((one) => one.endsWith(file))),
    );
    // The counting of members is a part of settling alerts, and one of the channels is the chat.
    const isPart = (port: PortName): boolean =>
      (port === "members" && uses.includes("alerts")) || (port === "chat" && uses.includes("channels"));
    const alone = found.filter((port) => !isPart(port));
    const wanted = uses.filter((port) => kept[port].length > 0 && !isPart(port));
    expect(alone.sort()).toEqual([...wanted].sort());
  });

  test("carries a package only for a port that needs it", () => {
    const files = carried(name);
    const needless = Object.entries(packages).filter(
      ([one, ports]) =>
        files.some((file) => file.includes(`node_modules/${one}/`)) &&
        !ports.some((port) => uses.includes(port)),
    );
    expect(needless.map(([one]) => one)).toEqual([]);
  });

  test("carries nothing that belongs to a test, a laptop or a trace", () => {
    expect(
      carried(name).filter((file) =>
        /infra\/|test\/|node:sqlite|aws-xray|temporal-polyfill\/global/.test(file),
      ),
    ).toEqual([]);
  });

  test("is within its budget, and has not grown by a tenth unnoticed", () => {
    const { bytes } = outputOf(name);
    expect(bytes).toBeLessThan(budgetOf(name) * 1024);
    const known: Readonly<Record<string, number>> = sizes;
    // Grown on purpose? Write the new size down.
    expect(Math.round(bytes / 1024)).toBeLessThanOrEqual((known[name] ?? 0) * 1.1);
  });

  test("is packed without its map", () => {
    const packed = globSync("**/*", { cwd: bundles.bundleOf(name) });
    expect(packed).toContain("index.mjs");
    expect(packed.filter((file) => file.endsWith(".map"))).toEqual([]);
    expect(readFileSync(join(bundles.bundleOf(name), "index.mjs"), "utf8")).not.toContain("sourceMappingURL");
  });
});

/** KB. A start that waits for its code is time in which nobody is paged. */
const budgetOf = (name: FunctionName): number => (name === "receive-alert" ? 600 : 1100);

describe("the bot's door", () => {
  // On one machine a client that signs nothing may be let in. What does that is in no bundle, and nothing that an operator
  // or an attacker can set takes its place.
  test("no function that is deployed can let in what is unsigned", () => {
    const inputs = Object.keys(bundles.metafile.inputs);
    expect(inputs.some((file) => file.endsWith("adapters/teams/bot-proof.ts"))).toBe(true);
    expect(inputs.filter((file) => /unsigned|infra\/local|botbuilder|@microsoft\/teams/.test(file))).toEqual(
      [],
    );
    for (const name of names) {
      const code = readFileSync(join(bundles.bundleOf(name), "index.mjs"), "utf8");
      expect(code).not.toMatch(
        /DANGEROUSLY|ALLOW_UNAUTHENTICATED|SKIP_?AUTH|unsignedLocal|TEAMS_SERVICE_URL/i,
      );
    }
  });

  test("what a function reads of its environment is what the template gives it", () => {
    const { dressed } = drawing();
    const given = new Set(
      [...functionsOf(dressed).values()].flatMap(({ properties }) =>
        Object.keys(at(properties, "Environment", "Variables") ?? {}),
      ),
    );
    expect([...given].filter((name) => /DANGER|UNSAFE|UNAUTH|INSECURE|SKIP|ALLOW/i.test(name))).toEqual([]);
    const proving = Object.entries(bundles.metafile.inputs).filter(([file]) =>
      /adapters\/teams\//.test(file),
    );
    expect(proving.length).toBeGreaterThan(5);
    for (const [file] of proving)
      expect(readFileSync(join(root, file), "utf8"), file).not.toMatch(
        /process\.env|node:process|config\.ts"/,
      );
  });
});

describe("in a bare Node, with the template's environment and nothing else,", () => {
  const { plain } = drawing();
  const run = promisify(execFile);

  const load = (name: FunctionName, ...event: readonly string[]) => {
    const variables = at(functionsOf(plain).get(name)?.properties, "Environment", "Variables") ?? {};
    const environment = Object.fromEntries(
      Object.entries(variables).map(([key, value]) => [key, resolved(value)]),
    );
    return run(
      process.execPath,
      [join(import.meta.dirname, "support/load.ts"), join(bundles.bundleOf(name), "index.mjs"), ...event],
      { cwd: bundles.bundleOf(name), env: { ...environment, AWS_REGION: "eu-west-1" } },
    );
  };

  test("every bundle loads", { timeout: 60_000 }, async () => {
    const waiting = [...names];
    const failed: string[] = [];
    const worker = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const tried = name;
        await load(tried).catch((error: unknown) => failed.push(`${tried}: ${String(error)}`));
      }
    };
    await Promise.all([worker(), worker()]);
    expect(failed).toEqual([]);
  });

  test("a bundle whose environment lacks a setting says which", async () => {
    const bundle = join(bundles.bundleOf("receive-alert"), "index.mjs");
    const bare = run(process.execPath, [join(import.meta.dirname, "support/load.ts"), bundle], { env: {} });
    await expect(bare).rejects.toThrow(/Set TABLE_NAME/);
  });

  test("the command post's page is in its package, and says where to sign in", async () => {
    const page = await load("show-post", requestFor("/"));
    expect(JSON.parse(page.stdout)).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining("<!doctype html>") as string,
    });
    const forTeams = await load("show-post", requestFor("/assets/teams-client.js"));
    expect(JSON.parse(forTeams.stdout)).toMatchObject({ statusCode: 200 });
    const signIn = await load("show-post", requestFor("/assets/sign-in.json"));
    const { body } = JSON.parse(signIn.stdout) as { readonly body: string };
    expect(JSON.parse(body)).toMatchObject({
      mode: "oidc",
      issuer: "https://issuer.example.com",
      clientId: "muster",
    });
  });

  test("apply-config carries the organisation's file", () => {
    const packed = readFileSync(join(bundles.bundleOf("apply-config"), "muster.yaml"), "utf8");
    expect(packed).toBe(packedConfig(readFileSync(join(root, "muster.yaml"), "utf8")).text);
  });
});

const requestFor = (path: string): string =>
  JSON.stringify({
    version: "2.0",
    rawPath: path,
    headers: {},
    requestContext: { http: { method: "GET", path } },
  });
