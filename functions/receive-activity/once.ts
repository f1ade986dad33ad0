// An activity is carried out once, however often Teams brings it. What a crash interrupted is carried on: orders bear the
// activity's name, so that what was done is not done again.
import type { StreamId } from "../core/aggregate.ts";
import { seconds } from "../core/time.ts";
import { sha256 } from "../digest.ts";
import type { PortsOf } from "../subscriptions.ts";

type House = Pick<PortsOf<"receive-activity">, "clock" | "leases">;

/** Longer than one takes; whoever asks again after this is heard. */
const leaseFor = seconds(10);

export type Turn =
  | { readonly outcome: "ours"; finish(): Promise<void> }
  /** It was carried out before. */
  | { readonly outcome: "done" }
  /** Somebody is at it. */
  | { readonly outcome: "busy" };

/** Ids of activities are the chat's own, and of any length. */
export const activityName = (conversation: string, activity: string): string =>
  sha256(`${conversation}\n${activity}`).slice(0, 32);

/** `stream` is one that is there: where the conversation was learned. */
export async function turn({ clock, leases }: House, name: string, stream: StreamId): Promise<Turn> {
  const lease = `activity.${name}`;
  const now = clock.now();
  const begun = await leases.begin(lease, stream, 0, now, now + leaseFor);
  switch (begun.outcome) {
    case "begun":
    case "lapsed":
      return { outcome: "ours", finish: () => leases.finish(lease) };
    case "finished":
      return { outcome: "done" };
    case "in-flight":
      return { outcome: "busy" };
    case "moved-on":
      throw new Error(`${stream} is not there to bear the lease of an activity`);
  }
}
