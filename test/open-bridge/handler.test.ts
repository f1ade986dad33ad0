// A bridge that is wanted gets a PIN of its own.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { make } from "../../functions/open-bridge/handler.ts";
import type { DialIn } from "../../functions/ports.ts";
import { aCommit, aStream } from "../contracts/store/subject.ts";
import { aCallHouse, type CallHouse, type PagedCall } from "../support/a-call.ts";
import { listening, records } from "../support/intake.ts";

let house: CallHouse;
let call: PagedCall;
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page();
});
afterEach(() => house.close());

const ada: Actor = { kind: "person", id: "ada", via: "web", assurance: "signed-in" };
const open = (dialIn: DialIn = house.ports.dialIn) =>
  make({ ...house.ports, dialIn })(
    records({ detail: { stream: call.stream, version: 2, index: 0, drill: false } }),
    listening().tools,
  );
const bridge = async () => (await call.state()).bridge;

/** Another incident holds the PIN of this round. */
const taken = async (round: number) => {
  const { dialIn, journal } = house.ports;
  const key = await dialIn.claimOf(await dialIn.pin(call.stream, round));
  await journal.append(aCommit(aStream(), 0, { claims: [{ key, change: "take" }] }));
};

test("the first PIN that nobody has is taken, and nobody else can take it", async () => {
  await call.order({ type: "OpenBridge" }, ada);
  expect((await open()).batchItemFailures).toEqual([]);
  const { dialIn } = house.ports;
  const pinKey = await dialIn.claimOf(await dialIn.pin(call.stream, 1));
  expect(await bridge()).toMatchObject({ name: "open", round: 1, pinKey });
  expect(await house.ports.claims.holder(pinKey, house.ports.clock.now())).toMatchObject({
    holder: call.stream,
  });
});

test("a PIN that another incident has is passed over", async () => {
  await taken(1);
  await taken(2);
  await call.order({ type: "OpenBridge" }, ada);
  await open();
  expect(await bridge()).toMatchObject({ name: "open", round: 3 });
});

test("a PIN that leads into the standing emergency room is passed over", async () => {
  const { dialIn } = house.ports;
  const first = await dialIn.pin(call.stream, 1);
  await call.order({ type: "OpenBridge" }, ada);
  await open({
    ...dialIn,
    emergency: (pin) => Promise.resolve(pin === first ? { role: "ic", room: "r" } : undefined),
  });
  expect(await bridge()).toMatchObject({ name: "open", round: 2 });
});

test("who opens a bridge again gets another PIN: whoever knew the old one is out", async () => {
  await call.order({ type: "OpenBridge" }, ada);
  await open();
  await call.order({ type: "EndBridge" }, ada);
  await call.order({ type: "OpenBridge" }, ada);
  await open();
  expect(await bridge()).toMatchObject({ name: "open", round: 2 });
});

test("an order that comes twice, or too late, opens nothing", async () => {
  await call.order({ type: "OpenBridge" }, ada);
  await open();
  const before = await call.state();
  await open();
  expect(await call.state()).toEqual(before);
  await call.order({ type: "EndBridge" }, ada);
  await open();
  expect(await bridge()).toMatchObject({ name: "ended" });
});

test("where no PIN is free it says so, and is asked again", async () => {
  for (let round = 1; round <= 20; round++) await taken(round);
  await call.order({ type: "OpenBridge" }, ada);
  expect((await open()).batchItemFailures).toHaveLength(1);
  expect(await bridge()).toMatchObject({ name: "wanted" });
});
