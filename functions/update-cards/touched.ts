// Of which pages the cards may look otherwise since this happened. What a card shows is made from the incident as it is now:
// one too many costs a call, and one too few shows somebody what is no longer so.
import { responders, respondersAndAsked } from "../core/incident/bridge/responders.ts";
import type { Incident, Page, PageDelivery } from "../core/incident/state.ts";
import type { subscriptions } from "../subscriptions.ts";

export type Cause = (typeof subscriptions)["update-cards"]["on"][number];
type Touched = (incident: Incident, ref: string) => readonly Page[];

const pagesOf = ({ paging }: Incident): readonly Page[] => Object.values(paging.pages);
const itself: Touched = ({ paging }, ref) => {
  const page = paging.pages[ref];
  return page === undefined ? [] : [page];
};
/** Those who were asked and answered, or did not: whoever is released by it has an event of their own. */
const notReleased: Touched = (incident) => pagesOf(incident).filter(({ state }) => state !== "cancelled");
const owned: Touched = (incident) => {
  const owners = Object.values(incident.paging.requests).flatMap(({ state }) =>
    state.name === "satisfied" ? [state.owner] : [],
  );
  return ofPeople(incident, owners);
};
const ofPeople = (incident: Incident, people: readonly string[]): readonly Page[] =>
  pagesOf(incident).filter(({ person }) => people.includes(person));
const onIt: Touched = (incident) => ofPeople(incident, respondersAndAsked(incident));
const all: Touched = pagesOf;

/** What came since a card was wanted may have come after it was drawn. */
const changedSince = ({ bridge, declaration, signal }: Incident, { at }: PageDelivery): boolean =>
  signal.symptoms.some((symptom) => symptom.at > at || (symptom.endedAt ?? 0) > at) ||
  (declaration !== undefined && declaration.at >= at) ||
  ((bridge.name === "open" || bridge.name === "ended") && bridge.since >= at);

export const touched: Readonly<Record<Cause, Touched>> = {
  // It was answered while its card was on the way, or the incident went on.
  DeliveryHanded: (incident, ref) =>
    pagesOf(incident).filter(({ state, deliveries }) =>
      deliveries.some(
        (delivery) => delivery.id === ref && (state !== "open" || changedSince(incident, delivery)),
      ),
    ),
  SeverityRaised: onIt,
  LeadAlertChanged: onIt,
  PageAcknowledged: itself,
  PageDeclined: itself,
  PageEscalated: itself,
  PageExpired: itself,
  PageCancelled: itself,
  RequestSatisfied: notReleased,
  RequestReopened: all,
  AcknowledgementQuestioned: owned,
  AcknowledgementRenewed: owned,
  ArrivalPromised: owned,
  SignedIn: (incident) => ofPeople(incident, responders(incident)),
  BridgeOpened: onIt,
  // Whoever gave it back, or was released, may have been shown the room as well.
  BridgeEnded: all,
  // What is sensitive is taken off the cards of those who do not work on it.
  IncidentDeclared: (incident) => (incident.declaration?.sensitive === true ? all : onIt)(incident, ""),
  IncidentClosed: all,
  IncidentStoodDown: all,
};
