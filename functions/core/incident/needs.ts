// Which facts a decision wants, so that the dispatcher fetches them and the decision itself stays pure.
import type { Need } from "../facts.ts";
import { targetsOf } from "../policy.ts";
import {
  commanderOf,
  responders,
  respondersAndAsked,
  toldOfBridge,
  toldOfRequest,
} from "./bridge/responders.ts";
import type { IncidentCommand } from "./commands.ts";
import { ownerRequest } from "./paging/names.ts";
import { pagesPerDecision } from "./paging/reach.ts";
import { raises } from "./signal/raise-severity.ts";
import { type Incident, isOver, type PageRequest, waitsForProof } from "./state.ts";

export function needs(incident: Incident, command: IncidentCommand): readonly Need[] {
  if (isOver(incident.phase)) return [];
  switch (command.type) {
    case "JoinAlerts":
      return incident.phase === "unopened"
        ? [{ need: "plan", service: command.service }, codes]
        : [{ need: "signal" }, ...(raises(incident, command.severity) ? toPageAnew(incident) : [])];
    case "ClearSignal":
      return [{ need: "signal" }];
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
        ...(incident.bridge.ringAbsentAt === undefined ? [] : contactsOf(responders(incident))),
        ...(waitsForProof(incident.signal)
          ? [{ need: "signal" } as const, ...contactsOf(responders(incident))]
          : []),
      ];
    case "Decline":
      return toPage(incident);
    case "Escalate":
      return [...toPage(incident), ...toMeet(incident, command)];
    case "RecordDelivery":
      return command.evidence.outcome === "giveUp" ? toPage(incident) : [];
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
    case "RecordRoom":
      return bringsHelpSeeker(incident, command) ? contactsOf(responders(incident)) : [];
    case "RecordCallIn":
      return contactsOf(calledForHelp(incident, command.callIn));
    case "CallIn":
      return contactsOf([command.person ?? command.actor.id]);
    default:
      return [];
  }
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
    .flatMap((request) => toldOfRequest(incident, request));

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
  if (incident.bridge.name === "open") return contactsOf([actor.id]);
  return responders(incident).some((person) => person !== actor.id) ? [{ need: "chat" }] : [];
}

const bringsHelpSeeker = (
  { bridge }: Incident,
  { happened }: Extract<IncidentCommand, { type: "RecordRoom" }>,
): boolean => happened.what === "join" && bridge.callers[happened.call]?.way === "call-for-help";

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
