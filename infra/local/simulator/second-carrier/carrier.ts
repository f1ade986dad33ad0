// The second carrier in front of the same phones. It speaks the service's own protocol, so that the hub's real client can't
// tell the difference; it brings events and people's texts to wherever the host says, and it fails on command.
import { randomUUID } from "node:crypto";
import { type FaultQueue, faultScript } from "../twilio/faults.ts";
import type { TextOutcome } from "../twilio/inbound.ts";
import type { Handsets, OtherCarrier } from "../twilio/other-carrier.ts";
import { problem, reading } from "../twilio/reading.ts";
import { json } from "../twilio/refusals.ts";
import { answer, type SimulatorReply, type SimulatorRequest } from "../twilio/replies.ts";
import { secondAccount } from "./account.ts";
import { type CarrierEvent, eventOf } from "./events.ts";
import { type CarrierFault, type CarrierFaultScript, carrierFaultSchema } from "./faults.ts";
import { type Wanted, wanted } from "./operations.ts";
import { refusal, refusedSigner, requestOf, said } from "./wire.ts";

/** What a person texts, as it comes out of the topic: https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html */
export interface InboundText {
  readonly originationNumber: string;
  readonly destinationNumber: string;
  readonly messageKeyword: string;
  readonly messageBody: string;
  readonly inboundMessageId: string;
  readonly previousPublishedMessageId?: string;
}

export interface SecondCarrierSettings {
  /** What messages may come from, and the number behind each; left out: the simulated account's own number. */
  readonly origins?: Readonly<Record<string, string>>;
  readonly keyId?: string;
  readonly report: (event: CarrierEvent) => Promise<void>;
  readonly inbound: (text: InboundText) => Promise<void>;
}

export interface SecondCarrierSimulator extends OtherCarrier {
  fail(...faults: readonly CarrierFaultScript[]): void;
}

/** Where the real client is pointed. */
export const secondCarrierPath = "/simulator/second-carrier";

// Between the states of a message; short, so that a demonstration feels like a phone.
const deliveredAfter = 60;
const ringSeconds = 30;

// https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html: obeyed and answered by the service itself.
const stopWords = new Set([
  "ARRET",
  "CANCEL",
  "END",
  "OPT-OUT",
  "OPTOUT",
  "QUIT",
  "REMOVE",
  "STOP",
  "TD",
  "UNSUBSCRIBE",
]);
// As the operator's guide has them set up for the number.
const startWords = new Set(["START", "UNSTOP"]);
const stopped =
  "You have opted out and will receive no more messages from this number. Reply START to come back.";

export const secondCarrier =
  (settings: SecondCarrierSettings) =>
  (handsets: Handsets): SecondCarrierSimulator => {
    const { report, inbound, keyId = secondAccount.credentials.accessKeyId } = settings;
    const origins = settings.origins ?? { [secondAccount.number]: secondAccount.number };
    const numbers = [...new Set(Object.values(origins))];
    const home = numbers[0] ?? secondAccount.number;
    const faults = faultScript<CarrierFault>();
    const optedOut = new Set<string>();
    const newest = new Map<string, string>();
    const { now, timers, background } = handsets;

    function accept(message: Wanted, from: string): string {
      const id = randomUUID();
      const silenced = faults.next(message.to, "events-lost", "events-doubled");
      const tell = (type: string): void => {
        const times = { "events-lost": 0, "events-doubled": 2 }[silenced?.kind as string] ?? 1;
        for (let n = 0; n < times; n++) background(report(eventOf(message, id, type, from, now())));
      };
      const loss = faults.next(message.to, "undelivered");
      if (message.channel === "text") {
        if (loss === undefined) {
          newest.set(message.to, id);
          handsets.show({ sid: id, direction: "outbound-api", from, to: message.to, body: message.body });
        }
        tell("TEXT_PENDING");
        timers.after(deliveredAfter, () => tell(loss?.event ?? "TEXT_DELIVERED"));
        return id;
      }
      tell("VOICE_INITIATED");
      if (loss === undefined) ring(message, from, tell);
      else timers.after(deliveredAfter, () => tell(loss.event));
      return id;
    }

    function ring({ to, body }: Wanted, from: string, tell: (type: string) => void): void {
      let last: string | undefined;
      const follow = (status: string): void => {
        const type = callEvents[status];
        if (type === undefined || type === last) return;
        last = type;
        tell(type);
      };
      handsets.ring({ to, from, spoken: body, ringSeconds, follow });
    }

    function send(request: SimulatorRequest): SimulatorReply {
      const refused = refusedSigner(request, { keyId, region: secondAccount.region });
      if (refused !== undefined) return refusal(refused);
      const asked = requestOf(request);
      if ("error" in asked) return refusal(asked);
      const to = String(asked.input["DestinationPhoneNumber"]);
      const fault = faultOf(faults, to);
      if (fault !== undefined && !("afterTaking" in fault)) return fault;
      const message = wanted(asked.operation, asked.input);
      if ("error" in message) return refusal(message);
      const from = Object.hasOwn(origins, message.identity) ? origins[message.identity] : undefined;
      if (from === undefined) return refusal({ error: "ResourceNotFoundException" });
      if (message.channel === "text" && optedOut.has(message.to))
        return refusal({ error: "ConflictException", reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT" });
      const MessageId = accept(message, from);
      return fault?.afterTaking ?? said({ MessageId });
    }

    const show = (direction: "inbound" | "outbound-reply", phone: string, body: string): string => {
      const sid = randomUUID();
      const inwards = direction === "inbound";
      handsets.show({ sid, direction, body, from: inwards ? phone : home, to: inwards ? home : phone });
      return sid;
    };

    return {
      numbers,
      path: secondCarrierPath,
      fail: (...added) => faults.add(added.map((fault) => carrierFaultSchema.parse(fault))),

      async handle(request) {
        if (!request.path.startsWith(`${secondCarrierPath}/faults`)) return send(request);
        // As for the phones' own controls: a page of another origin must not script faults.
        if (request.headers["origin"] !== undefined) return problem(403, "Requests from pages are not taken");
        if (request.method === "DELETE") faults.clear();
        else if (request.method === "POST")
          return reading(carrierFaultSchema, request.body, (read) => {
            faults.add([read]);
            return json(200, { faults: faults.list() });
          });
        return answer(json(200, { faults: faults.list() }));
      },

      async text(phone, body): Promise<TextOutcome> {
        const sid = show("inbound", phone, body);
        const word = body.trim().toUpperCase();
        if (stopWords.has(word) && !optedOut.has(phone)) {
          optedOut.add(phone);
          show("outbound-reply", phone, stopped);
        } else if (startWords.has(word)) optedOut.delete(phone);
        const before = newest.get(phone);
        await inbound({
          originationNumber: phone,
          destinationNumber: home,
          messageKeyword: `KEYWORD_${secondAccount.account}`,
          messageBody: body,
          inboundMessageId: sid,
          ...(before !== undefined && { previousPublishedMessageId: before }),
        });
        // The answer comes as a text of its own, when the hub has one.
        return { sid, hub: 200, replies: [] };
      },
    };
  };

const callEvents: Readonly<Record<string, string>> = {
  ringing: "VOICE_RINGING",
  "in-progress": "VOICE_ANSWERED",
  completed: "VOICE_COMPLETED",
  busy: "VOICE_BUSY",
  "no-answer": "VOICE_NO_ANSWER",
  failed: "VOICE_FAILED",
  canceled: "VOICE_FAILED",
};

/** What a fault makes of a request: an answer at once, or one that comes in place of "taken". */
function faultOf(
  faults: FaultQueue<CarrierFault>,
  to: string,
): SimulatorReply | { readonly afterTaking: SimulatorReply } | undefined {
  const fault = faults.next(
    to,
    "throttled",
    "refused",
    "status",
    "html",
    "reset-before",
    "reset-after",
    "silent-after",
  );
  switch (fault?.kind) {
    case undefined:
      return undefined;
    case "throttled":
      return refusal({ error: "ThrottlingException" });
    case "refused":
      return refusal({ error: fault.error, ...(fault.reason !== undefined && { reason: fault.reason }) });
    case "status":
      return refusal({ error: "InternalServerException", status: fault.status });
    case "html":
      return answer({
        status: fault.status,
        headers: { "content-type": "text/html" },
        body: "<h1>Sorry</h1>",
      });
    case "reset-before":
      return { kind: "reset" };
    case "reset-after":
      return { afterTaking: { kind: "reset" } };
    case "silent-after":
      return { afterTaking: { kind: "silence" } };
  }
}
