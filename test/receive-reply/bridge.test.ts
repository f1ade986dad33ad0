// JOIN and BRIDGE by text: a room is opened, and whoever asks is called into it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { aCallHouse, adasPhone, hubNumber } from "../support/a-call.ts";

let house: Awaited<ReturnType<typeof aCallHouse>>;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

type Call = Awaited<ReturnType<typeof house.page>>;

let texts = 0;
async function text(body: string, from = adasPhone): Promise<string> {
  texts += 1;
  const form = { From: from, To: hubNumber, Body: body, MessageSid: `SM${String(texts).padStart(32, "0")}` };
  const answered = await house.post("/twilio/messages", form);
  expect(answered.status).toBe(200);
  return answered.body;
}
const codeOf = async (call: Call): Promise<string> => (await call.pageNow())?.code ?? "";
const callIns = async (call: Call) => Object.values((await call.state()).bridge.callIns);

test("BRIDGE and a code opens the bridge of that page's incident; a second one says that it is open", async () => {
  const call = await house.page();
  expect(await text(`bridge ${await codeOf(call)}`)).toContain("A phone bridge is being opened");
  expect((await call.state()).bridge).toMatchObject({ name: "wanted", reason: "ordered", askedBy: "ada" });
  expect(await text(`BRIDGE ${await codeOf(call)}`)).toContain("open already");
});

test("JOIN and a code has whoever sends it called; once, while that call is on its way", async () => {
  const call = await house.page();
  const join = `join ${await codeOf(call)}`;
  await call.openBridge();
  expect(await text(join)).toContain("We call you now");
  expect(await text(join)).toContain("about to ring");
  expect(await callIns(call)).toMatchObject([{ person: "ada", cause: "asked-for" }]);
});

test("whoever is in the room is not called", async () => {
  const call = await house.page();
  await call.openBridge();
  await call.comesIn("CA1", "pin", "ada");
  expect(await text(`call me ${await codeOf(call)}`)).toContain("in the room already");
  expect(await callIns(call)).toEqual([]);
});

test("where no bridge is open nobody is called, and the answer says so", async () => {
  const call = await house.page();
  expect(await text(`join ${await codeOf(call)}`)).toContain("No bridge is open");
  expect((await call.pageNow())?.state).toBe("open");
});

test("JOIN answers no page: whoever joins is still asked", async () => {
  const call = await house.page();
  await call.openBridge();
  await text(`join ${await codeOf(call)}`);
  expect((await call.pageNow())?.state).toBe("open");
});

test("a code of somebody else's page opens no room", async () => {
  const call = await house.page();
  expect(await text(`bridge ${await codeOf(call)}`, "+447700900099")).toContain("not on its list");
  expect((await call.state()).bridge.name).toBe("none");
});
