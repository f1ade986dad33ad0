// The chat as the hub knows it. Bad news is believed when it comes three times, good news when it comes twice; a probe
// that finds all well while nothing is wrong leaves no trace.
import { type Aggregate, beside, type Decision, nothing, type StreamId } from "../aggregate.ts";
import { type Duration, type Instant, seconds } from "../time.ts";
import type { ProbeFound, SiteCommand, SiteEvent, SiteFact } from "./facts.ts";

export const chat: StreamId = "site/chat";

export type Site =
  | { readonly name: "well" }
  | (Watched & { readonly name: "doubted"; readonly failures: readonly Instant[] })
  | (Watched & { readonly name: "lost"; readonly since: Instant });

interface Watched {
  /** When it answered, where that was the newest that is known of it. */
  readonly answered: Instant | undefined;
  /** When it is looked at again; the minute's own probe comes besides. */
  readonly nextAt: Instant | undefined;
}

export interface SiteFacts {
  readonly configVersion: string;
}

const failuresBelieved = 3;
const failuresWithin: Duration = seconds(90);
/** While it is not known what is wrong. Once it is lost, once a minute is enough. */
const lookAgainAfter: Duration = seconds(30);
/** Two looks at one moment are one: the minute's and the timer's may coincide, and an order may come twice. */
const apart: Duration = seconds(10);

function decide(site: Site, command: SiteCommand, { configVersion }: SiteFacts): Decision<SiteEvent> {
  const { at, actor: by, causeId } = command;
  const fact = judge(site, command);
  return fact === undefined ? nothing : { events: [{ ...fact, at, by, causeId, configVersion }], claims: [] };
}

function judge(site: Site, command: SiteCommand): SiteFact | undefined {
  switch (command.type) {
    case "RecordProbe":
      return recordProbe(site, command.found, command.at);
    case "PassTime":
      return (nextDue(site) ?? Number.POSITIVE_INFINITY) <= command.at ? { type: "ProbeWanted" } : undefined;
  }
}

function recordProbe(site: Site, found: ProbeFound, at: Instant): SiteFact | undefined {
  if (found.outcome === "unreachable") return failed(site, found.reason, at);
  if (site.name === "well") return undefined;
  if (found.outcome === "absent") return { type: "SiteWithdrawn" };
  if (site.answered === undefined) return { type: "ProbeAnswered", nextAt: at + lookAgainAfter };
  if (at - site.answered < apart) return undefined;
  return site.name === "lost" ? { type: "SiteReturned", lostSince: site.since } : { type: "DoubtSettled" };
}

type Unreachable = Extract<ProbeFound, { readonly outcome: "unreachable" }>;

function failed(site: Site, reason: Unreachable["reason"], at: Instant): SiteFact | undefined {
  if (site.name === "lost") return site.answered === undefined ? undefined : { type: "ProbeFailed", reason };
  const before = site.name === "doubted" ? site.failures : [];
  if (at - (before.at(-1) ?? Number.NEGATIVE_INFINITY) < apart) return undefined;
  const counted = [...before.filter((failure) => at - failure <= failuresWithin), at];
  if (counted.length < failuresBelieved) return { type: "ProbeFailed", reason, nextAt: at + lookAgainAfter };
  return { type: "SiteLost", since: counted[0] ?? at, reason };
}

const well: Site = { name: "well" };

function evolve(site: Site, event: SiteEvent): Site {
  switch (event.type) {
    case "ProbeFailed": {
      const watched = { answered: undefined, nextAt: event.nextAt };
      if (site.name === "lost") return { ...site, ...watched };
      const before = site.name === "doubted" ? site.failures : [];
      return { name: "doubted", failures: [...before, event.at].slice(1 - failuresBelieved), ...watched };
    }
    case "ProbeAnswered":
      return site.name === "well" ? site : { ...site, answered: event.at, nextAt: event.nextAt };
    case "ProbeWanted":
      return site.name === "well" ? site : { ...site, nextAt: undefined };
    case "SiteLost":
      return { name: "lost", since: event.since, answered: undefined, nextAt: undefined };
    case "DoubtSettled":
    case "SiteReturned":
    case "SiteWithdrawn":
      return well;
  }
}

const nextDue = (site: Site): Instant | undefined => (site.name === "well" ? undefined : site.nextAt);

export const site: Aggregate<Site, SiteCommand, SiteEvent, never, SiteFacts> = {
  ...beside,
  schema: 1,
  initial: well,
  evolve,
  decide,
  nextDue,
};
