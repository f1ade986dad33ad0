// The timeline in sentences: one for every event, short enough to be read at night.
import type { EventOf, IncidentEvent, LevelCause } from "../core/incident/events.ts";
import { ownerRequest } from "../core/incident/paging/names.ts";
import { actorName, type Names, nameOf } from "./names.ts";
import { refusalWords } from "./reasons.ts";
import { bridgeSentence } from "./timeline-bridge.ts";
import { commandSentence } from "./timeline-command.ts";
import { deliverySentence } from "./timeline-delivery.ts";
import { noticeSentence } from "./timeline-notices.ts";
import { signalSentence } from "./timeline-signal.ts";
import { capital, counted, lasting, listed } from "./words.ts";

/** No default: an event without a sentence does not compile. */
export function sentence(event: IncidentEvent, names: Names): string {
  const name = (id: string) => nameOf(names, id);
  switch (event.type) {
    case "IncidentOpened":
    case "AlertsJoined":
    case "AlertsFolded":
    case "SymptomsEnded":
    case "LeadAlertChanged":
    case "SeverityRaised":
    case "SignalCleared":
    case "AllClearBelieved":
    case "SignalReturned":
    case "LateCopiesIgnored":
      return signalSentence(event);
    case "IncidentStoodDown":
      return stoodDown(event, names);
    case "IncidentDeclared":
    case "IncidentClosed":
    case "SignedIn":
    case "CanReported":
      return commandSentence(event, names);
    case "CommandRefused":
      return `Refused: ${spaced(event.command)} by ${actorName(event.by, names)}, because ${refusalWords(event.reason)}.`;
    case "RequestOpened":
      return requestOpened(event, names);
    case "LevelStarted":
      return levelStarted(event, names);
    case "LevelSkipped":
      return `Level ${event.level + 1} skipped at once: ${event.unreachable.length === 0 ? "nobody else is on it" : unreached(event.unreachable, names)}.`;
    case "CatchAllPaged":
      return catchAllPaged(event);
    case "NobodyReachable":
      return `NOBODY CAN BE REACHED: ${unreached(event.unreachable, names)}. The operator is alarmed.`;
    case "PageOpened":
      return `${name(event.person)} is asked (${askedAs(event)}, code ${event.code}).`;
    case "PageHastened":
      return `${name(event.person)} is paged on every urgent way.`;
    case "DeliveryWanted":
    case "DeliveryHanded":
    case "CallPickedUp":
    case "DeliveryConfirmed":
    case "DeliveryFailed":
    case "DeliveryUncertain":
      return deliverySentence(event, names);
    case "PageAcknowledged":
      return `${name(event.person)} answered: yes.`;
    case "PageDeclined":
      return `${name(event.person)} declined.`;
    case "PageEscalated":
      return `${name(event.person)} asked for more help and stays.`;
    case "PageExpired":
      return `${name(event.person)} ${expired[event.reason]}.`;
    case "PageCancelled":
      return `${name(event.person)} is no longer needed: ${notNeeded[event.reason]}.`;
    case "RequestTaken":
      return `${name(event.person)} took it without having been paged.`;
    case "RequestSatisfied":
      return event.request === ownerRequest
        ? `${listed(event.people.map(name))} ${event.people.length > 1 ? "have" : "has"} it.`
        : `${listed(event.people.map(name))} ${event.people.length > 1 ? "answer" : "answers"} what was asked for.`;
    case "ArrivalPromised":
      return `${name(event.person)} promised to be there in ${lasting(event.until - event.at)}.`;
    case "RequestPaused":
      return `${capital(actorName(event.by, names))} acknowledged. A machine is no owner: it rings again in ${lasting(event.until - event.at)} unless a person takes it.`;
    case "RequestResumed":
      return "No person took it: it rings again.";
    case "AcknowledgementQuestioned":
      return questioned(event, names);
    case "AcknowledgementRenewed":
      return `${name(event.person)} still has it.`;
    case "RequestReopened":
      return `${name(event.person)} ${reopened[event.reason]}: somebody is needed again.`;
    case "RequestCancelled":
      return `Nobody is needed any more: ${notNeeded[event.reason]}.`;
    case "NoticeWanted":
    case "NoticeHanded":
    case "NoticeConfirmed":
    case "NoticeUncertain":
    case "NoticeFailed":
    case "NoticeUndeliverable":
      return noticeSentence(event, names);
    default:
      return bridgeSentence(event, names);
  }
}

function questioned(event: EventOf<"AcknowledgementQuestioned">, names: Names): string {
  const who = nameOf(names, event.person);
  const toAnswer = lasting(event.until - event.at);
  switch (event.reason) {
    case "silent":
      return `Nothing heard from ${who}, who is asked whether it is still in hand (${toAnswer} to answer).`;
    case "urgency-raised":
      return `It became urgent: ${who}, who has it, is paged again and has ${toAnswer} to answer.`;
    case "not-told":
      return `It became graver, and no text or chat says so: ${who}, who has it, is paged again and has ${toAnswer} to answer.`;
  }
}

function stoodDown(event: EventOf<"IncidentStoodDown">, names: Names): string {
  switch (event.reason) {
    case "signal-clear":
      return "Stood down: monitoring says that all is well again.";
    case "resolved-by-person":
      return `Stood down by ${actorName(event.by, names)}.`;
    case "resolved-by-machine":
      return `Stood down: resolved by ${actorName(event.by, names)}.`;
  }
}

function requestOpened(event: EventOf<"RequestOpened">, names: Names): string {
  const { kind, about = "", aboutName, urgency, policy, by } = event;
  switch (kind) {
    case "owner":
      return `Somebody is needed to own this: ${urgency} urgency, ${counted(policy.levels.length, "level")} to go through.`;
    case "person":
      return `${capital(actorName(by, names))} asks for ${nameOf(names, about)}.`;
    case "subject":
      return `${capital(actorName(by, names))} asks for somebody who answers for ${aboutName ?? about}.`;
  }
}

const notNeeded: Readonly<Record<EventOf<"PageCancelled">["reason"], string>> = {
  "answered-by-another": "somebody else answered",
  "stood-down": "stood down",
  closed: "the incident is closed",
};

const expired: Readonly<Record<EventOf<"PageExpired">["reason"], string>> = {
  "not-answered": "did not answer",
  "not-reached": "could not be reached",
  "level-over": "is not waited for any more, as the next are paged",
};

const reopened: Readonly<Record<EventOf<"RequestReopened">["reason"], string>> = {
  forgotten: "did not answer",
  "given-back": "gave it back",
  "not-reached": "could not be reached",
};

const askedAs = ({ cause, level }: EventOf<"PageOpened">): string => {
  switch (cause) {
    case "level":
      return `level ${level + 1}`;
    case "catch-all":
      return "catch-all";
    case "urgency-raised":
      return "it became urgent";
  }
};

function catchAllPaged({ round, reached, nextAt, at }: EventOf<"CatchAllPaged">): string {
  if (round > 1)
    return `${reached ? "Still nobody has taken it" : "Still nobody was reached"}. The catch-all is paged again.`;
  const why = reached ? "NOBODY TOOK IT on any level" : "NOBODY WAS REACHED on any level";
  return `${why}. The catch-all is paged, again every ${lasting(nextAt - at)}.`;
}

const levelCauses: Readonly<Record<LevelCause, string>> = {
  opened: "",
  "not-answered": "Nobody took it in time. ",
  "not-reached": "Nobody was reached in time. ",
  "all-declined": "Everybody asked declined. ",
  escalated: "More help was asked for. ",
  "nobody-reachable": "No way of the level before is left. ",
  forgotten: "The owner did not answer. ",
  "given-back": "The owner gave it back. ",
  resumed: "No person took it. ",
};

function levelStarted(
  { level, pass, cause, until, at, people }: EventOf<"LevelStarted">,
  names: Names,
): string {
  const round = pass === 0 ? "" : `, round ${pass + 1}`;
  const whom =
    people.length === 0
      ? "there are"
      : `${listed(people.map((id) => nameOf(names, id)))} ${people.length > 1 ? "have" : "has"}`;
  return `${levelCauses[cause]}Level ${level + 1}${round} starts: ${whom} ${lasting(until - at)} to answer.`;
}

const unreached = (people: readonly string[], names: Names): string =>
  people.length === 0
    ? "there is nobody on it"
    : `no way to reach ${listed(people.map((id) => nameOf(names, id)))}`;

/** "StandDown" as "stand down". */
const spaced = (command: string): string => command.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
