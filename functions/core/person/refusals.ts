// What carriers refuse for a person, by contact method: kept until a message went through again. It closes nothing, for the
// next page tries it all the same; it is there to be fixed before that.
import type { CarrierName, ChannelName } from "../contact.ts";
import type { ReportedEvidence } from "../incident/commands.ts";
import { missedCalls } from "../incident/paging/progress.ts";
import type { Sent } from "../provider/judge.ts";
import { type Refusal, refusalOf } from "../provider/refusal.ts";
import type { Instant } from "../time.ts";

/** `address` is a digest: a method whose address was fixed in the config is a new one. */
export interface CarriedMethod {
  readonly method: string;
  readonly address: string;
  readonly channel: ChannelName;
  readonly carrier: CarrierName;
}

/** Said at once, or after the carrier had taken the message: then only a message that arrived proves the contrary. */
type Stage = "on-request" | "after-acceptance";
/** How far a message has come. */
type Proof = "accepted" | "arrived";

export type RefusalOrder =
  | ({ readonly type: "RecordRefusal"; readonly stage: Stage } & CarriedMethod & Refusal)
  | ({ readonly type: "RecordPassage"; readonly proof: Proof } & CarriedMethod);

export type RefusalFact =
  | ({ readonly type: "MethodRefused"; readonly stage: Stage } & CarriedMethod & Refusal)
  /** A message went through by it again. */
  | ({ readonly type: "RefusalEnded" } & CarriedMethod);

export interface KnownRefusal extends CarriedMethod, Refusal {
  readonly stage: Stage;
  readonly since: Instant;
  readonly endedAt?: Instant;
}

/** The newest of each method and carrier. */
export type Refusals = Readonly<Record<string, KnownRefusal>>;

const nameOf = ({ method, carrier }: Pick<CarriedMethod, "method" | "carrier">): string =>
  `${carrier} ${method}`;

/** What a carrier's answer or report says of the way that it was sent by; undefined where it says nothing of the next message. */
export function refusalOrder(
  way: CarriedMethod,
  evidence: Sent | ReportedEvidence,
  stage: Stage,
): RefusalOrder | undefined {
  switch (evidence.outcome) {
    case "done":
    case "handed":
      // The chat answers at once whether it has it.
      return { type: "RecordPassage", ...way, proof: way.channel === "teams" ? "arrived" : "accepted" };
    case "confirmed":
    case "pickedUp":
      return { type: "RecordPassage", ...way, proof: "arrived" };
    case "giveUp": {
      // A missed call has reached the phone.
      if (missedCalls.has(evidence.reason)) return { type: "RecordPassage", ...way, proof: "arrived" };
      const refusal = refusalOf(evidence);
      return refusal === undefined ? undefined : { type: "RecordRefusal", ...way, ...refusal, stage };
    }
    case "retry":
    case "unknown":
      return undefined;
  }
}

export function judgeRefusal(refusals: Refusals, order: RefusalOrder): RefusalFact | undefined {
  const standing = standingOf(refusals, order);
  if (order.type === "RecordRefusal") {
    const { method, address, channel, carrier, reason, scope, stage } = order;
    const isKnown = standing?.reason === reason && standing.scope === scope && standing.stage === stage;
    return isKnown
      ? undefined
      : { type: "MethodRefused", method, address, channel, carrier, reason, scope, stage };
  }
  const { method, address, channel, carrier, proof } = order;
  const isOver = standing !== undefined && (proof === "arrived" || standing.stage === "on-request");
  return isOver ? { type: "RefusalEnded", method, address, channel, carrier } : undefined;
}

type WayBy = Pick<CarriedMethod, "method" | "carrier" | "address">;

/** This carrier takes messages for this way and then reports them refused: what is tried again goes by another first. */
export const refusesAfterAcceptance = (refusals: Refusals, way: WayBy): boolean =>
  standingOf(refusals, way)?.stage === "after-acceptance";

function standingOf(refusals: Refusals, way: WayBy): KnownRefusal | undefined {
  const known = refusals[nameOf(way)];
  return known?.address === way.address && known.endedAt === undefined ? known : undefined;
}

export function evolveRefusals(refusals: Refusals, fact: RefusalFact, at: Instant): Refusals {
  const name = nameOf(fact);
  if (fact.type === "MethodRefused") {
    const { method, address, channel, carrier, reason, scope, stage } = fact;
    return { ...refusals, [name]: { method, address, channel, carrier, reason, scope, stage, since: at } };
  }
  const known = refusals[name];
  return known === undefined ? refusals : { ...refusals, [name]: { ...known, endedAt: at } };
}

export interface Learned {
  readonly person: string;
  /** As the config has them now, each with the digest of its address. */
  readonly methods: readonly { readonly id: string; readonly address: string }[];
  readonly refusals: Refusals;
}

/**
 * Whom carriers refuse now. A refusal of our sender is over as soon as anybody whom the same carrier refused for the same
 * reason was reached again since: the others need not wait for a message of their own.
 */
export function standingAmong(
  people: readonly Learned[],
): readonly { readonly person: string; readonly refusal: KnownRefusal }[] {
  const all = people.flatMap(({ refusals }) => Object.values(refusals));
  return people.flatMap(({ person, methods, refusals }) =>
    methods
      .flatMap(({ id, address }) =>
        Object.values(refusals).filter((known) => known.method === id && known.address === address),
      )
      .filter((known) => known.endedAt === undefined && !isSenderHealed(known, all))
      .map((refusal) => ({ person, refusal })),
  );
}

const isSenderHealed = (refusal: KnownRefusal, all: readonly KnownRefusal[]): boolean =>
  refusal.scope === "sender" &&
  all.some(
    ({ carrier, channel, reason, endedAt = 0 }) =>
      carrier === refusal.carrier &&
      channel === refusal.channel &&
      reason === refusal.reason &&
      endedAt > refusal.since,
  );
