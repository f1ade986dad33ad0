// What callers said is fetched from the provider with the account's own credentials, and within bounds.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { twilioRecordings } from "../../../functions/adapters/twilio/recordings.ts";
import { scriptedHub } from "../../support/scripted-hub.ts";

const account = { accountSid: `AC${"1".repeat(32)}`, credentials: { apiKey: "SK1", apiSecret: "hush" } };
const recording = `RE${"a".repeat(32)}`;
const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

async function provider(answer: RequestListener) {
  const asked: { readonly url: string; readonly authorization: string }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? "", authorization: String(request.headers.authorization) });
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, recordings: twilioRecordings({ ...account, apiUrl, timeoutMs: 500 }) };
}

test("it is fetched as MP3, by the account's key", async () => {
  const { asked, recordings } = await provider((_, response) => response.end("sound"));
  const found = await recordings.read(recording);
  expect([found?.type, Buffer.from(found?.bytes ?? []).toString()]).toEqual(["audio/mpeg", "sound"]);
  expect(asked).toEqual([
    {
      url: `/2010-04-01/Accounts/${account.accountSid}/Recordings/${recording}.mp3`,
      authorization: `Basic ${Buffer.from("SK1:hush").toString("base64")}`,
    },
  ]);
});

test("one that was deleted there is gone", async () => {
  const { recordings } = await provider((_, response) => response.writeHead(404).end());
  expect(await recordings.read(recording)).toBeUndefined();
});

test.each(["", "RE1", `${recording}/../../Messages`, `re${"a".repeat(32)}`, "..", "RE%2e"])(
  "a name that is no recording's (%s) asks nobody",
  async (name) => {
    const { asked, recordings } = await provider((_, response) => response.end("sound"));
    expect(await recordings.read(name)).toBeUndefined();
    expect(asked).toEqual([]);
  },
);

describe("what goes wrong is our error, and names no credential", () => {
  test.each<[string, RequestListener, RegExp]>([
    ["a refusal", (_, response) => response.writeHead(401).end("no"), /HTTP 401/],
    ["a provider that is ill", (_, response) => response.writeHead(503).end(), /HTTP 503/],
    ["too much of it", (_, response) => response.end(Buffer.alloc(5_000_000)), /not shown/],
    ["no answer", () => undefined, /timeout/],
  ])("%s", async (_, answer, words) => {
    const { recordings } = await provider(answer);
    const error = await recordings.read(recording).catch(String);
    expect(error).toMatch(words);
    expect(error).not.toContain("hush");
  });
});

test("the simulated provider hands out what was said on its phones", async () => {
  const hub = await scriptedHub();
  closing.push(() => hub.close());
  hub.says("/twilio/line", "<Record action='/said' timeout='3'/>");
  hub.simulator.callHub("+447700900001", { says: ["It burns"] });
  await hub.pass(6_000);
  const sid = hub.asksAt("/said")[0]?.form["RecordingSid"] ?? "";
  const recordings = twilioRecordings({
    accountSid: hub.client.accountSid,
    credentials: { authToken: hub.client.password ?? "" },
    apiUrl: `${hub.address}/simulator/twilio`,
  });
  const found = await recordings.read(sid);
  expect(Buffer.from(found?.bytes ?? []).toString("utf16le").length).toBeGreaterThan(1_000);
  expect(Buffer.from(found?.bytes ?? []).includes(Buffer.from("It burns", "utf16le"))).toBe(true);
  expect(await recordings.read(recording)).toBeUndefined();
});
