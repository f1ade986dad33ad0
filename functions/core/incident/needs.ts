// Which facts a decision wants, so that the dispatcher fetches them and the decision itself stays pure.
import type { Need } from "../facts.ts";
import type { IncidentCommand } from "./commands.ts";
import { pagesPerDecision } from "./paging/reach.ts";
import { type Incident, isOver } from "./state.ts";

export function needs(incident: Incident, command: IncidentCommand): readonly Need[] {
  if (isOver(incident.phase)) return [];
  switch (command.type) {
    case "JoinAlerts":
      return incident.phase === "unopened"
        ? [{ need: "plan", service: command.service }, codes]
        : [{ need: "signal" }];
    case "ClearSignal":
    case "StandDown":
      return [{ need: "signal" }];
    case "PassTime":
      return [
        ...toPage(incident),
        ...(incident.signal.clear === undefined ? [] : [{ need: "signal" } as const]),
      ];
    case "Decline":
    case "Escalate":
      return toPage(incident);
    case "RecordDelivery":
      return command.evidence.outcome === "giveUp" || command.evidence.outcome === "retry"
        ? toPage(incident)
        : [];
    case "Acknowledge":
    case "RecordNotice":
      return [];
  }
}

/** A decision may go through several levels before it finds somebody, so it knows them all. */
const codes: Need = { need: "codes", count: pagesPerDecision };

function toPage(incident: Incident): readonly Need[] {
  const people = Object.values(incident.paging.requests).flatMap(({ policy }) =>
    [...policy.levels.flatMap((level) => level.targets), ...policy.catchAll].map((target) => target.id),
  );
  return people.length === 0 ? [] : [{ need: "contacts", people: [...new Set(people)] }, codes];
}
