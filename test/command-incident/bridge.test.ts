// Orders about the bridge from the command post: what they have to say, and who may give them.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { make } from "../../functions/command-incident/handler.ts";
import { aCallHouse } from "../support/a-call.ts";
import { signedInAs } from "../support/accounts.ts";

let house: Awaited<ReturnType<typeof aCallHouse>>;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

type Call = Awaited<ReturnType<typeof house.page>>;

async function give({ stream }: Call, body: unknown, email = "ada@test.example") {
  const answered = await make(house.ports)(
    {
      headers: {},
      pathParameters: { id: stream.slice("incident/".length) },
      body: typeof body === "string" ? body : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: signedInAs(email),
    } as unknown as APIGatewayProxyEventV2,
    house.said.tools,
  );
  const { detail = "" } = JSON.parse(answered.body ?? "{}") as { readonly detail?: string };
  return { status: answered.statusCode, detail };
}

test("a bridge is opened, its callers are muted and removed, and it ends", async () => {
  const call = await house.page();
  expect((await give(call, { type: "open-bridge" })).status).toBe(200);
  expect((await call.state()).bridge).toMatchObject({ name: "wanted", reason: "ordered" });
  await call.openBridge();
  await call.comesIn("CA1", "pin");
  for (const type of ["mute", "remove"]) expect((await give(call, { type, call: "CA1" })).status).toBe(200);
  expect(Object.values((await call.state()).bridge.controls)).toEqual([
    { call: "CA1", act: "mute" },
    { call: "CA1", act: "remove" },
  ]);
  expect((await give(call, { type: "end-bridge" })).status).toBe(200);
  expect((await call.state()).bridge.name).toBe("ended");
});

test("whoever signs in is called in as the person of the config", async () => {
  const call = await house.page();
  await call.openBridge();
  expect((await give(call, { type: "call-in" })).status).toBe(200);
  expect(Object.values((await call.state()).bridge.callIns)).toMatchObject([
    { person: "ada", cause: "asked-for", method: "voice" },
  ]);
});

test("what can't be done is said by its name", async () => {
  const call = await house.page();
  expect(await give(call, { type: "end-bridge" })).toMatchObject({ status: 409 });
  await call.openBridge();
  expect(await give(call, { type: "mute", call: "CA9" })).toMatchObject({ status: 404 });
  expect(await give(call, { type: "call-in", person: "nobody" })).toMatchObject({ status: 409 });
  await give(call, { type: "acknowledge" });
  expect(await give(call, { type: "return-to-chat" }, "stranger@example.com")).toMatchObject({ status: 403 });
  expect(await give(call, { type: "return-to-chat" })).toMatchObject({ status: 200 });
});

test("an order that lacks something, or says something strange, is refused by the field, and nothing is done", async () => {
  const call = await house.page();
  await call.openBridge();
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ["no json", /^The body has to be JSON/],
    [null, /^"type" has to be one of: .*open-bridge/],
    [[], /^"type" has to be one of/],
    [{ type: "constructor" }, /^"type" has to be one of/],
    [{ type: 7 }, /^"type" has to be one of/],
    [{ type: "mute" }, /^"call" has to be a text/],
    [{ type: "mute", call: 7 }, /^"call" has to be a text/],
    [{ type: "remove", call: "" }, /^"call" has to be a text/],
    [{ type: "unmute", call: "C".repeat(101) }, /^"call" has to be a text of 1 to 100 characters/],
    [{ type: "call-in", person: { id: "ada" } }, /^"person" has to be a text/],
    [{ type: "call-in", person: null }, /^"person" has to be a text/],
    [{ type: "call-in", persn: "grace" }, /^"persn" is no field of call-in; it takes person\.$/],
  ];
  for (const [body, says] of wrong) {
    const { status, detail } = await give(call, body);
    expect([status, detail]).toEqual([400, expect.stringMatching(says)]);
  }
  expect((await call.state()).bridge.callIns).toEqual({});
});
