// Every order and every fact about one person: which ways turned out to be closed or are refused by a carrier, and the
// last-resort card.
import type { Envelope } from "../command.ts";
import type { DeliveryEvidence } from "../incident/commands.ts";
import type { DeliveryReason, EventMeta } from "../incident/events.ts";
import type { CommandRole } from "../roles.ts";
import type { Instant } from "../time.ts";
import type { RefusalFact, RefusalOrder } from "./refusals.ts";

export type Closed = "bounced" | "opted-out";

export type PersonOrder =
  /** `address` is a digest: a method whose address was mended in the config is a new one. */
  | { readonly type: "CloseMethod"; readonly method: string; readonly address: string; readonly why: Closed }
  | { readonly type: "ReopenMethod"; readonly method: string; readonly address: string }
  /** What stands on the card of these roles now; `digest` tells one content from another, and tells nobody the content. */
  | { readonly type: "WantCard"; readonly digest: string; readonly roles: readonly CommandRole[] }
  | { readonly type: "RecordCard"; readonly card: string; readonly evidence: DeliveryEvidence }
  | RefusalOrder
  /** Look at the clock: whatever is due happens, and nothing else. */
  | { readonly type: "PassTime" };
export type PersonCommand = Envelope & PersonOrder;

export type CardFact =
  | {
      readonly type: "CardWanted";
      /** Of this try: each has a name of its own, so that late news of an earlier one is known as such. */
      readonly card: string;
      readonly digest: string;
      readonly roles: readonly CommandRole[];
      /** 0 is the first try with this content. */
      readonly attempt: number;
      /** When it is asked for again if nobody says what became of it. */
      readonly retryAt?: Instant;
    }
  | { readonly type: "CardHanded"; readonly card: string; readonly receipt: string }
  /** Tried again at `retryAt`; given up where it is left out. */
  | {
      readonly type: "CardFailed";
      readonly card: string;
      readonly reason: DeliveryReason;
      readonly retryAt?: Instant;
    };

export type PersonFact =
  | { readonly type: "MethodClosed"; readonly method: string; readonly address: string; readonly why: Closed }
  | { readonly type: "MethodReopened"; readonly method: string; readonly address: string }
  | RefusalFact
  | CardFact;
export type PersonEvent = PersonFact & EventMeta;
