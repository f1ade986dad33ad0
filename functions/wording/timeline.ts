// The timeline in sentences: one for every event, short enough to be read at night.
import type { ChannelName } from "../core/contact.ts";
import type {
  AlertSample,
  DeliveryReason,
  IncidentEvent,
  LevelCause,
  NoticeKind,
} from "../core/incident/events.ts";
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
      return joined(event);
    case "AlertsFolded":
      return `More alerts are coming in. They are listed together in ${lasting(event.until - event.at)}.`;
    case "SymptomsEnded":
      return `Ended: ${titled(event.samples)}.`;
    case "LeadAlertChanged":
      return `Pages now speak of: ${event.title} (${severityWords[event.severity]}).`;
    case "SeverityRaised":
      return `Severity raised from ${severityWords[event.from]} to ${severityWords[event.to]}.`;
    case "SignalCleared":
      return `Monitoring says that nothing fires any more. It is believed if it stays so for ${lasting(event.verifyAt - event.at)}.`;
    case "AllClearBelieved":
      return "All is quiet. The incident was declared, so it stays open until somebody closes it.";
    case "SignalReturned":
      return "Firing again.";
    case "LateCopiesIgnored":
      return `${event.title}: ${event.count === 1 ? "a late copy" : counted(event.count, "late copy", "late copies")} came right after the resolve and paged nobody. If it still fires, the next message pages.`;
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
      return `${deliveryWords(event)} ${name(event.person)} by ${channelWords[event.channel]}.`;
    case "DeliveryHanded":
      return event.found === undefined
        ? taken(event, messageBy(event, names))
        : `${capital(messageTo(event, names))} had gone out before (${event.receipt}). Nothing was sent twice.`;
    case "CallPickedUp":
      return pickedUp(event, names);
    case "DeliveryConfirmed":
      return `${capital(messageTo(event, names))} arrived.`;
    case "DeliveryFailed":
      return deliveryFailed(event, names);
    case "DeliveryUncertain":
      return `${capital(messageTo(event, names))} may or may not have gone out: ${deliveryReasonWords(event.reason)}.${besides(event)} Looked up in ${lasting(event.until - event.at)}.`;
    case "PageAcknowledged":
      return `${name(event.person)} answered: yes.`;
    case "PageDeclined":
      return `${name(event.person)} declined.`;
    case "PageEscalated":
      return `${name(event.person)} asked for more help and stays.`;
    case "PageExpired":
      return event.reason === "not-answered"
        ? `${name(event.person)} did not answer.`
        : `${name(event.person)} could not be reached.`;
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
      return noticeWanted(event, names);
    case "NoticeHanded":
      return taken(event, noticeTo(event, names));
    case "NoticeConfirmed":
      return `${capital(noticeTo(event, names))} arrived.`;
    case "NoticeUncertain":
      return `It is not known whether ${nameIn(names, event)} was told${toldOf(event)}: ${deliveryReasonWords(event.reason)}.${besides(event)} Without a receipt in ${lasting(event.until - event.at)} another way is tried.`;
    case "NoticeFailed":
      return `${capital(nameIn(names, event))} was not told${toldOf(event)}: ${deliveryReasonWords(event.reason)}.${besides(event)}`;
    case "NoticeUndeliverable":
      return `NOT TOLD: ${name(event.person)} has no written way left by which to learn that ${noticeMatters[event.kind]}.`;
    default:
      return bridgeSentence(event, names);
  }
}

function questioned(event: Told<"AcknowledgementQuestioned">, names: Names): string {
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

const reopened: Readonly<Record<Told<"RequestReopened">["reason"], string>> = {
  forgotten: "did not answer",
  "given-back": "gave it back",
  "not-reached": "could not be reached",
};

const askedAs = ({ cause, level }: Told<"PageOpened">): string => {
  switch (cause) {
    case "level":
      return `level ${level + 1}`;
    case "catch-all":
      return "catch-all";
    case "urgency-raised":
      return "it became urgent";
  }
};

function catchAllPaged({ round, reached, nextAt, at }: Told<"CatchAllPaged">): string {
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
    case "missed-call":
      return "The call was missed, so once more: paging";
    case "repeat-after-unknown":
      return `Attempt ${attempt}, unless the one before is found: paging`;
  }
};

interface Message {
  readonly page: string;
  readonly channel: ChannelName;
}

/** "The text to Ada"; without the name where the page is not known. */
const messageTo = ({ page, channel }: Message, names: Names): string =>
  names.has(page) ? `${messages[channel]} to ${nameOf(names, page)}` : messages[channel];

/** "Teams took the message", and not "the Teams message". */
const messageBy = (event: Told<"DeliveryHanded">, names: Names): string =>
  event.carrier === "teams"
    ? messageTo(event, names).replace("Teams message", "message")
    : messageTo(event, names);

const messages: Readonly<Record<ChannelName, string>> = {
  sms: "the text",
  voice: "the call",
  teams: "the Teams message",
};

/** None of it is an answer. */
function pickedUp({ page, who }: Told<"CallPickedUp">, names: Names): string {
  const call = messageTo({ page, channel: "voice" }, names);
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
  const { reason, retryAt, at, operator } = event;
  const message = capital(messageTo(event, names));
  const again = retryAt === undefined ? "" : ` Next attempt in ${lasting(retryAt - at)}.`;
  if (callsEnd.has(reason)) return `${message} led to nothing: ${deliveryReasonWords(reason)}.${again}`;
  const next = retryAt === undefined ? " This way is given up." : again;
  const alarm = operator ? " The operator has to fix something." : "";
  return `${message} failed: ${deliveryReasonWords(reason)}.${besides(event)}${next}${alarm}`;
}

/** "Telling Ada that …", and "Ada was not told that …". */
const noticeMatters: Readonly<Record<NoticeKind, string>> = {
  "all-clear": "all is clear",
  "stood-down-by-person": "the incident was stood down",
  closed: "the incident is closed",
  "taken-by": "somebody else has it",
  "help-came": "the help that they asked for came",
  "not-answered": "nobody has answered the request",
  "still-yours": "an answer is needed to keep it",
  "severity-raised": "the severity was raised",
  "new-alerts": "something else joined the incident",
  "signal-clear": "the signal is clear",
  "bridge-open": "the bridge is open",
  "chat-is-back": "the chat is there again",
  "return-to-chat": "the response goes back to the chat",
};

function noticeWanted({ person, channel, kind, insteadOf }: Told<"NoticeWanted">, names: Names): string {
  const [name, by] = [nameOf(names, person), channelWords[channel]];
  const again = insteadOf === undefined ? "" : "By another way: ";
  return capital(
    kind === "still-yours"
      ? `${again}asking ${name} by ${by} whether it is still in hand.`
      : `${again}telling ${name} by ${by} that ${noticeMatters[kind]}.`,
  );
}

/** Under this a notice stands among the names: no person's id looks like it. */
export const noticeName = (notice: string): string => `notice/${notice}`;

const noticeTo = ({ notice }: { readonly notice: string }, names: Names): string => {
  const to = names.get(noticeName(notice));
  return to === undefined ? "the notice" : `the notice to ${to}`;
};

type Undelivered = Told<"NoticeFailed"> | Told<"NoticeUncertain">;

const nameIn = (names: Names, { person }: Undelivered): string =>
  person === undefined ? "a person" : nameOf(names, person);

/** " by SMS that the severity was raised" */
const toldOf = ({ channel, kind }: Undelivered): string =>
  `${channel === undefined ? "" : ` by ${channelWords[channel]}`}${kind === undefined ? "" : ` that ${noticeMatters[kind]}`}`;

function joined({ count, samples }: Told<"AlertsJoined">): string {
  const what = samples.length === 0 ? "" : `: ${titled(samples)}`;
  if (count > 0) return `${capital(counted(count, "alert"))} joined${what}.`;
  return samples.length === 0 ? "No more alerts joined." : `Firing now${what}.`;
}

const titlesShown = 3;

/** The gravest of them, and how many others. */
function titled(samples: readonly AlertSample[]): string {
  const shown = samples
    .slice(0, titlesShown)
    .map(({ title, severity }) => `${title} (${severityWords[severity]})`);
  const more = samples.length - shown.length;
  return `${shown.join("; ")}${more === 0 ? "" : `, and ${more} more`}`;
}

/** "StandDown" as "stand down". */
const spaced = (command: string): string => command.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
