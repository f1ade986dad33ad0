// Calls by Twilio, judged by the channel contract: the real adapter and Twilio's real client against a provider on the wire.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TwilioVoiceSettings, twilioVoice } from "../../../functions/adapters/twilio/voice.ts";
import { minutes, seconds } from "../../../functions/core/time.ts";
import type { Delivery, OutboundCall } from "../../../functions/ports.ts";
import { simulatedAccount } from "../../../infra/local/simulator/twilio/account.ts";
import { channelContract } from "../../contracts/channel.contract.ts";
import { type CallProvider, callProvider } from "../../support/call-provider.ts";

const { accountSid, authToken, from } = simulatedAccount;
const settings = (apiUrl: string, more: Partial<TwilioVoiceSettings> = {}): TwilioVoiceSettings => ({
  accountSid,
  credentials: { authToken },
  from,
  publicUrl: "https://pager.example.com/",
  apiUrl,
  timeoutMs: 1_000,
  ...more,
});
const call = (reference: string, n: number): OutboundCall => ({
  to: `+4477009${String(n).padStart(5, "0")}`,
  drill: false,
  reference,
  reportTo: "/twilio/reports/i1/page/p1.1.1",
  machineTo: "/twilio/reports/i1/machine/p1.1.1",
  answerAt: `/twilio/calls/${reference}/p1.1.1`,
  validFor: minutes(5),
  ringFor: seconds(30),
});

channelContract<OutboundCall>("voice by twilio", async () => {
  const provider = await callProvider();
  return {
    looksUp: true,
    channel: twilioVoice(settings(provider.apiUrl)),
    nowhere: twilioVoice(settings("http://127.0.0.1:9")),
    message: call,
    secrets: [authToken, accountSid, "4477009", from.slice(1)],
    taken: (reference) =>
      provider.calls.filter(({ form }) => form.get("Url")?.includes(`/calls/${reference}/`)).length,
    next: (what) =>
      provider.next(
        (
          {
            "answers 429": { kind: "status", status: 429, code: 20429 },
            "answers 500": { kind: "status", status: 500, code: 20500 },
            "answers 503": { kind: "status", status: 503 },
            "breaks before": { kind: "breaks", taken: false },
            "breaks after": { kind: "breaks", taken: true },
            "takes and is silent": { kind: "is silent", taken: true },
          } as const
        )[what],
      ),
    refusedAddresses: [
      ["+15005550001", giveUp("number-invalid", false, "bounced")],
      ["+15005550002", giveUp("handset-unreachable", false)],
      ["+15005550003", giveUp("region-not-permitted", true)],
      ["+15005550004", giveUp("number-not-permitted", true)],
      ["020 7946 0000", giveUp("number-invalid", false, "bounced")],
    ],
    close: () => provider.close(),
  };
});

const giveUp = (
  reason: Extract<Delivery, { outcome: "giveUp" }>["reason"],
  operator: boolean,
  method?: "bounced",
) => ({ outcome: "giveUp", reason, operator, ...(method !== undefined && { method }) }) as const;

describe("a call", () => {
  let provider: CallProvider;
  const page = call("A4821", 1);
  beforeEach(async () => {
    provider = await callProvider();
  });
  afterEach(() => provider.close());
  const caller = (more: Partial<TwilioVoiceSettings> = {}) => twilioVoice(settings(provider.apiUrl, more));

  test("is ordered with all addresses that Twilio asks and reports to, below the public one", async () => {
    expect(await caller().send(page)).toEqual({ outcome: "done", receipt: provider.calls[0]?.sid });
    const form = provider.calls[0]?.form ?? new URLSearchParams();
    expect(form.getAll("StatusCallbackEvent")).toEqual(["initiated", "answered", "completed"]);
    form.delete("StatusCallbackEvent");
    const hub = "https://pager.example.com/twilio";
    expect(Object.fromEntries(form)).toEqual({
      To: page.to,
      From: from,
      Url: `${hub}/calls/A4821/p1.1.1`,
      Method: "POST",
      FallbackUrl: `${hub}/fallback`,
      FallbackMethod: "POST",
      StatusCallback: `${hub}/reports/i1/page/p1.1.1`,
      StatusCallbackMethod: "POST",
      Timeout: "30",
      MachineDetection: "Enable",
      AsyncAmd: "true",
      AsyncAmdStatusCallback: `${hub}/reports/i1/machine/p1.1.1`,
      AsyncAmdStatusCallbackMethod: "POST",
    });
    expect(provider.asked[0]).toMatch(`POST /2010-04-01/Accounts/${accountSid}/Calls.json `);
    expect(provider.authorizations[0]).toBe(`Basic ${btoa(`${accountSid}:${authToken}`)}`);
  });

  test("falls back to another region's hub where one is known", async () => {
    await caller({ fallbackUrl: "https://other.example.com/twilio/fallback" }).send(page);
    expect(provider.calls[0]?.form.get("FallbackUrl")).toBe("https://other.example.com/twilio/fallback");
  });

  test.each([
    [0, "5"],
    [seconds(20.4), "20"],
    [minutes(60), "600"],
  ])("that shall ring for %s ms stays inside what Twilio takes", async (ringFor, timeout) => {
    await caller().send({ ...page, ringFor });
    expect(provider.calls[0]?.form.get("Timeout")).toBe(timeout);
  });

  test("can't be made without a number, and the operator hears of it", async () => {
    expect(await caller({ from: undefined }).send(page)).toEqual(giveUp("sender-misconfigured", true));
    expect(provider.asked).toEqual([]);
  });

  test.each([
    [10_004, { outcome: "retry", reason: "rate-limited" }],
    [13_224, giveUp("number-invalid", false)],
    [21_210, giveUp("sender-misconfigured", true)],
    [21_219, giveUp("number-not-permitted", true)],
    [20_003, giveUp("account-refused", true)],
  ])("refused with %s", async (code, delivery) => {
    provider.next({ kind: "status", status: 400, code });
    expect(await caller().send(page)).toEqual(delivery);
  });

  test.each([
    ["queued", { outcome: "done" }],
    ["ringing", { outcome: "done" }],
    ["in-progress", { outcome: "done" }],
    ["busy", giveUp("busy", false)],
    ["no-answer", giveUp("not-answered", false)],
    ["failed", giveUp("not-delivered", false)],
    ["canceled", giveUp("call-ended", false)],
    ["completed", giveUp("no-key-pressed", false)],
  ])("that is found %s", async (status, delivery) => {
    const since = Date.now();
    await caller().send(page);
    for (const taken of provider.calls) taken.status = status;
    expect(await caller().find(page, since)).toMatchObject(delivery);
  });

  test("of two to one phone neither is taken for the other's", async () => {
    const since = Date.now();
    await caller().send(page);
    await caller().send(call("A7000", 1));
    expect(await caller().find(page, since)).toMatchObject({ outcome: "unknown" });
  });

  describe("is taken back", () => {
    test.each([
      ["queued", "taken-back", "canceled"],
      ["ringing", "taken-back", "canceled"],
      // Somebody speaks in it: our own words there say how the page stands.
      ["in-progress", "too-late", "in-progress"],
      ["completed", "too-late", "completed"],
      ["no-answer", "too-late", "no-answer"],
      ["canceled", "too-late", "canceled"],
    ])("while it is %s: %s", async (status, outcome, after) => {
      const sent = await caller().send(page);
      const [taken] = provider.calls;
      if (sent.outcome !== "done" || taken === undefined) throw new Error("not taken");
      taken.status = status;
      expect(await caller().takeBack(sent.receipt)).toBe(outcome);
      expect(taken.status).toBe(after);
      expect(provider.asked.at(-1)).toMatch(/ Status=canceled$/);
    });

    test("a call that Twilio does not know any more rings no more", async () => {
      expect(await caller().takeBack(`CA${"9".repeat(32)}`)).toBe("too-late");
    });

    test.each<[string, Parameters<CallProvider["next"]>[0]]>([
      ["a broken connection", { kind: "breaks", taken: true }],
      ["no answer in time", { kind: "is silent", taken: true }],
      ["an error of Twilio's", { kind: "status", status: 500, code: 20500 }],
      ["too many requests", { kind: "status", status: 429, code: 20429 }],
      ["a refusal of our account", { kind: "status", status: 401, code: 20003 }],
      ["an answer that can't be read", { kind: "status", status: 200, body: "{" }],
    ])("%s leaves it unknown", async (_, fault) => {
      provider.next(fault);
      expect(await caller().takeBack(`CA${"1".repeat(32)}`)).toBe("unknown");
    });

    test("nobody listens: unknown, and nothing is thrown", async () => {
      expect(await twilioVoice(settings("http://127.0.0.1:9")).takeBack("CA1")).toBe("unknown");
    });
  });
});
