// Every script that a call to the hub's number can lead to: each step, after each key and after none, for everybody who may
// call, as the incident stands. All are held against the table from Twilio's reference, and against a path that nobody made.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCallHouse, adasPhone, type CallHouse, callConfig, type PagedCall } from "../support/a-call.ts";
import { aCaller, type LineCaller, someRecording, strangersPhone } from "../support/a-line.ts";
import { hostile } from "../support/intake.ts";
import type { ReadScript } from "../support/twiml-table.ts";

let house: CallHouse;
let open: PagedCall;
let over: PagedCall;
beforeAll(async () => {
  house = await aCallHouse(
    callConfig
      .replaceAll("Checkout", `"<Say>Checkout & co</Say>"`)
      .replace("Test Works", `"Test <Works/> & Sons"`),
  );
  open = await house.page("<Dial>+4477</Dial> & ]]> \u202e");
  await open.openBridge();
  over = await house.page();
  await over.openBridge(2);
  await over.order({ type: "StandDown" }, { kind: "person", id: "ada", via: "web", assurance: "signed-in" });
});
afterAll(() => house.close());

const keys = [...Array.from("0123456789*#"), "", "12", "417203", "hangup"];
const who = [adasPhone, strangersPhone, "anonymous", "<Say>+44</Say>\r\nX: y"];

function judge(script: ReadScript): void {
  expect(script.faults).toEqual([]);
  expect(script.spoken.length).toBeLessThan(1_500);
  expect(script.spoken).not.toMatch(/[<>&]/);
  // It listens, goes on, leads into a room, or ends: never silence.
  const ways = [script.action, script.goesOn, script.room, script.hangsUp || undefined];
  expect(ways.some((way) => way !== undefined)).toBe(true);
}

const paths = () => {
  const [live, ended] = [open, over].map(({ stream }) => stream.slice("incident/".length));
  return [
    "/twilio/line",
    ...["menu", "pin", "sure", "subject", "paged"].flatMap((step) =>
      ["1", "2", "3", "99", "-1", "x"].map((round) => `/twilio/line/${step}/${round}`),
    ),
    ...[live, ended, "none", "__proto__"].flatMap((id) => [
      `/twilio/line/named/${id}`,
      `/twilio/line/said/${id}`,
      `/twilio/line/let-in/${id}`,
      ...["1", "10", "zz"].map((round) => `/twilio/line/room/${id}/${round}`),
      ...["checkout.1", "website.3", "nothing.1", "constructor", "."].map(
        (more) => `/twilio/line/same/${id}/${more}`,
      ),
    ]),
    ...["menu", "nobody-made-this", "constructor", "__proto__", "toString"].map(
      (step) => `/twilio/line/${step}`,
    ),
    "/twilio/line/menu/1/2",
    "/twilio/line-fallback",
    ...["1", "2", "3", "9", "x", "-1"].map((round) => `/twilio/line-fallback/${round}`),
  ];
};

test.each(who)(
  "whatever is pressed, wherever a call of %j stands, the answer is in order",
  async (from) => {
    for (const path of paths()) {
      for (const digits of keys) judge(await aCaller(house, from).hear(path, digits));
      judge(await aCaller(house, from).hear(path, "", { RecordingSid: someRecording }));
      judge(await aCaller(house, from).hear(path));
    }
  },
  60_000,
);

test("hostile words in every field of the form change no script's order, and are never spoken", async () => {
  for (const text of hostile.map((each) => each.slice(0, 5_000))) {
    const form = { From: text, CallSid: text, RecordingSid: text, CallStatus: text, Caller: text };
    for (const path of paths()) judge(await aCaller(house).hear(path, text, form));
  }
}, 60_000);

test("nobody gets into a room without a right PIN, a call that this hub let in, or a call for help", async () => {
  for (const path of paths().filter((each) => /\/(menu|pin|sure|subject|paged|said)\//.test(each)))
    for (const digits of keys) expect((await aCaller(house).hear(path, digits)).room).toBeUndefined();
});

describe("a call that is not the provider's own", () => {
  test.each(["/twilio/line", "/twilio/line/pin/1", "/twilio/line-fallback", "/twilio/line-fallback/1"])(
    "is refused at %s, whatever byte is flipped",
    async (path) => {
      const form = { CallSid: "CA1", From: adasPhone, Digits: "417203" };
      const flips = [
        (event: { rawPath: string }) => ({ ...event, rawPath: `${event.rawPath}1` }),
        (event: { body?: string }) => ({ ...event, body: `${event.body}&Digits=000000` }),
        (event: { headers: object }) => ({ ...event, headers: {} }),
        (event: object) => ({ ...event, rawQueryString: "a=b" }),
      ] as const;
      for (const flip of flips)
        expect((await house.post(path, form, (event) => flip(event as never) as typeof event)).status).toBe(
          403,
        );
    },
  );
});

test("a whole number is never spoken, nor logged", async () => {
  const spoken = async (caller: LineCaller, path: string) => (await caller.hear(path, "1")).spoken;
  for (const path of paths())
    expect(await spoken(aCaller(house, strangersPhone), path)).not.toContain(strangersPhone.slice(3));
  expect(house.said.lines.join()).not.toContain(strangersPhone.slice(3));
});
