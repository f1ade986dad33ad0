// The bridge as the command post sees it.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { make } from "../../functions/show-incidents/handler.ts";
import { aCallHouse, hubNumber } from "../support/a-call.ts";
import { signedInAs } from "../support/accounts.ts";
import { signedIn } from "../support/on-call.ts";

let house: Awaited<ReturnType<typeof aCallHouse>>;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

type Call = Awaited<ReturnType<typeof house.page>>;

interface View {
  readonly bridge: Readonly<Record<string, unknown>>;
  readonly timeline: readonly { readonly type: string; readonly text: string }[];
}

async function look({ stream }: Call, email = "ada@test.example"): Promise<View> {
  const { body = "" } = await make(house.ports)(
    {
      routeKey: "GET /api/incidents/{id}",
      headers: {},
      pathParameters: { id: stream.slice("incident/".length) },
      requestContext: signedInAs(email),
    } as unknown as APIGatewayProxyEventV2,
    house.said.tools,
  );
  return JSON.parse(body) as View;
}

test("an incident without a bridge says so, and names whom one could call in", async () => {
  const { bridge } = await look(await house.page());
  expect(bridge).toMatchObject({
    state: "none",
    callers: [],
    callIns: [],
    you: { id: "ada", inCommand: true },
  });
  expect(bridge["people"]).toContainEqual({ id: "ada", name: "Ada" });
  expect(bridge).not.toHaveProperty("pin");
});

test("the number and the PIN are shown while they open something, and not after", async () => {
  const call = await house.page();
  await call.order({ type: "OpenBridge" }, { kind: "person", id: "ada", via: "web", assurance: "signed-in" });
  expect((await look(call)).bridge).toMatchObject({ state: "wanted", reason: "ordered" });
  expect((await look(call)).bridge).not.toHaveProperty("pin");
  await call.openBridge();
  const pin = await house.ports.dialIn.pin(call.stream, 1);
  expect((await look(call)).bridge).toMatchObject({ state: "open", number: hubNumber, pin, recorded: false });
  await call.order({ type: "EndBridge" }, signedIn("ada"));
  const ended = await look(call);
  expect(ended.bridge).toMatchObject({ state: "ended" });
  expect(JSON.stringify(ended)).not.toContain(pin);
});

test("who is in the room stands there by name, an unknown caller by the end of the number", async () => {
  const call = await house.page();
  await call.openBridge();
  await call.comesIn("CA1", "call-in", "ada");
  await call.comesIn("CA2", "pin");
  await call.order({ type: "AdmitCaller", call: "CA3", way: "pin", ending: "0101" });
  await call.order({ type: "NameCaller", call: "CA3", recording: "RE1" });
  await call.order({ type: "RecordHelp", call: "CA3", recording: "RE2" });
  const { bridge, timeline } = await look(call);
  expect(bridge["callers"]).toMatchObject([
    {
      call: "CA1",
      name: "Ada",
      person: { id: "ada" },
      way: "call-in",
      presence: "in",
      muted: false,
    },
    { call: "CA2", name: "an unknown caller", presence: "in", recordings: [] },
    {
      call: "CA3",
      name: "a caller ending in 0101",
      ending: "0101",
      presence: "admitted",
      recordings: [
        { kind: "name", id: "RE1" },
        { kind: "help", id: "RE2" },
      ],
    },
  ]);
  expect(bridge).toMatchObject({ you: { inTheRoom: true } });
  expect(timeline.filter(({ type }) => type === "CallerJoined").map(({ text }) => text)).toEqual([
    "Ada is on the bridge.",
    "An unknown caller is on the bridge.",
  ]);
});

test("a call that led into the room is no longer under way", async () => {
  const call = await house.page();
  await call.openBridge();
  await call.order({ type: "CallIn" }, signedIn("ada"));
  expect((await look(call)).bridge["callIns"]).toMatchObject([
    { person: { name: "Ada" }, cause: "asked-for", state: "wanted" },
  ]);
  await call.order({ type: "RecordCallIn", callIn: "c1", evidence: { outcome: "handed", receipt: "CA1" } });
  expect((await look(call)).bridge["callIns"]).toMatchObject([{ state: "handed" }]);
  await call.comesIn("CA1", "call-in", "ada");
  expect((await look(call)).bridge["callIns"]).toMatchObject([{ state: "admitted" }]);
});

test("whoever has it is in command, and nobody else", async () => {
  const call = await house.page();
  await call.order({ type: "Acknowledge" }, signedIn("ada"));
  expect((await look(call)).bridge).toMatchObject({ commander: { id: "ada" }, you: { inCommand: true } });
  expect((await look(call, "somebody@example.com")).bridge).toMatchObject({ you: { inCommand: false } });
});

test("a viewer sees that a bridge is open, and neither number, PIN, recordings nor the end of a caller's number", async () => {
  const call = await house.page();
  await call.openBridge();
  await call.order({ type: "AdmitCaller", call: "CA3", way: "pin", ending: "0101" });
  await call.order({ type: "NameCaller", call: "CA3", recording: "RE1" });
  const pin = await house.ports.dialIn.pin(call.stream, 1);
  const seen = await look(call, "nobody@test.example");
  expect(seen.bridge).toMatchObject({ state: "open", you: { inCommand: false } });
  expect(seen).toMatchObject({ you: { mayOrder: false, inCommand: false } });
  const shown = JSON.stringify(seen);
  for (const secret of [hubNumber, pin, "0101", "RE1"]) expect(shown).not.toContain(secret);
  expect(JSON.stringify(await look(call))).toContain("0101");
});
