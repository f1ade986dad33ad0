// Only Twilio's own calls count: judged by Twilio's own way to compute a signature.
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";
import { twilioSecret } from "../../../functions/adapters/twilio/secret.ts";
import { twilioSignature, twilioSignatureBy } from "../../../functions/adapters/twilio/signature.ts";

const publicUrl = "https://pager.example.com/stage";
const path = "/twilio/reports/i1/page/p1.0.1";
const form = { MessageSid: "SM1", MessageStatus: "delivered", Body: "it's ü & more" };
const sign = (token: string, url = publicUrl + path) => webhooks.getExpectedTwilioSignature(token, url, form);
const check = twilioSignature(["primary", "secondary"], publicUrl);

test("a call that Twilio signed with either token is believed", async () => {
  expect(await check.valid(sign("primary"), path, form)).toBe(true);
  expect(await check.valid(sign("secondary"), path, form)).toBe(true);
});

test("the query belongs to what is signed", async () => {
  const asked = `${path}?again=1`;
  expect(await check.valid(sign("primary", publicUrl + asked), asked, form)).toBe(true);
  expect(await check.valid(sign("primary"), asked, form)).toBe(false);
});

test("one flipped bit of the signature is refused", async () => {
  const bytes = Buffer.from(sign("primary"), "base64");
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(await check.valid(flipped.toString("base64"), path, form)).toBe(false);
  }
});

test("another token, another address, another field, or none of it is refused", async () => {
  expect(await check.valid(sign("stolen"), path, form)).toBe(false);
  expect(await check.valid(sign("primary", `https://evil.example.com/stage${path}`), path, form)).toBe(false);
  expect(await check.valid(sign("primary"), "/twilio/messages", form)).toBe(false);
  expect(await check.valid(sign("primary"), path, { ...form, MessageStatus: "failed" })).toBe(false);
  expect(await check.valid(sign("primary"), path, { ...form, Extra: "1" })).toBe(false);
  expect(await check.valid("", path, form)).toBe(false);
});

test("a parameter that came twice is part of what is signed, in whatever order its values came", async () => {
  const twice = { ...form, MediaUrl: ["b", "a"] };
  const signed = webhooks.getExpectedTwilioSignature("primary", publicUrl + path, twice);
  expect(await check.valid(signed, path, twice)).toBe(true);
  for (const other of [
    form,
    { ...form, MediaUrl: "a" },
    { ...form, MediaUrl: "b" },
    { ...form, MediaUrl: ["a", "c"] },
  ])
    expect(await check.valid(signed, path, other)).toBe(false);
});

test("a token that was put into the store since is looked for before a call is refused", async () => {
  const [old, now] = ["old", "new"].map((authToken) => twilioSecret({ accountSid: "AC1", authToken }));
  if (old === undefined || now === undefined) throw new Error("two secrets");
  let reads = 0;
  const rotated = twilioSignatureBy((refused) => {
    reads += 1;
    return Promise.resolve(refused === undefined ? old : now);
  }, publicUrl);
  expect([await rotated.valid(sign("old"), path, form), reads]).toEqual([true, 1]);
  expect([await rotated.valid(sign("new"), path, form), reads]).toEqual([true, 3]);
  expect(await rotated.valid(sign("stolen"), path, form)).toBe(false);
});

test("without a token nothing is believed: the hub does not even start", () => {
  expect(() => twilioSignature(["", ""], publicUrl)).toThrow("auth token");
});
