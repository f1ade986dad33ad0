// Which facts a decision wants, so that the dispatcher fetches them and the decision itself stays pure.
import type { Need } from "../facts.ts";
import { targetsOf } from "../policy.ts";
import { type Instant, isDue } from "../time.ts";
import {
  commanderOf,
  responders,
  respondersAndAsked,
  toldOfBridge,
  toldOfNews,
  toldOfRequest,
} from "./bridge/responders.ts";
import { helpSeekerWaits } from "./bridge/state.ts";
import type { IncidentCommand } from "./commands.ts";
import { noticeDue } from "./notices/pass-time.ts";
import { ownerRequest } from "./paging/names.ts";
import { pagesPerDecision } from "./paging/reach.ts";
import { endsAtOnce, mayEnd } from "./signal/clear-signal.ts";
import { joinsAtOnce } from "./signal/join-alerts.ts";
import { newsDue } from "./signal/news.ts";
import { raises } from "./signal/raise-severity.ts";
import { type Incident, isOver, type PageRequest, waitsForProof } from "./state.ts";

export function needs(incident: Incident, command: IncidentCommand): readonly Need[] {
  // What is over pages nobody; a notice of its end may still have to go by another way.
  if (isOver(incident.phase)) return ofNotices(incident, command);
  switch (command.type) {
    case "JoinAlerts":
      return incident.phase === "unopened"
        ? [{ need: "plan", service: command.service }, codes]
        : [...toJoin(incident, command), ...(raises(incident, command.severity) ? toPageAnew(incident) : [])];
    case "ClearSignal":
      return [{ need: "signal" }, ...(takesEnds(incident, command) ? [symptoms] : [])];
    case "StandDown":
    case "Close":
      return [{ need: "signal" }, ...contactsOf(responders(incident))];
    case "Declare":
      return [{ need: "codename" }];
    case "SignIn":
      return [...toCount(incident), ...toMeet(incident, command)];
    case "PagePerson":
      return [...contactsOf([command.person, command.actor.id, ...lastResort(incident)]), codes];
    case "PageSubject":
      return [
        { need: "plan", service: command.service },
        ...contactsOf([command.actor.id, ...lastResort(incident)]),
        codes,
      ];
    case "PassTime":
      return [
        ...toPage(incident),
        ...contactsOf(owners(incident)),
        ...ofNotices(incident, command),
        ...ofNews(incident, command.at),
        ...(incident.bridge.ringAbsentAt === undefined ? [] : contactsOf(responders(incident))),
        ...(waitsForProof(incident.signal)
          ? [{ need: "signal" } as const, symptoms, ...contactsOf(responders(incident))]
          : []),
      ];
    case "Decline":
      return toPage(incident);
    case "Escalate":
      return [...toPage(incident), ...toMeet(incident, command)];
    case "RecordDelivery":
      return command.evidence.outcome === "giveUp" ? toPage(incident) : [];
    case "RecordNotice":
      return ofNotices(incident, command);
    case "Acknowledge":
      return [...toCount(incident), ...toMeet(incident, command)];
    case "SetUpBridge":
      return contactsOf(toldOfBridge(incident));
    case "MoveToBridge":
    case "ReturnToChat":
    case "TellChatIsBack":
      return contactsOf(respondersAndAsked(incident));
    case "AdmitCaller":
      return command.way === "call-for-help" ? contactsOf(responders(incident)) : [];
    case "LetIn":
      // From a screen the responder's phone rings; on the phone the responder is on the way.
      return command.actor.via === "voice" ? [] : contactsOf([command.actor.id]);
    case "RecordCallIn":
      return contactsOf(calledForHelp(incident, command.callIn));
    case "CallIn":
      return contactsOf([command.person ?? command.actor.id]);
    default:
      return [];
  }
}

const symptoms: Need = { need: "symptoms" };

/** Nothing is looked up for alerts that are only counted. */
function toJoin(
  incident: Incident,
  command: Extract<IncidentCommand, { type: "JoinAlerts" }>,
): readonly Need[] {
  if (!joinsAtOnce(incident, command)) return [];
  const { foldUntil, clear } = incident.signal;
  const isKnown = foldUntil === undefined && clear === undefined && command.count > 0;
  return [{ need: "signal" }, ...(isKnown ? [] : [symptoms])];
}

const takesEnds = (
  incident: Incident,
  { at, ended }: Extract<IncidentCommand, { type: "ClearSignal" }>,
): boolean => mayEnd(incident, ended) && endsAtOnce(incident, at);

/** At the end of a fold, and when news of what joined is due. */
function ofNews(incident: Incident, now: Instant): readonly Need[] {
  const { foldUntil } = incident.signal;
  const isFoldOver = isDue(foldUntil, now);
  const mayTell = isFoldOver || isDue(newsDue(incident), now);
  return [
    ...(isFoldOver ? [{ need: "signal" } as const, symptoms] : []),
    ...(mayTell ? contactsOf(toldOfNews(incident)) : []),
  ];
}

/** The other ways to those whose notices failed, or were never heard of. */
function ofNotices({ notices }: Incident, command: IncidentCommand): readonly Need[] {
  if (command.type === "PassTime")
    return contactsOf([
      ...new Set(
        Object.values(notices).flatMap((notice) =>
          isDue(noticeDue(notice), command.at) ? [notice.person] : [],
        ),
      ),
    ]);
  const notice = command.type === "RecordNotice" ? notices[command.notice] : undefined;
  return notice === undefined ? [] : contactsOf([notice.person]);
}

/** A decision may go through several levels before it finds somebody, so it knows them all. */
const codes: Need = { need: "codes", count: pagesPerDecision };

function toPage(incident: Incident): readonly Need[] {
  const requests = Object.values(incident.paging.requests);
  const people = [...new Set([...peopleOf(requests), ...toldIfNobodyComes(incident)])];
  return people.length === 0 ? [] : [{ need: "contacts", people }, codes];
}

/** Who has it may have taken it without being on any level. */
const toPageAnew = (incident: Incident): readonly Need[] => [
  ...toPage(incident),
  ...contactsOf(owners(incident)),
];

const toldIfNobodyComes = (incident: Incident): readonly string[] =>
  Object.values(incident.paging.requests)
    .filter(({ kind, state }) => kind !== "owner" && state.name !== "cancelled")
    // Who asked for it is told where the commander is lost in the same decision.
    .flatMap((request) => [
      ...toldOfRequest(incident, request),
      ...(request.askedBy === undefined ? [] : [request.askedBy]),
    ]);

/** Whoever has something in hand may be asked whether that is still so. */
const owners = ({ paging }: Incident): readonly string[] =>
  Object.values(paging.requests).flatMap(({ state }) => (state.name === "satisfied" ? [state.owner] : []));

/** Whoever is paged, or told, when nobody comes who was asked for. */
const lastResort = (incident: Incident): readonly string[] => {
  const catchAll = incident.paging.requests[ownerRequest]?.policy.catchAll ?? [];
  const commander = commanderOf(incident);
  return [...catchAll.map(({ id }) => id), ...(commander === undefined ? [] : [commander])];
};

/** Whether enough have answered depends on how many could. */
function toCount(incident: Incident): readonly Need[] {
  return contactsOf(peopleOf(Object.values(incident.paging.requests).filter(({ quorum }) => quorum > 1)));
}

/** Whoever joins a response is told where it meets; the second of them asks whether the chat is there. */
function toMeet(incident: Incident, { actor }: IncidentCommand): readonly Need[] {
  if (incident.bridge.name === "open" || helpSeekerWaits(incident.bridge)) return contactsOf([actor.id]);
  return responders(incident).some((person) => person !== actor.id) ? [{ need: "chat" }] : [];
}

/** Whoever does not answer while a caller for help waits may be rung again. */
function calledForHelp({ bridge }: Incident, name: string): readonly string[] {
  const callIn = bridge.callIns[name];
  return callIn?.cause === "caller-waits" ? [callIn.person] : [];
}

const contactsOf = (people: readonly string[]): readonly Need[] =>
  people.length === 0 ? [] : [{ need: "contacts", people }];

const peopleOf = (requests: readonly PageRequest[]): readonly string[] => [
  ...new Set(requests.flatMap(({ policy }) => targetsOf(policy)).map((target) => target.id)),
];
