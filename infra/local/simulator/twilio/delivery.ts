// The way of a message after the provider took it: to the handset, or not, with a report at every step.
import type { SimulatedAccount } from "./account.ts";
import type { EventStream } from "./events.ts";
import type { FaultQueue } from "./faults.ts";
import { type Message, type MessageStatus, phoneOf, shown } from "./phones.ts";
import { reportLine } from "./reports.ts";
import type { Timers } from "./timers.ts";
import { type Post, postSigned } from "./webhooks.ts";
import { apiVersion } from "./wire.ts";

export interface DeliveryParts {
  readonly account: SimulatedAccount;
  readonly now: () => number;
  readonly timers: Timers;
  readonly post: Post;
  readonly faults: FaultQueue;
  readonly events: EventStream;
  /** Keeps track of work that goes on after an answer. */
  readonly background: (work: Promise<void>) => void;
}

interface Step {
  readonly status: MessageStatus;
  readonly after: number;
  readonly code?: number;
}

// Between the states of a message; short, so that a demonstration feels like a phone.
const sentAfter = 20;
const deliveredAfter = 60;
const validityExpired = 30036;

/** Puts the message on its way. It is on the handset at once, unless a fault says otherwise. */
export function deliver(message: Message, parts: DeliveryParts): void {
  const { faults, timers } = parts;
  const loss = faults.next(message.to, "undelivered", "failed");
  const queued = faults.next(message.to, "queued")?.ms ?? 0;
  const report = reporter(message, parts);
  report("queued");
  if (loss === undefined && queued === 0) reach(message, parts);
  for (const step of stepsOf(message, queued, loss)) {
    timers.after(step.after, () => {
      take(message, step, parts);
      if (step.status === "sent" && loss === undefined) reach(message, parts);
      report(step.status, step.code);
    });
  }
}

function stepsOf(
  message: Message,
  queued: number,
  loss: { readonly kind: "undelivered" | "failed"; readonly code: number } | undefined,
): readonly Step[] {
  const at = queued + sentAfter;
  if (queued > message.validitySeconds * 1000)
    return [{ status: "failed", after: message.validitySeconds * 1000, code: validityExpired }];
  if (loss?.kind === "failed") return [{ status: "failed", after: at, code: loss.code }];
  const sent: Step = { status: "sent", after: at };
  const end = queued + deliveredAfter;
  if (loss !== undefined) return [sent, { status: "undelivered", after: end, code: loss.code }];
  return [sent, { status: "delivered", after: end }];
}

function reach(message: Message, { events }: DeliveryParts): void {
  if (message.onHandset) return;
  message.onHandset = true;
  events.tell({ type: "message", phone: phoneOf(message), message: shown(message) });
}

function take(message: Message, { status, code }: Step, { now, events }: DeliveryParts): void {
  message.status = status;
  message.updatedAt = now();
  message.errorCode = code;
  if (status === "sent") message.sentAt = now();
  events.tell({ type: "status", phone: phoneOf(message), sid: message.sid, status });
}

function reporter(message: Message, parts: DeliveryParts) {
  const url = message.statusCallback;
  if (url === undefined) return () => {};
  const line = reportLine<Pick<Step, "status" | "code">>(
    message.to,
    parts,
    ({ status, code }) => parts.background(sendReport(url, message, status, code, parts)),
    ({ status }) => isLast(status),
  );
  return (status: MessageStatus, code?: number) => line(code === undefined ? { status } : { status, code });
}

const isLast = (status: MessageStatus): boolean =>
  status === "delivered" || status === "undelivered" || status === "failed";

async function sendReport(
  url: string,
  message: Message,
  status: MessageStatus,
  code: number | undefined,
  { account, post, events }: DeliveryParts,
): Promise<void> {
  const form = {
    AccountSid: account.accountSid,
    ApiVersion: apiVersion,
    From: message.from,
    MessageSid: message.sid,
    MessageStatus: status,
    SmsSid: message.sid,
    SmsStatus: status,
    To: message.to,
    ...(code !== undefined && { ErrorCode: String(code) }),
    ...(message.messagingServiceSid !== undefined && { MessagingServiceSid: message.messagingServiceSid }),
  };
  const said = await postSigned(post, account.authToken, url, form, `${message.sid}-${status}`);
  if (said.outcome === "answered" && said.status < 400) return;
  const reason = said.outcome === "answered" ? `HTTP ${said.status}` : "unreachable";
  events.tell({ type: "webhook-failed", sid: message.sid, path: new URL(url).pathname, reason });
}
