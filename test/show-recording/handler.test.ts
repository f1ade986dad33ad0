// What callers said is played to whoever is signed in, and nothing else that the provider keeps.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { twilioRecordings } from "../../functions/adapters/twilio/recordings.ts";
import type { IncidentOrder } from "../../functions/core/incident/commands.ts";
import { make } from "../../functions/show-recording/handler.ts";
import { aCallHouse, bothSignIn, type CallHouse, type PagedCall } from "../support/a-call.ts";
import { signedInAs } from "../support/accounts.ts";
import { signedIn } from "../support/on-call.ts";
import { type ScriptedHub, scriptedHub } from "../support/scripted-hub.ts";

const call = `CA${"1".repeat(32)}`;
let provider: ScriptedHub;
let house: CallHouse;
let page: PagedCall;
let recording = "";
let ofAnother = "";

beforeAll(async () => {
  [provider, house] = await Promise.all([scriptedHub(), aCallHouse(bothSignIn)]);
  provider.says("/twilio/line", "<Record action='/said' timeout='3'/><Redirect>/twilio/line</Redirect>");
  provider.says("/said", "<Hangup/>");
  for (const words of ["Ada, of the shop", "Somebody else's secret"]) {
    provider.simulator.callHub("+447700900009", { says: [words] });
    await provider.pass(6_000);
  }
  [recording = "", ofAnother = ""] = provider.asksAt("/said").map(({ form }) => form["RecordingSid"] ?? "");
  page = await house.page();
  const order = (given: IncidentOrder) => page.order(given);
  await page.order({ type: "OpenBridge" }, { kind: "person", id: "ada", via: "web", assurance: "signed-in" });
  await order({ type: "SetUpBridge", round: 1, pinKey: "pin/1" });
  await order({ type: "NameCaller", call, recording });
});
afterAll(() => Promise.all([provider.close(), house.close()]));

const asked = (id: string, name: string, context: object = signedInAs("ada@test.example")) =>
  make({
    ...house.ports,
    recordings: twilioRecordings({
      accountSid: provider.client.accountSid,
      credentials: { authToken: provider.client.password ?? "" },
      apiUrl: `${provider.address}/simulator/twilio`,
    }),
  })(
    {
      routeKey: "GET /api/incidents/{id}/recordings/{recording}",
      pathParameters: { id, recording: name },
      requestContext: context,
    } as unknown as APIGatewayProxyEventV2,
    house.said.tools,
  );

test("a name that was said stands on the timeline, and can be heard", async () => {
  const { statusCode, headers, body = "", isBase64Encoded } = await asked("i1", recording);
  expect([statusCode, isBase64Encoded]).toEqual([200, true]);
  expect(headers).toMatchObject({
    "content-type": "audio/mpeg",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(Buffer.from(body, "base64").includes(Buffer.from("Ada, of the shop", "utf16le"))).toBe(true);
});

test.each([
  ["of another incident", "i9", () => recording],
  ["that the provider has, and no timeline", "i1", () => ofAnother],
  ["that nobody made", "i1", () => `RE${"0".repeat(32)}`],
  ["of every object", "__proto__", () => "constructor"],
])("one %s is not played", async (_, id, name) => {
  expect((await asked(id, name())).statusCode).toBe(404);
});

test("none is played to a viewer, nor one of a sensitive incident to a person who is not part of it", async () => {
  expect((await asked("i1", recording, signedInAs("nobody@test.example"))).statusCode).toBe(403);
  const linus = signedInAs("linus@test.example");
  expect((await asked("i1", recording, linus)).statusCode).toBe(200);
  await page.order({ type: "Acknowledge" }, signedIn("ada"));
  await page.order({ type: "Declare", sensitive: true }, signedIn("ada"));
  expect((await asked("i1", recording, linus)).statusCode).toBe(404);
  expect((await asked("i1", recording)).statusCode).toBe(200);
});

test("and to nobody who is not signed in", async () => {
  expect((await asked("i1", recording, {})).statusCode).toBe(401);
});
