// When a way is tried again. A provider's failure is not the person's: while the page is wanted, its ways are tried until
// the provider is back.
import { type Duration, type Instant, minutes, seconds } from "../../time.ts";
import type { DeliveryReason } from "../events.ts";
import type { Page, PageDelivery } from "../state.ts";
import { missedCalls } from "./progress.ts";

/** After the first failure, the second, …; the last one from then on. */
const retryWaits: readonly Duration[] = [
  seconds(5),
  seconds(20),
  seconds(30),
  ...Array.from({ length: 5 }, () => minutes(1)),
  minutes(2),
];
/**
 * A delivery whose fate is unknown waits so long for a report that bears its name; then it is looked up, and repeated if it
 * is not found. In the chat nothing can be looked up, so that each repeat may be one card more.
 */
const doubtWaits: Readonly<Record<"phone" | "chat", readonly Duration[]>> = {
  phone: [seconds(15), seconds(15), minutes(1), minutes(1), minutes(2)],
  chat: [seconds(15), seconds(15), minutes(1), minutes(5)],
};
/** An order to deliver that nobody carried out is given again after this. */
const stuckWaits: readonly Duration[] = [minutes(2), minutes(2), minutes(5)];
/**
 * A missed call is made once more, soon: a phone in "do not disturb" lets through the second call of one number within three
 * minutes, and a tunnel lasts one.
 */
export const missedCallWait: Duration = seconds(30);

const nth = (waits: readonly Duration[], tries: number): Duration =>
  waits[Math.min(tries, waits.length) - 1] ?? 0;

/** Tries of this way since something new was to be said by it, the newest last. */
function triesOf(page: Page, step: number): readonly PageDelivery[] {
  const attempts = page.deliveries.filter((delivery) => delivery.step === step);
  const first = attempts.findLastIndex(({ cause }) => !repeats.has(cause));
  return attempts.slice(Math.max(first, 0));
}
const repeats: ReadonlySet<PageDelivery["cause"]> = new Set(["retry", "repeat-after-unknown", "missed-call"]);

export const waitBeforeRetry = (page: Page, step: number): Duration =>
  nth(retryWaits, triesOf(page, step).length);

export const waitInDoubt = (page: Page, step: number): Duration =>
  nth(doubtWaits[page.steps[step]?.channel === "teams" ? "chat" : "phone"], triesOf(page, step).length);

/** Whether this failure is a missed call that was not repeated yet. */
export const mayCallAgain = (page: Page, step: number, reason: DeliveryReason): boolean =>
  missedCalls.has(reason) && triesOf(page, step).every(({ cause }) => cause !== "missed-call");

/** Whether this is the first failure of this way since something new was to be said by it. */
export const isFirstTry = (page: Page, step: number): boolean => triesOf(page, step).length <= 1;

/**
 * When the message went out, at the earliest, of which nobody knows: not every attempt since then was sent. Calls bear no code;
 * of several since then nobody could say which was this one, so that only the last one is looked for.
 */
export function inDoubtSince(page: Page, { step, attempt, channel }: PageDelivery): Instant {
  const before = page.deliveries.filter((each) => each.step === step && each.attempt < attempt);
  const first =
    channel === "voice" ? before.length - 1 : before.findLastIndex(({ cause }) => !sameMessage.has(cause));
  return before[Math.max(first, 0)]?.at ?? page.openedAt;
}
const sameMessage: ReadonlySet<PageDelivery["cause"]> = new Set(["retry", "repeat-after-unknown"]);

/** When a delivery is tried again or looked up; undefined once its fate is known. */
export function deliveryDue(page: Page, delivery: PageDelivery): Instant | undefined {
  if (delivery.state === "retrying" || delivery.state === "uncertain") return delivery.dueAt;
  return delivery.state === "wanted"
    ? delivery.at + nth(stuckWaits, triesOf(page, delivery.step).length)
    : undefined;
}
