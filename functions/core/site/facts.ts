// Every fact and every order about the place where responders meet: whether the chat answered, was lost, came back.
import type { Envelope } from "../command.ts";
import type { DeliveryReason, EventMeta } from "../incident/events.ts";
import type { Instant } from "../time.ts";

/** What a probe found: a line that was posted and read back, or why not. `absent`: this hub has no chat. */
export type ProbeFound =
  | { readonly outcome: "well" | "absent" }
  | { readonly outcome: "unreachable"; readonly reason: DeliveryReason };

export type SiteOrder =
  | { readonly type: "RecordProbe"; readonly found: ProbeFound }
  /** Look at the clock: whatever is due happens, and nothing else. */
  | { readonly type: "PassTime" };
export type SiteCommand = Envelope & SiteOrder;

export type SiteFact =
  /** Looked at again at `nextAt`; left out where the minute's own probe is soon enough. */
  | { readonly type: "ProbeFailed"; readonly reason: DeliveryReason; readonly nextAt?: Instant }
  /** The first good probe after bad ones: it may be luck, and is tried again. */
  | { readonly type: "ProbeAnswered"; readonly nextAt: Instant }
  | { readonly type: "ProbeWanted" }
  /** The bad ones were a hiccup. */
  | { readonly type: "DoubtSettled" }
  /** `since` is the first of the probes that failed. */
  | { readonly type: "SiteLost"; readonly since: Instant; readonly reason: DeliveryReason }
  | { readonly type: "SiteReturned"; readonly lostSince: Instant }
  /** This hub has no chat any more: nothing is wrong with what is not there. */
  | { readonly type: "SiteWithdrawn" };
export type SiteEvent = SiteFact & EventMeta;
