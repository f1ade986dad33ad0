// The committed intent to call a provider: one at a time, and none that the incident has moved past.
import type { Instant } from "../../core/time.ts";
import type { LeaseOutcome, Leases } from "../../ports.ts";
import type { Access } from "./access.ts";
import { expiryOf, memory } from "./expiry.ts";
import { update } from "./items.ts";
import { headKey, leaseKey } from "./keys.ts";
import type { Item } from "./refused.ts";
import { transact } from "./transaction.ts";

export const dynamoLeases = (access: Access): Leases => ({
  async begin(delivery, stream, epoch, now, until) {
    const done = await transact(
      access,
      [
        { kind: "check", key: headKey(stream), condition: "#epoch = :epoch", values: { ":epoch": epoch } },
        {
          kind: "put",
          item: { ...leaseKey(delivery), until, expires: expiryOf(until + memory) },
          condition: "attribute_not_exists(#pk)",
        },
      ],
      `The lease of ${delivery}`,
    );
    if (done.outcome === "done") return { outcome: "begun" };
    const begun = done.refused.get(1);
    // What was begun has to be seen to its end, even when the incident has moved on since.
    return begun === undefined ? { outcome: "moved-on" } : takeOver(access, delivery, begun, now, until);
  },
  async finish(delivery) {
    await update(access, leaseKey(delivery), { set: { finished: true } });
  },
});

/** Of those who find it lapsed one gets it, and with it the time to find out what became of it. */
async function takeOver(
  access: Access,
  delivery: string,
  lease: Item,
  now: Instant,
  until: Instant,
): Promise<LeaseOutcome> {
  if (lease["finished"] === true) return { outcome: "finished" };
  const lapsing = lease["until"] as Instant;
  if (lapsing > now) return { outcome: "in-flight" };
  const { done, before } = await update(access, leaseKey(delivery), {
    set: { until, expires: expiryOf(until + memory) },
    condition: "#until = :lapsing AND attribute_not_exists(#finished)",
    values: { ":lapsing": lapsing },
  });
  if (done) return { outcome: "lapsed" };
  return before?.["finished"] === true ? { outcome: "finished" } : { outcome: "in-flight" };
}
