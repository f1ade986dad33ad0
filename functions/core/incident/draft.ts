// A decision while it is being written: each fact is taken into the state at once, so that the next rule sees it.
import type { ClaimChange, Decision } from "../aggregate.ts";
import type { Facts } from "../facts.ts";
import type { Refusal } from "../refusal.ts";
import type { IncidentCommand } from "./commands.ts";
import type { IncidentEvent, IncidentFact } from "./events.ts";
import { evolve } from "./evolve.ts";
import { renewedClaims } from "./paging/names.ts";
import type { Incident } from "./state.ts";

export interface Draft {
  readonly command: IncidentCommand;
  readonly facts: Facts;
  /** The incident with all that was added so far. */
  state(): Incident;
  add(fact: IncidentFact): void;
  claim(change: ClaimChange): void;
  /** The next fresh reply code; undefined when the facts brought too few. */
  code(): string | undefined;
  /** How many pages were opened so far: one decision opens only so many. */
  opened(): number;
  decision(refusal?: Refusal): Decision<IncidentEvent>;
}

export function draft(incident: Incident, command: IncidentCommand, facts: Facts): Draft {
  let state = incident;
  let used = 0;
  const events: IncidentEvent[] = [];
  const claims: ClaimChange[] = [];
  const meta = {
    at: command.at,
    by: command.actor,
    causeId: command.causeId,
    configVersion: facts.configVersion,
  };
  return {
    command,
    facts,
    state: () => state,
    add(fact) {
      const event: IncidentEvent = { ...fact, ...meta };
      events.push(event);
      state = evolve(state, event);
    },
    claim: (change) => void claims.push(change),
    code: () => facts.codes[used++],
    opened: () => events.filter(({ type }) => type === "PageOpened").length,
    decision(refusal) {
      const all = [...claims, ...renewedClaims(incident.paging, state.paging)];
      return refusal === undefined ? { events, claims: all } : { events, claims: all, refusal };
    },
  };
}
