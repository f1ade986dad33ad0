// A call as the provider keeps it, and as the phone shows it.
import type { WebAddress } from "../webhooks.ts";

export type CallStatus =
  | "queued"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer"
  | "canceled";

export const callEvents = ["initiated", "ringing", "answered", "completed"] as const;
export type CallEvent = (typeof callEvents)[number];

export const answeredBy = ["human", "machine_start", "machine_end_beep", "fax", "unknown"] as const;
export type AnsweredBy = (typeof answeredBy)[number];

/** What whoever placed the call asked for. */
export interface CallPlan {
  readonly instructions: WebAddress | { readonly twiml: string };
  readonly fallback: WebAddress | undefined;
  readonly reports: { readonly to: WebAddress; readonly events: readonly CallEvent[] } | undefined;
  readonly ringSeconds: number;
  /** `report`: the verdict is told there while the call goes on; without it the call waits for the verdict. */
  readonly machines:
    | {
        readonly wanted: "Enable" | "DetectMessageEnd";
        readonly report: WebAddress | "unreported" | undefined;
      }
    | undefined;
}

export interface Utterance {
  readonly text: string;
  readonly ms: number;
  /** Before the key or the silence that would end it. */
  readonly hangsUp: boolean;
}

export interface Line {
  /** ISO 8601. */
  readonly at: string;
  /** What the hub's voice says, a key that the phone's owner pressed, or something only a simulator can tell. */
  readonly who: "voice" | "key" | "note";
  readonly text: string;
}

export interface Call {
  readonly sid: string;
  readonly at: number;
  readonly direction: "outbound-api" | "inbound";
  readonly from: string;
  readonly to: string;
  /** What the hub is shown in place of the caller's number. */
  readonly shownAs: string | undefined;
  /** What is said when it is taken down; undefined: something, for as long as there is time. */
  says: readonly Utterance[] | undefined;
  /** Another carrier rings: this provider's API knows nothing of it, and nobody listens for keys. */
  readonly foreign?: true;
  plan: CallPlan;
  status: CallStatus;
  startedAt: number | undefined;
  answeredAt: number | undefined;
  endedAt: number | undefined;
  /** By the provider, at its account's wish; the phone knows nothing of that. */
  forgotten?: true;
  updatedAt: number;
  answeredBy: AnsweredBy | undefined;
  transcript: Line[];
  /** Somebody waits for keys right now. */
  listening: boolean;
  /** The friendly name of the conference that the call is in. */
  conference: string | undefined;
}

/** A call as the phone shows it. */
export interface PhoneCall {
  /** ISO 8601. */
  readonly at: string;
  readonly sid: string;
  readonly status: CallStatus;
  /** As the provider says it: `outbound` is the hub's call to the phone, `inbound` the phone's to the hub. */
  readonly direction: "outbound" | "inbound";
  readonly from: string;
  /** What the hub's voice said, oldest first. */
  readonly spoken: readonly string[];
  /** All of it: what was said, pressed and noticed. */
  readonly transcript: readonly Line[];
  readonly listening: boolean;
  /** Nobody will ever listen for keys in it. */
  readonly keyless?: true;
  readonly answeredAt?: string;
  readonly endedAt?: string;
  readonly answeredBy?: AnsweredBy;
  readonly conference?: { readonly name: string; readonly people: readonly Present[] };
}

export interface Present {
  readonly number: string;
  readonly muted: boolean;
}

export const isLive = ({ endedAt }: Call): boolean => endedAt === undefined;

/** Whose handset it rings on, or was dialled from. */
export const phoneOf = ({ direction, from, to }: Call): string => (direction === "inbound" ? from : to);

export function shown(call: Call, people: (name: string) => readonly Present[]): PhoneCall {
  const { sid, status, from, transcript, listening, answeredAt, endedAt } = call;
  return {
    at: iso(call.at),
    sid,
    status,
    direction: call.direction === "inbound" ? "inbound" : "outbound",
    from,
    spoken: transcript.flatMap(({ who, text }) => (who === "voice" ? [text] : [])),
    transcript,
    listening,
    ...(call.foreign === true && { keyless: true as const }),
    ...(answeredAt !== undefined && { answeredAt: iso(answeredAt) }),
    ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
    ...(call.answeredBy !== undefined && { answeredBy: call.answeredBy }),
    ...(call.conference !== undefined && {
      conference: { name: call.conference, people: people(call.conference) },
    }),
  };
}

export const iso = (instant: number): string => new Date(instant).toISOString();
