// How often one way is tried, and when again. Without an end to it a provider that sends but does not answer would fill
// somebody's phone.
import { type Duration, type Instant, minutes, seconds } from "../../time.ts";
import type { Page, PageDelivery } from "../state.ts";

/** A call whose fate is unknown waits so long for a report that bears its name, then it is looked up or repeated. */
export const uncertaintyWait: Duration = seconds(15);
/** An order to deliver that nobody carried out is given again after this. */
export const stuckAfter: Duration = minutes(2);
const backoff: readonly Duration[] = [seconds(5), seconds(20)];
/** So often in a row; then it has failed, and another way is taken. */
export const triesPerWay = backoff.length + 1;

/** Tries of this way since something new was to be said by it. */
export function triesOf(page: Page, step: number): number {
  const attempts = page.deliveries.filter((delivery) => delivery.step === step);
  const first = attempts.findLastIndex(({ cause }) => cause !== "retry" && cause !== "repeat-after-unknown");
  return attempts.length - Math.max(first, 0);
}

/** How long to wait before this way is tried again; undefined when it was tried often enough. */
export const waitBeforeRetry = (page: Page, step: number): Duration | undefined =>
  backoff[triesOf(page, step) - 1];

/** When a delivery is tried again or looked up; undefined once its fate is known. */
export function deliveryDue(delivery: PageDelivery): Instant | undefined {
  if (delivery.state === "retrying" || delivery.state === "uncertain") return delivery.dueAt;
  return delivery.state === "wanted" ? delivery.at + stuckAfter : undefined;
}
