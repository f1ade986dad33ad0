// Where another carrier meets the same phones: it shows texts on them, rings them, and gets what they text to its number.
import { blank, type Exchange } from "./calls/exchange.ts";
import type { DeliveryParts } from "./delivery.ts";
import type { TextOutcome } from "./inbound.ts";
import { type Message, newSid, type PhoneMemory, shown } from "./phones.ts";
import type { SimulatorReply, SimulatorRequest } from "./replies.ts";
import type { Timers } from "./timers.ts";

export interface OtherCarrier {
  /** Its numbers: a text to one of them is its own. */
  readonly numbers: readonly string[];
  /** What its addresses begin with. */
  readonly path: string;
  handle(request: SimulatorRequest): Promise<SimulatorReply>;
  text(phone: string, body: string): Promise<TextOutcome>;
}

/** What it may do with the phones. */
export interface Handsets {
  readonly now: () => number;
  readonly timers: Timers;
  readonly background: (work: Promise<void>) => void;
  show(message: Pick<Message, "sid" | "direction" | "from" | "to" | "body">): void;
  /** Speaks when somebody picks up, and hangs up. `follow` is told how the call stands, from the first ring to the end. */
  ring(call: RingingCall): void;
}

export interface RingingCall {
  readonly to: string;
  readonly from: string;
  readonly spoken: string;
  readonly ringSeconds: number;
  readonly follow: (status: string) => void;
}

export function handsetsOf(memory: PhoneMemory, calls: Exchange, parts: DeliveryParts): Handsets {
  const { now, timers, events, background } = parts;
  return {
    now,
    timers,
    background,
    show(said) {
      const at = now();
      const message: Message = {
        ...said,
        at,
        foreign: true,
        messagingServiceSid: undefined,
        validitySeconds: 0,
        statusCallback: undefined,
        status: said.direction === "inbound" ? "received" : "delivered",
        onHandset: true,
        sentAt: at,
        updatedAt: at,
        errorCode: undefined,
      };
      memory.keep(message);
      const phone = said.direction === "inbound" ? said.from : said.to;
      events.tell({ type: "message", phone, message: shown(message) });
    },
    ring({ to, from, spoken, ringSeconds, follow }) {
      const sid = newSid("CA");
      const leave = events.subscribe((event) => {
        if (event.type !== "call" || event.sid !== sid) return;
        follow(event.status);
        if (event.status !== "queued" && event.status !== "ringing" && event.status !== "in-progress")
          leave();
      });
      calls.ring({
        ...blank(now()),
        sid,
        direction: "outbound-api",
        foreign: true,
        from,
        to,
        status: "queued",
        plan: {
          instructions: { twiml: `<Response><Say>${inXml(spoken)}</Say></Response>` },
          fallback: undefined,
          reports: undefined,
          ringSeconds,
          machines: undefined,
        },
      });
    },
  };
}

const inXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
