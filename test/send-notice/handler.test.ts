// A notice about a bridge names its number and PIN, as long as they lead anywhere.

import { afterEach, beforeEach, expect, test } from "vitest";
import { noChat } from "../../functions/adapters/teams/chat.ts";
import type { Actor } from "../../functions/core/command.ts";
import type { OutboundText } from "../../functions/ports.ts";
import { make } from "../../functions/send-notice/handler.ts";
import { aCallHouse, type CallHouse, hubNumber, type PagedCall } from "../support/a-call.ts";
import { listening, records } from "../support/intake.ts";

let house: CallHouse;
let call: PagedCall;
let sent: OutboundText[];
beforeEach(async () => {
  house = await aCallHouse();
  call = await house.page();
  sent = [];
});
afterEach(() => house.close());

const ada: Actor = { kind: "person", id: "ada", via: "web", assurance: "signed-in" };

async function openBridge(round = 1): Promise<string> {
  const { dialIn } = house.ports;
  const pin = await dialIn.pin(call.stream, round);
  await call.order({ type: "OpenBridge" }, ada);
  await call.order({ type: "SetUpBridge", round, pinKey: await dialIn.claimOf(pin) });
  return pin;
}

async function tellAll() {
  const sms = {
    send: (message: OutboundText) => {
      sent.push(message);
      return Promise.resolve({ outcome: "done", receipt: "SM1" } as const);
    },
    find: () => Promise.reject(new Error("not asked for")),
  };
  const teams = { ...sms, send: () => Promise.reject(new Error("not asked for")) };
  const ports = { ...house.ports, channels: { sms, teams }, secondCarrier: { sms: undefined }, chat: noChat };
  const details = Object.keys((await call.state()).notices).map((ref) => ({
    detail: { stream: call.stream, version: 1, index: 0, ref, drill: false },
  }));
  return make(ports)(records(...details), listening().tools);
}
const states = async () => Object.values((await call.state()).notices).map(({ state }) => state);

test("whoever works on it, or is asked to, is told where to meet", async () => {
  const pin = await openBridge();
  expect((await tellAll()).batchItemFailures).toEqual([]);
  expect(sent.map(({ text }) => text)).toEqual([expect.stringContaining(pin)]);
  expect(sent[0]?.text).toContain(hubNumber);
  expect(sent[0]?.text).toMatch(/Reply JOIN A\d{4} and we call you\.$/);
  expect(await states()).toEqual(["handed"]);
});

test("nobody is sent to a room that has ended meanwhile", async () => {
  await openBridge();
  await call.order({ type: "EndBridge" }, ada);
  expect((await tellAll()).batchItemFailures).toEqual([]);
  expect(sent).toEqual([]);
  expect(await states()).toEqual(["failed"]);
});

test("a bridge that was opened anew is told with its new PIN only", async () => {
  const before = await openBridge(1);
  await call.order({ type: "EndBridge" }, ada);
  const now = await openBridge(2);
  await tellAll();
  expect(sent.every(({ text }) => text.includes(now) && !text.includes(before))).toBe(true);
});
