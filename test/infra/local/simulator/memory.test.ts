// A storm must not fill the laptop: phones remember their newest messages and no more.
import { expect, test } from "vitest";
import { type Message, newSid, phoneMemory } from "../../../../infra/local/simulator/twilio/phones.ts";
import { repliesIn } from "../../../../infra/local/simulator/twilio/webhooks.ts";

const message = (to: string, body: string): Message => ({
  sid: newSid("SM"),
  at: 0,
  direction: "outbound-api",
  from: "+12025550199",
  to,
  body,
  messagingServiceSid: undefined,
  validitySeconds: 60,
  statusCallback: undefined,
  status: "delivered",
  onHandset: true,
  sentAt: 0,
  updatedAt: 0,
  errorCode: undefined,
});

test("a phone keeps its last 200 messages", () => {
  const memory = phoneMemory();
  for (let n = 0; n < 250; n++) memory.keep(message("+447700900001", String(n)));
  const bodies = memory.phone("+447700900001").messages.map(({ body }) => body);
  expect([bodies.length, bodies[0], bodies.at(-1)]).toEqual([200, "50", "249"]);
  expect(memory.size()).toBe(200);
});

test("all phones together keep 10,000", () => {
  const memory = phoneMemory();
  for (let n = 0; n < 12_000; n++) memory.keep(message(`+4477009${String(n).padStart(5, "0")}`, "x"));
  expect(memory.size()).toBe(10_000);
  expect(memory.numbers()).toHaveLength(10_000);
});

test.each([
  ["text/xml", "<Response/>", []],
  ["text/xml", "<Response><Message><Body>a &lt;b&gt; &#x41;&#66;</Body></Message></Response>", ["a <b> AB"]],
  ["application/xml", "<Response><Message>1</Message>\n<Message to='x'>2</Message></Response>", ["1", "2"]],
  ["text/plain", "hello", ["hello"]],
  ["text/xml", "", []],
])("an answer of %s %s replies %o", (contentType, body, replies) => {
  expect(repliesIn({ contentType, body })).toEqual(replies);
});
