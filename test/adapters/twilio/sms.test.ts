// Texts by Twilio, judged by the channel contract: the real adapter and Twilio's real client against the phone simulator.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { type TwilioSmsSettings, twilioSms } from "../../../functions/adapters/twilio/sms.ts";
import type { Delivery, OutboundText } from "../../../functions/ports.ts";
import { simulatedAccount } from "../../../infra/local/simulator/twilio/account.ts";
import { channelContract } from "../../contracts/channel.contract.ts";
import { simulatedPhones } from "../../support/simulated-phones.ts";

const { accountSid, authToken, from } = simulatedAccount;
const publicUrl = "https://pager.example.com/";
const settings = (apiUrl: string): TwilioSmsSettings => ({
  accountSid,
  credentials: { authToken },
  sender: { from },
  publicUrl,
  apiUrl,
  timeoutMs: 1_000,
});
const message: OutboundText = {
  to: "+447700900001",
  text: "DRILL CRITICAL checkout: no sales. Reply 1 A4821 yes",
  drill: true,
  reference: "A4821",
  reportTo: "/twilio/reports/i1/page/p1.0.1",
  validFor: 300_000,
};

channelContract("sms by twilio", async () => {
  const phones = await simulatedPhones();
  const faults = {
    "answers 429": { kind: "status", status: 429, code: 20429 },
    "answers 500": { kind: "status", status: 500, code: 20500 },
    "answers 503": { kind: "html", status: 503 },
    "breaks before": { kind: "reset-before" },
    "breaks after": { kind: "reset-after" },
    "takes and is silent": { kind: "silent-after" },
  } as const;
  return {
    looksUp: true,
    channel: twilioSms(settings(phones.apiUrl)),
    nowhere: twilioSms(settings("http://127.0.0.1:9")),
    message: (reference) => ({ ...message, ...texting(reference) }),
    confusable: (reference) => ({
      ...message,
      reference: `${reference}9`,
      text: `about ${reference}9`,
    }),
    secrets: [authToken, accountSid, "2025550101", from.slice(1)],
    taken: (reference) =>
      phones.simulator
        .numbers()
        .flatMap((number) => phones.simulator.phone(number).messages)
        .filter(({ body }) => body.split(/\W+/).includes(reference)).length,
    next: (what) => phones.simulator.fail(faults[what]),
    refusedAddresses: [
      ["+15005550001", giveUp("number-invalid", false, "bounced")],
      ["+15005550002", giveUp("region-not-permitted", true)],
      ["+15005550003", giveUp("region-not-permitted", true)],
      ["+15005550004", giveUp("opted-out", false, "opted-out")],
      ["+15005550009", giveUp("number-not-capable", false, "bounced")],
      ["020 7946 0000", giveUp("number-invalid", false, "bounced")],
    ],
    close: () => phones.close(),
  };
});

const texting = (reference: string) => ({
  to: "+12025550101",
  text: `CRITICAL checkout: no sales. Reply 1 ${reference} yes, 2 no`,
  drill: false,
  reference,
});

const giveUp = (
  reason: Extract<Delivery, { outcome: "giveUp" }>["reason"],
  operator: boolean,
  method?: "bounced" | "opted-out",
) => ({ outcome: "giveUp", reason, operator, ...(method !== undefined && { method }) }) as const;

/** A provider that says one thing, and what it was asked. */
async function provider(
  status: number,
  body: string,
  use: (apiUrl: string, asked: string[]) => Promise<void>,
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`, JSON.stringify(request.headers));
    request.on("data", (chunk) => asked.push(String(chunk)));
    request.on("end", () => response.writeHead(status, { "content-type": "application/json" }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const sid = `SM${"0".repeat(32)}`;
const refused = (status: number, code: number) =>
  JSON.stringify({ code, message: `to ${message.to}`, more_info: "", status });

describe("what Twilio is asked", () => {
  test("one form with the sender, the text, where to report, and how long it is worth delivering", async () => {
    await provider(201, JSON.stringify({ sid }), async (apiUrl, asked) => {
      expect(await twilioSms(settings(apiUrl)).send(message)).toEqual({ outcome: "done", receipt: sid });
      expect(asked[0]).toBe(`POST /base/2010-04-01/Accounts/${accountSid}/Messages.json`);
      expect(Object.fromEntries(new URLSearchParams(asked[2]))).toEqual({
        To: message.to,
        From: from,
        Body: message.text,
        StatusCallback: "https://pager.example.com/twilio/reports/i1/page/p1.0.1",
        ValidityPeriod: "300",
        SmartEncoded: "true",
      });
      expect(JSON.parse(asked[1] ?? "").authorization).toBe(`Basic ${btoa(`${accountSid}:${authToken}`)}`);
    });
  });

  test("a messaging service in place of a number, and an API key in place of the account's own token", async () => {
    await provider(201, JSON.stringify({ sid }), async (apiUrl, asked) => {
      const messagingServiceSid = `MG${"1".repeat(32)}`;
      const credentials = { apiKey: `SK${"2".repeat(32)}`, apiSecret: "hush" };
      await twilioSms({ ...settings(apiUrl), sender: { messagingServiceSid }, credentials }).send(message);
      const form = new URLSearchParams(asked[2]);
      expect([form.get("MessagingServiceSid"), form.get("From")]).toEqual([messagingServiceSid, null]);
      expect(asked[0]).toContain(accountSid);
      expect(JSON.parse(asked[1] ?? "").authorization).toBe(`Basic ${btoa(`${credentials.apiKey}:hush`)}`);
    });
  });

  test.each([
    [0, "10"],
    [86_400_000 * 30, "36000"],
  ])("a validity of %s ms stays inside what Twilio takes", async (validFor, seconds) => {
    await provider(201, JSON.stringify({ sid }), async (apiUrl, asked) => {
      await twilioSms(settings(apiUrl)).send({ ...message, validFor });
      expect(new URLSearchParams(asked[2]).get("ValidityPeriod")).toBe(seconds);
    });
  });
});

describe("what Twilio's answer means", () => {
  test.each<[number, string, Delivery]>([
    [401, refused(401, 20003), giveUp("account-refused", true)],
    [403, "forbidden", giveUp("account-refused", true)],
    // A code that is not in the table may be about this number alone: it is no word against the account.
    [403, refused(403, 99999), giveUp("provider-error", true)],
    [400, refused(400, 21606), giveUp("sender-misconfigured", true)],
    [400, refused(400, 99999), giveUp("provider-error", true)],
    [400, refused(400, 21610), giveUp("opted-out", false, "opted-out")],
    [400, refused(400, 21611), { outcome: "retry", reason: "rate-limited" }],
    [429, "slow down", { outcome: "retry", reason: "rate-limited" }],
    [503, refused(503, 20500), { outcome: "retry", reason: "provider-error" }],
    // A gateway gave up waiting: what stands behind it may have taken the message.
    [502, "<html>", { outcome: "unknown", reason: "provider-error" }],
    [504, "", { outcome: "unknown", reason: "provider-error" }],
    // A yes that can't be read is no no.
    [201, "{", { outcome: "unknown", reason: "provider-error" }],
    [201, "{}", { outcome: "unknown", reason: "provider-error" }],
    // The newer form of Twilio's errors (RFC 9457).
    [
      400,
      JSON.stringify({ type: "about:blank", title: "Invalid", status: 400, code: 21211 }),
      giveUp("number-invalid", false, "bounced"),
    ],
  ])("%s %s", async (status, body, delivery) => {
    await provider(status, body, async (apiUrl) => {
      expect(await twilioSms(settings(apiUrl)).send(message)).toEqual(delivery);
    });
  });

  test("a message that is found, but failed, is given up for the reason that Twilio has", async () => {
    const found = {
      sid,
      direction: "outbound-api",
      body: message.text,
      date_created: new Date().toUTCString(),
    };
    const page = {
      messages: [{ ...found, status: "undelivered", error_code: 30003 }],
      page: 0,
      page_size: 50,
    };
    await provider(200, JSON.stringify(page), async (apiUrl) => {
      expect(await twilioSms(settings(apiUrl)).find(message, Date.now())).toEqual(
        giveUp("handset-unreachable", false),
      );
    });
  });
});
