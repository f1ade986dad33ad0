// Who belongs to a sensitive incident. One rule for all that is shown of it, and one for all that is ordered, by every channel.
import type { Actor } from "../command.ts";
import { respondersAndAsked } from "./bridge/responders.ts";
import type { IncidentOrder } from "./commands.ts";
import type { Incident } from "./state.ts";

const isSensitive = ({ declaration }: Incident): boolean => declaration?.sensitive === true;

const pagesOf = ({ paging }: Incident, person: string) =>
  Object.values(paging.pages).filter((page) => page.person === person);

/** Paged for it, working on it, declared it, or invited by a responder. */
function isPartOf(incident: Incident, person: string): boolean {
  const inside = respondersAndAsked(incident);
  if (inside.includes(person) || incident.declaration?.declaredBy === person) return true;
  // If no one is left, everyone who was paged regains access, so that it is never locked.
  if (inside.length === 0 && pagesOf(incident, person).length > 0) return true;
  return isInvited(incident, person);
}

/** Paged by name, and did not decline; or called into the room by order. */
function isInvited(incident: Incident, person: string): boolean {
  const { paging, bridge } = incident;
  const isAskedFor = Object.values(paging.requests).some(
    ({ kind, about, state }) => kind === "person" && about === person && state.name !== "cancelled",
  );
  const hasDeclined = pagesOf(incident, person).at(-1)?.state === "declined";
  return (
    (isAskedFor && !hasDeclined) ||
    Object.values(bridge.callIns).some((callIn) => callIn.person === person && callIn.cause === "ordered")
  );
}

/** Whether this person may read of it: everyone of an incident that is not sensitive. */
export const mayRead = (incident: Incident, person: string | undefined): boolean =>
  !isSensitive(incident) || (person !== undefined && isPartOf(incident, person));

const answersToPages: ReadonlySet<IncidentOrder["type"]> = new Set(["Acknowledge", "Decline", "Escalate"]);

/**
 * Whether this actor may give the order. A page that was declined, or that expired, can still be answered; nothing else can be
 * done by somebody who has no more than that.
 */
export const mayAct = (incident: Incident, { kind, id }: Actor, order: IncidentOrder["type"]): boolean =>
  kind !== "person" ||
  mayRead(incident, id) ||
  (answersToPages.has(order) &&
    pagesOf(incident, id).some(({ state }) => state === "expired" || state === "declined"));
