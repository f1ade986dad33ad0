// The last-resort card: sent when what stands on it has changed for whoever holds it, and only then; tried again for some
// hours when it does not arrive.
import type { DeliveryEvidence } from "../incident/commands.ts";
import type { DeliveryReason } from "../incident/events.ts";
import type { CommandRole } from "../roles.ts";
import { type Duration, hours, type Instant, minutes } from "../time.ts";
import type { CardFact } from "./facts.ts";

export interface Card {
  readonly name: string;
  readonly digest: string;
  readonly roles: readonly CommandRole[];
  readonly attempt: number;
  readonly state: "wanted" | "handed" | "failed";
  /** Only of a failed one that is tried again. */
  readonly retryAt: Instant | undefined;
}

/** A card is no page: it has to be there before the night that it is for. */
const waits: readonly Duration[] = [minutes(1), minutes(5), minutes(20), hours(1), hours(4)];

/** What may be otherwise an hour later; everything else somebody has to mend first. */
const passing: ReadonlySet<DeliveryReason> = new Set<DeliveryReason>([
  "rate-limited",
  "provider-error",
  "provider-unreachable",
  "timed-out",
  "lease-expired",
  "handset-unreachable",
  "not-delivered",
]);

export function wantCard(
  before: Card | undefined,
  digest: string,
  roles: readonly CommandRole[],
): CardFact | undefined {
  const isKnown = before?.digest === digest && !isGivenUp(before);
  return isKnown ? undefined : { type: "CardWanted", card: nextName(before), digest, roles, attempt: 0 };
}

export function recordCard(
  card: Card | undefined,
  name: string,
  evidence: DeliveryEvidence,
  now: Instant,
): CardFact | undefined {
  if (card?.name !== name || card.state === "failed") return undefined;
  switch (evidence.outcome) {
    case "handed":
      return card.state === "wanted"
        ? { type: "CardHanded", card: name, receipt: evidence.receipt }
        : undefined;
    case "confirmed":
    case "pickedUp":
      return undefined;
    // Nobody knows whether it went out, either: a second card harms nobody.
    case "unknown":
    case "retry":
      return failed(card, evidence.reason, now, "after" in evidence ? evidence.after : undefined);
    case "giveUp":
      return failed(card, evidence.reason, now);
  }
}

function failed(card: Card, reason: DeliveryReason, now: Instant, atLeast: Duration = 0): CardFact {
  const wait = passing.has(reason) ? waits[card.attempt] : undefined;
  const again = wait === undefined ? {} : { retryAt: now + Math.max(wait, atLeast) };
  return { type: "CardFailed", card: card.name, reason, ...again };
}

export function retryCard(card: Card | undefined, now: Instant): CardFact | undefined {
  if (card?.retryAt === undefined || card.retryAt > now) return undefined;
  const { digest, roles, attempt } = card;
  return { type: "CardWanted", card: nextName(card), digest, roles, attempt: attempt + 1 };
}

const isGivenUp = ({ state, retryAt }: Card): boolean => state === "failed" && retryAt === undefined;

const nextName = (before: Card | undefined): string => `k${Number(before?.name.slice(1) ?? 0) + 1}`;

export function evolveCard(card: Card | undefined, fact: CardFact): Card | undefined {
  if (fact.type === "CardWanted") {
    const { card: name, digest, roles, attempt } = fact;
    return { name, digest, roles, attempt, state: "wanted", retryAt: undefined };
  }
  if (card?.name !== fact.card) return card;
  return fact.type === "CardHanded"
    ? { ...card, state: "handed" }
    : { ...card, state: "failed", retryAt: fact.retryAt };
}
