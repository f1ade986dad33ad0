// The second carrier, judged by the channel contract: the real adapter and AWS's real client against the simulator; and what
// each of the service's answers means.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import type { Channel, Delivery, OutboundSpeech, OutboundText } from "../../../functions/ports.ts";
import { secondAccount } from "../../../infra/local/simulator/second-carrier/account.ts";
import type { CarrierFaultScript } from "../../../infra/local/simulator/second-carrier/faults.ts";
import { channelContract, type ProvidedChannel } from "../../contracts/channel.contract.ts";
import { carrierAt, simulatedSecondCarrier } from "../../support/second-carrier.ts";

const ada = "+12025550101";
const text: OutboundText = {
  to: ada,
  text: "CRITICAL checkout: no sales. Reply 1 A4821 yes",
  drill: false,
  reference: "A4821",
  reportTo: "/twilio/reports/i1/page/p1.0.1",
  validFor: 300_000,
};
const speech: OutboundSpeech = { ...text, language: "en-US" };

type GiveUp = Extract<Delivery, { outcome: "giveUp" }>;
const giveUp = (reason: GiveUp["reason"], operator: boolean): GiveUp => ({
  outcome: "giveUp",
  reason,
  operator,
});
const optedOut: GiveUp = { ...giveUp("opted-out", false), method: "opted-out" };

const faults = {
  "answers 429": { kind: "throttled" },
  "answers 500": { kind: "status", status: 500 },
  "answers 503": { kind: "html", status: 503 },
  "breaks before": { kind: "reset-before" },
  "breaks after": { kind: "reset-after" },
  "takes and is silent": { kind: "silent-after" },
} as const satisfies Record<Parameters<ProvidedChannel<OutboundText>["next"]>[0], CarrierFaultScript>;

/** Numbers that the simulated service refuses, each for its reason. */
const refusing = [
  ["+12025550151", "ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT", optedOut],
  [
    "+12025550152",
    "ConflictException",
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
    giveUp("number-not-permitted", true),
  ],
  ["+12025550153", "ValidationException", "COUNTRY_NOT_ENABLED", giveUp("region-not-permitted", true)],
  ["+12025550154", "ResourceNotFoundException", undefined, giveUp("sender-misconfigured", true)],
  [
    "+12025550155",
    "ServiceQuotaExceededException",
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT",
    giveUp("account-refused", true),
  ],
  ["+12025550156", "AccessDeniedException", "ACCOUNT_DISABLED", giveUp("account-refused", true)],
] as const;

async function provided<Message extends OutboundText>(
  channelOf: (url: string) => Channel<Message>,
  base: Message,
): Promise<ProvidedChannel<Message>> {
  const phones = await simulatedSecondCarrier();
  for (const [to, error, reason] of refusing)
    phones.carrier.fail({ kind: "refused", to, error, times: 100, ...(reason !== undefined && { reason }) });
  return {
    looksUp: false,
    channel: channelOf(phones.url),
    nowhere: channelOf("http://127.0.0.1:9"),
    message: (reference) => ({
      ...base,
      reference,
      text: `CRITICAL checkout: no sales. Reply 1 ${reference} yes, 2 no`,
      reportTo: `/twilio/reports/i1/page/${reference}`,
    }),
    secrets: [secondAccount.credentials.secretAccessKey, ada.slice(1), secondAccount.number.slice(1)],
    // What the service took it reports on, text or call.
    taken: (reference) =>
      new Set(
        phones.events
          .filter(({ detail }) => JSON.stringify(detail["context"]).endsWith(`/${reference}"}`))
          .map(({ detail }) => detail["messageId"]),
      ).size,
    next: (what) => phones.carrier.fail(faults[what]),
    refusedAddresses: [
      ...refusing.map(([to, , , expected]) => [to, expected] as const),
      ["020 7946 0000", giveUp("number-invalid", false)],
    ],
    close: () => phones.close(),
  };
}

const smsAt = (url: string): Channel<OutboundText> => carrierAt(url).sms as Channel<OutboundText>;
const voiceAt = (url: string): Channel<OutboundSpeech> => carrierAt(url).voice as Channel<OutboundSpeech>;

channelContract("sms by the second carrier", () => provided(smsAt, text));
channelContract("speech by the second carrier", () => provided(voiceAt, speech));

/** A service that says one thing, and what it was asked. */
async function service(
  status: number,
  body: string,
  use: (url: string, asked: { readonly target: string; readonly input: unknown }[]) => Promise<void>,
) {
  const asked: { readonly target: string; readonly input: unknown }[] = [];
  const server = createServer((request, response) => {
    let said = "";
    request.on("data", (chunk) => (said += String(chunk)));
    request.on("end", () => {
      asked.push({ target: String(request.headers["x-amz-target"]), input: JSON.parse(said) });
      response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const taken = JSON.stringify({ MessageId: "m-1" });

describe("what the service is asked", () => {
  test("one text: from whom, how long it is worth delivering, and where its events belong", () =>
    service(200, taken, async (url, asked) => {
      expect(await smsAt(url).send(text)).toEqual({ outcome: "done", receipt: "m-1" });
      expect(asked).toEqual([
        {
          target: "PinpointSMSVoiceV2.SendTextMessage",
          input: {
            DestinationPhoneNumber: ada,
            OriginationIdentity: secondAccount.number,
            MessageBody: text.text,
            MessageType: "TRANSACTIONAL",
            TimeToLive: 300,
            ConfigurationSetName: "muster",
            Context: { report: text.reportTo },
          },
        },
      ]);
    }));

  test("a spoken message is plain text, whatever stands in it, and no longer than the service speaks", () =>
    service(200, taken, async (url, asked) => {
      const markup = '<speak>&<break time="10s"/>';
      await voiceAt(url).send({ ...speech, text: markup + "x".repeat(5_000), language: "en-GB" });
      expect(asked[0]).toMatchObject({
        target: "PinpointSMSVoiceV2.SendVoiceMessage",
        input: { MessageBodyTextType: "TEXT", VoiceId: "AMY" },
      });
      const { MessageBody = "" } = (asked[0]?.input ?? {}) as { readonly MessageBody?: string };
      expect(MessageBody).toHaveLength(3_000);
      expect(MessageBody.startsWith(markup)).toBe(true);
    }));

  test.each([
    [0, 5],
    [1_000 * 86_400 * 30, 259_200],
  ])("a validity of %s ms stays inside what the service takes", (validFor, seconds) =>
    service(200, taken, async (url, asked) => {
      await smsAt(url).send({ ...text, validFor });
      expect(asked[0]?.input).toMatchObject({ TimeToLive: seconds });
    }),
  );

  test("an answer of which nobody waits to hear bears no context", () =>
    service(200, taken, async (url, asked) => {
      await smsAt(url).send({ ...text, reportTo: "" });
      expect(asked[0]?.input).not.toHaveProperty("Context");
    }));

  test("nothing is sent twice by the client on its own, whatever the service says", () =>
    service(500, JSON.stringify({ __type: "InternalServerException" }), async (url, asked) => {
      await smsAt(url).send(text);
      expect(asked).toHaveLength(1);
    }));
});

const error = (type: string, more: object = {}) =>
  JSON.stringify({ __type: type, Message: `to ${ada}`, ...more });

describe("what the service's answer means", () => {
  test.each<[number, string, Delivery]>([
    [400, error("ThrottlingException"), { outcome: "retry", reason: "rate-limited" }],
    [429, "", { outcome: "retry", reason: "rate-limited" }],
    [500, error("InternalServerException"), { outcome: "retry", reason: "provider-error" }],
    [503, "<html>", { outcome: "retry", reason: "provider-error" }],
    // A gateway gave up waiting: what stands behind it may have taken the message.
    [502, "<html>", { outcome: "unknown", reason: "provider-error" }],
    [504, "", { outcome: "unknown", reason: "provider-error" }],
    // A yes that can't be read is no no.
    [200, "{", { outcome: "unknown", reason: "provider-error" }],
    [200, "{}", { outcome: "unknown", reason: "provider-error" }],
    [400, error("AccessDeniedException"), giveUp("account-refused", true)],
    [400, error("UnrecognizedClientException"), giveUp("account-refused", true)],
    [403, error("InvalidSignatureException"), giveUp("account-refused", true)],
    [400, error("ServiceQuotaExceededException"), giveUp("rate-limited", true)],
    [
      400,
      error("ServiceQuotaExceededException", { Reason: "DAILY_DESTINATION_CALL_LIMIT" }),
      giveUp("rate-limited", false),
    ],
    [400, error("ResourceNotFoundException"), giveUp("sender-misconfigured", true)],
    [
      400,
      error("ConflictException", { Reason: "NUMBER_CAPABILITIES_MISMATCH" }),
      giveUp("sender-misconfigured", true),
    ],
    [400, error("ConflictException", { Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT" }), optedOut],
    [400, error("ValidationException", { Reason: "hasOwnProperty" }), giveUp("provider-error", true)],
    [
      400,
      error("ValidationException", { Fields: [null, { Name: "DestinationPhoneNumber", Message: ada }] }),
      giveUp("number-invalid", false),
    ],
    [400, error("SomethingNewException"), giveUp("provider-error", true)],
  ])("%s %s", async (status, body, expected) => {
    await service(status, body, async (url) => {
      expect(await smsAt(url).send(text)).toEqual(expected);
    });
  });

  test("without a number of its own a way is not there", async () => {
    const { secondCarrierBy } = await import("../../../functions/adapters/aws/second-carrier.ts");
    expect(secondCarrierBy({} as never, { sms: undefined, voice: undefined, configurationSet: "x" })).toEqual(
      {
        sms: undefined,
        voice: undefined,
      },
    );
  });
});
