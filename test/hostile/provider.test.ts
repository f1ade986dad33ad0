// Calls in Twilio's name that are not Twilio's, and those that are, played again.
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import { phones, type Seen } from "../support/world.ts";
import { aDoor, type Door, good, refusedWith } from "./a-door.ts";

const { authToken } = simulatedAccount;

let door: Door;
beforeAll(async () => {
  door = await aDoor();
}, 30_000);
afterAll(() => door?.close());

const form = { "content-type": "application/x-www-form-urlencoded" };
const twilio = [
  ["/twilio/messages", { From: phones.ada, To: simulatedAccount.from, Body: "1", MessageSid: "SM1" }],
  [
    "/twilio/reports/01ARZ3NDEKTSV4RRFFQ69G5FAV/page/p1.0.1",
    { MessageSid: "SM1", MessageStatus: "delivered" },
  ],
  [
    "/twilio/reports/01ARZ3NDEKTSV4RRFFQ69G5FAV/notice/n1",
    { MessageSid: "SM1", MessageStatus: "undelivered", ErrorCode: "21610" },
  ],
] as const;

const signed = (token: string, path: string, fields: Readonly<Record<string, string>>): string =>
  webhooks.getExpectedTwilioSignature(token, door.url + path, { ...fields });

describe("Twilio's addresses", () => {
  test.each(twilio)("take nothing at %s that Twilio did not sign for it", async (path, fields) => {
    const body = new URLSearchParams(fields).toString();
    const call = (signature?: string) =>
      door.post(body, signature === undefined ? form : { ...form, "x-twilio-signature": signature }, path);
    const forged = [
      undefined,
      "",
      "a".repeat(10_000),
      signed("another-token", path, fields),
      signed(authToken, `${path}?more=1`, fields),
      signed(authToken, path, { ...fields, Body: "2" }),
      webhooks.getExpectedTwilioSignature(authToken, `https://evil.example${path}`, fields),
    ];
    for (const signature of forged) await refusedWith(await call(signature), 403);
    expect((await call(signed(authToken, path, fields))).status).toBe(200);
    await door.stillPages();
  });

  test("a call that is played again changes nothing the second time", async () => {
    const before = door.texts().length;
    await door.post(JSON.stringify({ ...good, dedup_key: "replayed" }));
    await door.texted(before + 1);
    const code = /[A-Z]\d{4}/.exec(door.texts().at(-1) ?? "")?.[0] ?? "";
    const fields = { From: phones.ada, To: simulatedAccount.from, Body: `1 ${code}`, MessageSid: "SM2" };
    const body = new URLSearchParams(fields).toString();
    const headers = { ...form, "x-twilio-signature": signed(authToken, "/twilio/messages", fields) };
    const play = async () => (await door.post(body, headers, "/twilio/messages")).status;
    // Reports of the page's own delivery may come in between.
    const decided = ({ timeline }: Seen) =>
      timeline.map(({ type }) => type).filter((type) => !type.startsWith("Delivery"));
    expect(await play()).toBe(200);
    const once = await door.theIncident();
    expect(once.owner?.id).toBe("ada");
    expect(await play()).toBe(200);
    expect(await play()).toBe(200);
    expect(decided(await door.theIncident())).toEqual(decided(once));
    await door.resolve();
    await door.stillPages();
  });
});
