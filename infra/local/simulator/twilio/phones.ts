// The memory of the simulated phones and of the simulated provider: bounded, newest kept.
import { randomBytes } from "node:crypto";
import type { PhoneCall } from "./calls/call.ts";

export type MessageStatus =
  | "accepted"
  | "queued"
  | "sent"
  | "delivered"
  | "undelivered"
  | "failed"
  | "receiving"
  | "received";

/** A message as the provider keeps it. */
export interface Message {
  readonly sid: string;
  readonly at: number;
  readonly direction: "outbound-api" | "outbound-reply" | "inbound";
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly messagingServiceSid: string | undefined;
  readonly validitySeconds: number;
  readonly statusCallback: string | undefined;
  /** Another carrier brought it: it is on the phone, and this provider's API knows nothing of it. */
  readonly foreign?: true;
  status: MessageStatus;
  /** What never reached the handset is not on its screen. */
  onHandset: boolean;
  sentAt: number | undefined;
  updatedAt: number;
  errorCode: number | undefined;
  /** What the provider was told to forget of it; the handset knows nothing of that. */
  forgotten?: "body" | "all";
}

/** A message as the phone shows it. */
export interface PhoneMessage {
  /** ISO 8601. */
  readonly at: string;
  /** As the provider says it: `outbound` is what the hub sent, `inbound` what the phone sent. */
  readonly direction: "outbound" | "inbound";
  readonly from: string;
  readonly body: string;
  readonly sid: string;
  readonly status: MessageStatus;
}

/** What is kept of one phone's texts. */
export interface PhoneTexts {
  readonly number: string;
  readonly optedOut: boolean;
  readonly messages: readonly PhoneMessage[];
}

export interface Phone extends PhoneTexts {
  readonly calls: readonly PhoneCall[];
}

const perPhone = 200;
const overall = 10_000;

export function phoneMemory() {
  const bySid = new Map<string, Message>();
  const byPhone = new Map<string, Message[]>();
  const optedOut = new Set<string>();

  function forget(message: Message): void {
    bySid.delete(message.sid);
    const left = (byPhone.get(phoneOf(message)) ?? []).filter(({ sid }) => sid !== message.sid);
    if (left.length === 0) byPhone.delete(phoneOf(message));
    else byPhone.set(phoneOf(message), left);
  }

  return {
    keep(message: Message): void {
      bySid.set(message.sid, message);
      const phone = byPhone.get(phoneOf(message)) ?? [];
      byPhone.set(phoneOf(message), phone);
      phone.push(message);
      const [oldestHere] = phone;
      if (phone.length > perPhone && oldestHere !== undefined) forget(oldestHere);
      const [oldest] = bySid.values();
      if (bySid.size > overall && oldest !== undefined) forget(oldest);
    },
    message(sid: string): Message | undefined {
      const found = bySid.get(sid);
      return found?.forgotten === "all" ? undefined : found;
    },
    /** Newest first. */
    messages: (): readonly Message[] =>
      [...bySid.values()]
        .filter(({ foreign, forgotten }) => foreign !== true && forgotten !== "all")
        .reverse(),
    /** From which number the phone was texted last. */
    texter: (number: string): string | undefined =>
      byPhone.get(number)?.findLast(({ direction, onHandset }) => direction !== "inbound" && onHandset)?.from,
    numbers: (): readonly string[] => [...byPhone.keys()].sort(),
    phone: (number: string): PhoneTexts => ({
      number,
      optedOut: optedOut.has(number),
      messages: (byPhone.get(number) ?? []).filter(({ onHandset }) => onHandset).map(shown),
    }),
    /** How many are kept, for whoever asks whether the bounds hold. */
    size: (): number => bySid.size,
    optOut: (number: string): unknown => optedOut.add(number),
    optIn: (number: string): boolean => optedOut.delete(number),
    isOptedOut: (number: string): boolean => optedOut.has(number),
  };
}

export type PhoneMemory = ReturnType<typeof phoneMemory>;

export const shown = ({ at, direction, from, body, sid, status }: Message): PhoneMessage => ({
  at: new Date(at).toISOString(),
  direction: direction === "inbound" ? "inbound" : "outbound",
  from,
  body,
  sid,
  status,
});

/** Whose handset it belongs to. */
export const phoneOf = ({ direction, from, to }: Message): string => (direction === "inbound" ? from : to);

export const newSid = (prefix: "SM" | "CA" | "CF" | "RE" | "RQ"): string =>
  prefix + randomBytes(16).toString("hex");
