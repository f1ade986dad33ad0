// A provider's circuit breaker: what the hub has learned of how a carrier does. It only says who is asked first; nobody is
// ever forbidden. While all is well nothing is written.
import { type Aggregate, beside, type Decision, nothing, type StreamId } from "../aggregate.ts";
import type { Envelope } from "../command.ts";
import type { CarrierName } from "../contact.ts";
import type { DeliveryReason, EventMeta } from "../incident/events.ts";
import type { Duration, Instant } from "../time.ts";
import { comingBack, firstRest, longestRest, probeLasts, strikesToTrip, strikeWindow } from "./times.ts";

export const providerStream = (carrier: CarrierName): StreamId => `provider/${carrier}`;

/** How one send went, as far as it concerns everybody: a bad number says that its provider is well. */
export type ProviderOutcome = "well" | "refused" | "failing" | "slow";

export type ProviderOrder =
  | { readonly type: "RecordOutcome"; readonly outcome: "well" }
  | {
      readonly type: "RecordOutcome";
      readonly outcome: Exclude<ProviderOutcome, "well">;
      readonly reason: DeliveryReason;
    }
  /** May this delivery be the probe? Of several who ask at once one gets it. */
  | { readonly type: "ClaimProbe"; readonly delivery: string };
export type ProviderCommand = Envelope & ProviderOrder;

export type ProviderFact =
  | { readonly type: "ProviderFaltered"; readonly reason: DeliveryReason }
  | {
      readonly type: "ProviderTripped";
      readonly reason: DeliveryReason;
      readonly until: Instant;
      readonly rest: Duration;
      /** It had tripped before and was not all well since. */
      readonly again: boolean;
    }
  | { readonly type: "ProviderProbed"; readonly delivery: string; readonly until: Instant }
  /** Its share of the pages grows from now on. */
  | { readonly type: "ProviderReturned" };
export type ProviderEvent = EventMeta & ProviderFact;

export type Breaker =
  /** The newest failures, if there were any of late. */
  | { readonly name: "closed"; readonly strikes: readonly Instant[] }
  | {
      readonly name: "open";
      readonly reason: DeliveryReason;
      /** When the trouble began. */
      readonly since: Instant;
      readonly until: Instant;
      readonly rest: Duration;
      readonly probe?: { readonly delivery: string; readonly until: Instant };
    }
  | {
      readonly name: "returning";
      readonly reason: DeliveryReason;
      readonly since: Instant;
      readonly returnedAt: Instant;
      readonly rest: Duration;
    };

export const unbroken: Breaker = { name: "closed", strikes: [] };

export interface ProviderFacts {
  readonly configVersion: string;
}

/** How the breaker stands at a moment; time alone leads from rest to half-open, and through the shares to all. */
export type Standing =
  | { readonly name: "well" }
  | { readonly name: "resting"; readonly until: Instant }
  /** The next page is the probe, unless one is under way. */
  | { readonly name: "half-open"; readonly probed: boolean }
  | { readonly name: "returning"; readonly share: number; readonly until: Instant };

export function standingOf(breaker: Breaker, now: Instant): Standing {
  switch (breaker.name) {
    case "closed":
      return { name: "well" };
    case "open":
      if (now < breaker.until) return { name: "resting", until: breaker.until };
      return { name: "half-open", probed: breaker.probe !== undefined && now < breaker.probe.until };
    case "returning": {
      let until = breaker.returnedAt;
      for (const { share, lasts } of comingBack) {
        until += lasts;
        if (now < until) return { name: "returning", share, until };
      }
      return { name: "well" };
    }
  }
}

function decide(breaker: Breaker, command: ProviderCommand, facts: ProviderFacts): Decision<ProviderEvent> {
  const { at, actor: by, causeId } = command;
  const told = (fact: ProviderFact | undefined): Decision<ProviderEvent> =>
    fact === undefined
      ? nothing
      : { events: [{ ...fact, at, by, causeId, configVersion: facts.configVersion }], claims: [] };
  const standing = standingOf(breaker, at);
  if (command.type === "ClaimProbe") {
    const free = standing.name === "half-open" && !standing.probed;
    const { delivery } = command;
    return told(free ? { type: "ProviderProbed", delivery, until: at + probeLasts } : undefined);
  }
  if (command.outcome === "well")
    return told(standing.name === "half-open" ? { type: "ProviderReturned" } : undefined);
  const { reason } = command;
  switch (standing.name) {
    case "well":
      return told(
        command.outcome === "refused" || isThird(breaker, at)
          ? { type: "ProviderTripped", reason, until: at + firstRest, rest: firstRest, again: false }
          : { type: "ProviderFaltered", reason },
      );
    case "resting":
      return nothing; // begun before, or tried for want of another: it is known
    case "half-open":
    case "returning": {
      const rest = Math.min(2 * (breaker.name === "closed" ? firstRest : breaker.rest), longestRest);
      return told({ type: "ProviderTripped", reason, until: at + rest, rest, again: true });
    }
  }
}

/** With those before it within the window. */
const isThird = (breaker: Breaker, at: Instant): boolean =>
  breaker.name === "closed" &&
  breaker.strikes.filter((strike) => at - strike < strikeWindow).length >= strikesToTrip - 1;

function evolve(breaker: Breaker, event: ProviderEvent): Breaker {
  switch (event.type) {
    case "ProviderFaltered": {
      const before = breaker.name === "closed" ? breaker.strikes : [];
      return { name: "closed", strikes: [...before, event.at].slice(-strikesToTrip) };
    }
    case "ProviderTripped": {
      const { reason, until, rest, again, at } = event;
      return { name: "open", reason, until, rest, since: again ? sinceOf(breaker, at) : at };
    }
    case "ProviderProbed": {
      const { delivery, until } = event;
      return breaker.name === "open" ? { ...breaker, probe: { delivery, until } } : breaker;
    }
    case "ProviderReturned": {
      if (breaker.name !== "open") return breaker;
      const { reason, since, rest } = breaker;
      return { name: "returning", reason, since, rest, returnedAt: event.at };
    }
  }
}

const sinceOf = (breaker: Breaker, now: Instant): Instant =>
  breaker.name === "closed" ? now : breaker.since;

export const provider: Aggregate<Breaker, ProviderCommand, ProviderEvent, never, ProviderFacts> = {
  ...beside,
  schema: 1,
  initial: unbroken,
  evolve,
  decide,
  nextDue: () => undefined,
};
