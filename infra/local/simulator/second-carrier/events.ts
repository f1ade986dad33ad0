// A delivery event as EventBridge brings it: https://docs.aws.amazon.com/sms-voice/latest/userguide/monitor-event-bridge.html
import { randomUUID } from "node:crypto";
import { secondAccount } from "./account.ts";
import type { Wanted } from "./operations.ts";

export interface CarrierEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: "aws.sms-voice";
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

const detailTypes = {
  text: "Text Message Delivery Status Updated",
  voice: "Voice Message Delivery Status Updated",
} as const;

/** After these nothing more is told of a message. */
const unfinished = new Set(["TEXT_PENDING", "VOICE_INITIATED", "VOICE_RINGING", "VOICE_ANSWERED"]);

export const eventOf = (
  { channel, to, context }: Wanted,
  messageId: string,
  eventType: string,
  from: string,
  now: number,
): CarrierEvent => ({
  version: "0",
  id: randomUUID(),
  "detail-type": detailTypes[channel],
  source: "aws.sms-voice",
  account: secondAccount.account,
  time: new Date(now).toISOString(),
  region: secondAccount.region,
  resources: [],
  detail: {
    eventType,
    eventVersion: "1.0",
    eventTimestamp: now,
    isFinal: !unfinished.has(eventType),
    originationPhoneNumber: from,
    destinationPhoneNumber: to,
    messageId,
    context,
  },
});
