// A client for developing bots on this machine, with a connector of its own, beside phones that are not simulated either.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hub, startHub } from "../../../infra/local/hub.ts";
import { chatSettings, twilioSettings } from "../../../infra/local/settings.ts";
import { chatSimulator } from "../../../infra/local/simulator/chat/chat-simulator.ts";
import { noPhones } from "../../../infra/local/simulators.ts";
import { scriptedServer } from "../../support/scripted-server.ts";
import { sampleConfig } from "../../support/world.ts";

const data = mkdtempSync(join(tmpdir(), "muster-connector-"));
let connector: Awaited<ReturnType<typeof scriptedServer>>;
let hub: Hub;
const chat = chatSimulator({ people: [], deliverTo: () => `${hub.url}/teams/messages` });

beforeAll(async () => {
  connector = await scriptedServer(({ method }) =>
    method === "GET" ? { status: 404 } : { status: 200, body: { id: "1" } },
  );
  hub = await startHub({
    port: 0,
    data,
    config: sampleConfig(),
    twilio: twilioSettings({ TWILIO_API_URL: connector.url }),
    level: "quiet",
    aside: noPhones("elsewhere", chat),
    chat: { ...chatSettings({ TEAMS_SERVICE_URL: `${connector.url}/connector` }), unsigned: true },
  });
});
afterAll(async () => {
  chat.close();
  await hub.close();
  await connector.stop();
  rmSync(data, { recursive: true, force: true });
});

test("what is asked there is answered there, in the thread in which it was asked", async () => {
  const thread = "19:theirs@thread.tacv2;messageid=17";
  const answered = await fetch(`${hub.url}/teams/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      type: "message",
      id: "1",
      channelId: "msteams",
      serviceUrl: `${connector.url}/connector`,
      from: { id: "29:1", aadObjectId: "00000000-0000-0000-0000-0000000000021" },
      recipient: { id: "their-bot", name: "Muster" },
      conversation: { id: thread, conversationType: "channel", isGroup: true, tenantId: "their-own" },
      channelData: { tenant: { id: "their-own" }, channel: { id: "19:theirs@thread.tacv2" } },
      text: "<at>Muster</at> help",
      entities: [{ type: "mention", text: "<at>Muster</at>", mentioned: { id: "their-bot" } }],
    }),
  });
  expect(answered.status).toBe(200);
  const said = connector.asked.filter(({ method }) => method === "POST");
  expect(said.map(({ path }) => path)).toEqual([
    `/connector/v3/conversations/${encodeURIComponent(thread)}/activities`,
  ]);
  expect(said[0]?.headers["content-type"]).toMatch(/^application\/json/);
  expect(JSON.parse(said[0]?.body ?? "")).toMatchObject({ type: "message", conversation: { id: thread } });
});

test("no simulated phone is there beside it", async () => {
  expect((await fetch(`${hub.url}/simulator/phones`)).status).toBe(404);
});
