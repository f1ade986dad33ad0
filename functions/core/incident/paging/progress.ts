// How far a page has come: whether anything of it arrived, and whether something other than the person holds it up.
import { type Duration, type Instant, minutes } from "../../time.ts";
import type { DeliveryReason } from "../events.ts";
import type { Page, PageDelivery } from "../state.ts";

/** The phone rang, and nobody pressed a key: nothing is wrong with the way itself. */
export const missedCalls: ReadonlySet<DeliveryReason> = new Set([
  "not-answered",
  "busy",
  "machine-answered",
  "no-key-pressed",
]);

/** Its fate is open: it waits to be sent, to be sent again, or to be looked up. */
export const isPending = ({ state }: PageDelivery): boolean =>
  state === "wanted" || state === "retrying" || state === "uncertain";

const arrived = ({ state, reason }: PageDelivery): boolean =>
  state === "handed" ||
  state === "confirmed" ||
  ((state === "failed" || state === "retrying") && reason !== undefined && missedCalls.has(reason));

/** A carrier took a message, or a phone rang: from here on silence is the person's. */
export const wasReached = ({ deliveries }: Page): boolean => deliveries.some(arrived);

/**
 * A provider, or this hub, has not delivered it yet: no reason to stop trying when its level's time is over. A call that is
 * repeated because it was missed holds nothing up.
 */
export function isHeldUp(page: Page): boolean {
  const pending = page.deliveries.filter((delivery) => isPending(delivery) && !isMissed(delivery));
  return pending.some(({ state }) => state === "retrying") || (pending.length > 0 && !wasReached(page));
}

export const isMissed = ({ cause, reason, state }: PageDelivery): boolean =>
  (state === "retrying" && reason !== undefined && missedCalls.has(reason)) ||
  (state === "wanted" && cause === "missed-call");

/** A first message that comes later than this after its time has to be waited for anew. */
const punctual: Duration = minutes(1);

/** Whether a page that arrived late still has some of the `within` that its level gives. */
export function hasTimeLeft(page: Page, within: Duration, now: Instant): boolean {
  const reached = page.deliveries.filter(arrived).map(({ at }) => at);
  if (reached.length === 0) return false;
  const first = Math.min(...reached);
  const planned = page.openedAt + Math.min(...page.steps.map(({ after }) => after));
  return first - planned > punctual && now - first < within;
}
