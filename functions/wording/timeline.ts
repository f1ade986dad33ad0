// The timeline in sentences: one for every event, short enough to be read at night.
import type { DeliveryReason, IncidentEvent, LevelCause, NoticeKind } from "../core/incident/events.ts";
import { ownerRequest } from "../core/incident/paging/names.ts";
import { besides, taken } from "./carriers.ts";
import { actorName, type Names, nameOf } from "./names.ts";
import { deliveryReasonWords, refusalWords } from "./reasons.ts";
import { bridgeSentence } from "./timeline-bridge.ts";
import { commandSentence } from "./timeline-command.ts";
import { capital, channelWords, counted, lasting, listed, severityWords } from "./words.ts";

type Told<Type extends IncidentEvent["type"]> = Extract<IncidentEvent, { readonly type: Type }>;

/** No default: an event without a sentence does not compile. */
export function sentence(event: IncidentEvent, names: Names): string {
  const name = (id: string) => nameOf(names, id);
  switch (event.type) {
    case "IncidentOpened":
      return `${event.drill ? "Drill opened" : "Opened"}: ${event.title} (${severityWords[event.severity]}, ${event.serviceName}).`;
    case "AlertsJoined":
      return `${capital(counted(event.count, "alert"))} joined.`;
    case "SeverityRaised":
      return `Severity raised from ${severityWords[event.from]} to ${severityWords[event.to]}.`;
    case "SignalCleared":
      return "Monitoring says that nothing fires any more; it is believed if it stays so.";
    case "AllClearBelieved":
      return "All is quiet. The incident was declared, so it stays open until somebody closes it.";
    case "SignalReturned":
      return "It fires again.";
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
      return `Level ${event.level + 1} skipped at once: ${unreached(event.unreachable, names)}.`;
    case "CatchAllPaged":
      return event.round <= 1
        ? `NOBODY ANSWERED on any level. The catch-all is paged, again every ${lasting(event.nextAt - event.at)}.`
        : "Still nobody answers. The catch-all is paged again.";
    case "NobodyReachable":
      return `NOBODY CAN BE REACHED: ${unreached(event.unreachable, names)}. The operator is alarmed.`;
    case "PageOpened":
      return `${name(event.person)} is asked (${event.cause === "catch-all" ? "catch-all" : `level ${event.level + 1}`}, code ${event.code}).`;
    case "DeliveryWanted":
      return `${deliveryWords(event)} ${name(event.person)} by ${channelWords[event.channel]}.`;
    case "DeliveryHanded":
      return taken(event, messageTo(event.page, names));
    case "CallPickedUp":
      return pickedUp(event, names);
    case "DeliveryConfirmed":
      return `${capital(messageTo(event.page, names))} arrived on the phone.`;
    case "DeliveryFailed":
      return deliveryFailed(event, names);
    case "DeliveryUncertain":
      return `Nobody knows whether ${messageTo(event.page, names)} went out: ${deliveryReasonWords(event.reason)}.${besides(event)} It is looked up.`;
    case "PageAcknowledged":
      return `${name(event.person)} answered: yes.`;
    case "PageDeclined":
      return `${name(event.person)} declined.`;
    case "PageEscalated":
      return `${name(event.person)} asked for more help and stays.`;
    case "PageExpired":
      return `${name(event.person)} did not answer in time.`;
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
      return `Nothing heard of ${name(event.person)}, who is asked whether it is still in hand (${lasting(event.until - event.at)} to answer).`;
    case "AcknowledgementRenewed":
      return `${name(event.person)} still has it.`;
    case "RequestReopened":
      return event.reason === "forgotten"
        ? `${name(event.person)} no longer answers: somebody else is needed.`
        : `${name(event.person)} gave it back: somebody else is needed.`;
    case "RequestCancelled":
      return `Nobody is needed any more: ${notNeeded[event.reason]}.`;
    case "NoticeWanted":
      return `${name(event.person)} is told by ${channelWords[event.channel]}: ${noticeWords[event.kind]}.`;
    case "NoticeHanded":
      return taken(event, "the notice");
    case "NoticeFailed":
      return `A notice could not be delivered: ${deliveryReasonWords(event.reason)}.${besides(event)}`;
    default:
      return bridgeSentence(event, names);
  }
}

function stoodDown(event: Told<"IncidentStoodDown">, names: Names): string {
  switch (event.reason) {
    case "signal-clear":
      return "Stood down: monitoring says that all is well again.";
    case "resolved-by-person":
      return `Stood down by ${actorName(event.by, names)}.`;
    case "resolved-by-machine":
      return `Stood down: resolved by ${actorName(event.by, names)}.`;
  }
}

function requestOpened(event: Told<"RequestOpened">, names: Names): string {
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

const notNeeded: Readonly<Record<Told<"PageCancelled">["reason"], string>> = {
  "answered-by-another": "somebody else answered",
  "stood-down": "stood down",
  closed: "the incident is closed",
};

const levelCauses: Readonly<Record<LevelCause, string>> = {
  opened: "",
  "not-answered": "Nobody answered in time. ",
  "all-declined": "Everybody asked declined. ",
  escalated: "More help was asked for. ",
  "nobody-reachable": "The level before reaches nobody. ",
  forgotten: "Its owner no longer answers. ",
  "given-back": "Its owner gave it back. ",
  resumed: "No person took it. ",
};

function levelStarted({ level, pass, cause, until, at, people }: Told<"LevelStarted">, names: Names): string {
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

const deliveryWords = ({ cause, attempt }: Told<"DeliveryWanted">): string => {
  switch (cause) {
    case "page":
    case "catch-all":
      return "Paging";
    case "severity-raised":
      return "Severity raised: paging again";
    case "previous-failed":
      return "The way before failed: paging";
    case "retry":
      return `Attempt ${attempt}: paging`;
    case "repeat-after-unknown":
      return "Perhaps a second time, rather than never: paging";
  }
};

const messageTo = (page: string, names: Names): string =>
  names.has(page) ? `the message to ${nameOf(names, page)}` : "the message";

const callTo = (page: string, names: Names): string =>
  names.has(page) ? `the call to ${nameOf(names, page)}` : "the call";

/** None of it is an answer. */
function pickedUp({ page, who }: Told<"CallPickedUp">, names: Names): string {
  const call = callTo(page, names);
  switch (who) {
    case "human":
      return `A person listens to ${call}.`;
    case "machine":
      return `A machine picked up ${call}: that answers nothing.`;
    case "unknown":
      return `${capital(call)} was picked up.`;
  }
}

/** These happen to calls, and are no fault of anybody's. */
const callsEnd = new Set<DeliveryReason>([
  "busy",
  "not-answered",
  "machine-answered",
  "no-key-pressed",
  "call-ended",
]);

function deliveryFailed(event: Told<"DeliveryFailed">, names: Names): string {
  const { page, reason, retryAt, at, operator } = event;
  if (callsEnd.has(reason))
    return `${capital(callTo(page, names))} led to nothing: ${deliveryReasonWords(reason)}.`;
  const next = retryAt === undefined ? "This way is given up." : `Tried again in ${lasting(retryAt - at)}.`;
  const alarm = operator ? " The operator has to mend something." : "";
  return `${capital(messageTo(page, names))} failed: ${deliveryReasonWords(reason)}.${besides(event)} ${next}${alarm}`;
}

const noticeWords: Readonly<Record<NoticeKind, string>> = {
  "all-clear": "all clear, released",
  "stood-down-by-person": "stood down, released",
  closed: "the incident is closed, released",
  "taken-by": "somebody else has it, their page is over",
  "not-answered": "nobody answers who was asked for",
  "still-yours": "is it still in your hands?",
  "severity-raised": "the severity was raised",
  "signal-clear": "the signal is clear, the incident stays open",
  "bridge-open": "the bridge's number and PIN",
  "chat-is-back": "the chat is there again",
  "return-to-chat": "the response goes back to the chat",
};

/** "StandDown" as "stand down". */
const spaced = (command: string): string => command.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
