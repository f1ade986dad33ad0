// Texts that the second carrier brings: who is meant, what is answered, and by which way the answer goes.
import type { SQSEvent } from "aws-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StreamId } from "../../functions/core/aggregate.ts";
import type { Delivery, Journal, OutboundText } from "../../functions/ports.ts";
import { make } from "../../functions/receive-text/handler.ts";
import { aCallHouse, adasPhone, type CallHouse, type PagedCall } from "../support/a-call.ts";
import { records } from "../support/intake.ts";

let house: CallHouse;
let page: PagedCall;
let sent: OutboundText[];
let outcomes: Delivery[];
beforeEach(async () => {
  house = await aCallHouse();
  page = await house.page();
  sent = [];
  outcomes = [];
});
afterEach(() => house.close());

const carrier = {
  async send(message: OutboundText): Promise<Delivery> {
    sent.push(message);
    return outcomes.shift() ?? { outcome: "done", receipt: `m${sent.length}` };
  },
  find: async (): Promise<Delivery> => ({ outcome: "unknown", reason: "not-delivered" }),
};
let texts = 0;
const text = (messageBody: string, more: object = {}) => ({
  originationNumber: adasPhone,
  destinationNumber: "+12025550198",
  messageKeyword: "KEYWORD_111122223333",
  messageBody,
  inboundMessageId: `t${(texts += 1)}`,
  previousPublishedMessageId: "m0",
  ...more,
});
const receive = (...bodies: readonly unknown[]) =>
  make({ ...house.ports, secondCarrier: { sms: carrier } })(records(...bodies), house.said.tools);

test("a 1 takes the page, and the answer goes to whoever wrote, with no report asked for", async () => {
  const reply = text("1");
  await receive(reply);
  expect(await page.owner()).toBe("ada");
  expect(sent).toMatchObject([
    { to: adasPhone, drill: false, reference: reply.inboundMessageId, reportTo: "" },
  ]);
  expect(sent[0]?.text).toContain("You have it");
});

test("a text that the queue brings again is carried out once", async () => {
  const reply = text("1");
  await receive(reply);
  const before = await house.ports.journal.history(page.stream, 0, 100);
  await receive(reply);
  expect(await house.ports.journal.history(page.stream, 0, 100)).toEqual(before);
});

test("an answer that is not taken is brought again, and what the reply did is not done twice", async () => {
  outcomes = [
    { outcome: "retry", reason: "rate-limited" },
    { outcome: "retry", reason: "rate-limited" },
  ];
  const reply = text("1");
  expect((await receive(reply)).batchItemFailures).toHaveLength(1);
  expect((await receive(reply)).batchItemFailures).toEqual([]);
  const acknowledged = (await house.ports.journal.history(page.stream, 0, 100)).filter(
    ({ event }) => (event as { type: string }).type === "PageAcknowledged",
  );
  expect(acknowledged).toHaveLength(1);
});

test("an answer that nobody can send is given up, and the operator hears of it", async () => {
  outcomes = [{ outcome: "giveUp", reason: "account-refused", operator: true }];
  expect((await receive(text("1"))).batchItemFailures).toEqual([]);
  expect(house.said.counted).toEqual(["OperatorAlarm"]);
});

test("STOP closes texting and gets no answer, for the carrier has given one; START opens it again", async () => {
  const closed = async () => Object.keys((await house.house.people.load("person/ada")).state.closed);
  for (const word of ["STOP", "arret", "OPT-OUT", "Remove", "td"]) {
    await receive(text(word));
    expect(await closed()).toEqual(["sms"]);
    expect(sent).toEqual([]);
    await receive(text("START"));
    expect(await closed()).toEqual([]);
    sent = [];
  }
});

test("a stranger's STOP gets no answer either; any other word of theirs does", async () => {
  const from = { originationNumber: "+447700900177" };
  await receive(text("STOP", from));
  expect(sent).toEqual([]);
  await receive(text("hello", from));
  expect(sent).toHaveLength(1);
});

test("the silence of a number is its own, by whichever carrier it writes", async () => {
  for (let n = 0; n < 5; n++)
    await house.post("/twilio/messages", { From: adasPhone, Body: "who is on this?", MessageSid: `SM${n}` });
  await receive(text("who is on this?"));
  expect(sent).toEqual([]);
  expect(house.said.counted).toEqual(["TextUnanswered"]);
  await receive(text("1"));
  expect(sent).toHaveLength(1);
});

test("without a sender of its own a reply still counts, and is left unanswered", async () => {
  await make({ ...house.ports, secondCarrier: { sms: undefined } })(records(text("1")), house.said.tools);
  expect(await page.owner()).toBe("ada");
});

test("a record that is no JSON fails, and is not quoted in the log", async () => {
  const bare = { Records: [{ messageId: "m0", body: `${adasPhone} call me` }] } as unknown as SQSEvent;
  const handler = make({ ...house.ports, secondCarrier: { sms: carrier } });
  expect((await handler(bare, house.said.tools)).batchItemFailures).toHaveLength(1);
  expect(house.said.lines.join()).not.toContain(adasPhone.slice(1, 8));
});

test("hostile records fail alone, and neither a number nor a word of them gets into the log", async () => {
  const hostile = [
    null,
    7,
    [],
    {},
    { originationNumber: adasPhone, messageBody: 7, inboundMessageId: "x" },
    { originationNumber: { toString: "x" }, messageBody: "secret words", inboundMessageId: "x" },
    text("1"),
    text("x".repeat(100_000)),
    text("1\u0000\u202e<script>", { originationNumber: "+".repeat(40) }),
  ];
  const { batchItemFailures } = await receive(...hostile);
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
    "m0",
    "m1",
    "m2",
    "m3",
    "m4",
    "m5",
  ]);
  const log = house.said.lines.join();
  expect(log).not.toContain(adasPhone.slice(1));
  expect(log).not.toContain("secret words");
});

test("what is kept beside a page costs no answer to it: neither a person's ways nor the count of a number", async () => {
  const { journal } = house.ports;
  const isBeside = (stream: StreamId): boolean => !stream.startsWith("incident/");
  const broken: Journal = {
    ...journal,
    load: async (stream, ...rest) => {
      if (isBeside(stream)) throw new Error(`${stream} can't be read`);
      return journal.load(stream, ...rest);
    },
  };
  const handle = make({ ...house.ports, journal: broken, secondCarrier: { sms: carrier } });
  await handle(records(text("1")), house.said.tools);
  expect(await page.owner()).toBe("ada");
  expect(sent.map((message) => message.text)).toEqual(["You have it."]);
});
