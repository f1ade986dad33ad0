// The table of contents of everything that can be decided about an incident.
import { type Decision, nothing } from "../aggregate.ts";
import type { Facts } from "../facts.ts";
import { may } from "../may.ts";
import { callIn, recordCallIn } from "./bridge/call-in.ts";
import { controlCaller, failAnnouncement, failControl } from "./bridge/control.ts";
import { endBridgeByOrder, returnToChat } from "./bridge/end.ts";
import { letIn } from "./bridge/let-in.ts";
import { moveToBridge, openBridge, setUpBridge, tellChatIsBack } from "./bridge/open.ts";
import { isInCommand } from "./bridge/responders.ts";
import { admitCaller, nameCaller, recordHelp, recordRoom } from "./bridge/room.ts";
import { endWaiting } from "./bridge/waiting.ts";
import { report } from "./can/report.ts";
import { close } from "./close.ts";
import type { IncidentCommand } from "./commands.ts";
import { declare } from "./declare.ts";
import { type Draft, draft } from "./draft.ts";
import type { IncidentEvent } from "./events.ts";
import { recordNotice } from "./notices/record-notice.ts";
import { acknowledge, decline, escalate } from "./paging/answer.ts";
import { pagePerson, pageSubject } from "./paging/ask-for.ts";
import { recordDelivery } from "./paging/record-delivery.ts";
import { passTime } from "./pass-time.ts";
import { refuse } from "./refuse.ts";
import { signIn } from "./roster/sign-in.ts";
import { mayAct } from "./sensitive.ts";
import { clearSignal } from "./signal/clear-signal.ts";
import { joinAlerts } from "./signal/join-alerts.ts";
import { recordLateCopies } from "./signal/late-copies.ts";
import { standDownByOrder } from "./stand-down.ts";
import { type Incident, isOver } from "./state.ts";

export function decide(incident: Incident, command: IncidentCommand, facts: Facts): Decision<IncidentEvent> {
  const story = draft(incident, command, facts);
  const refused = may(command.actor, command.type, isInCommand(incident, command.actor));
  if (refused !== undefined) return refuse(story, refused);
  if (!mayAct(incident, command.actor, command.type)) return refuse(story, "not-invited");
  return wantsItOpen.has(command.type) && isOver(incident.phase)
    ? refuse(story, "incident-closed")
    : judge(story, command);
}

/** Of an incident that is over these are refused by that name; everything else about it changes nothing. */
const wantsItOpen: ReadonlySet<IncidentCommand["type"]> = new Set([
  "Acknowledge",
  "Decline",
  "Escalate",
  "Declare",
  "SignIn",
  "Report",
  "PagePerson",
  "PageSubject",
  "OpenBridge",
  "CallIn",
  "AdmitCaller",
  "LetIn",
]);

function judge(story: Draft, command: IncidentCommand): Decision<IncidentEvent> {
  if (story.state().phase === "unopened" && command.type !== "JoinAlerts") return unopened(story, command);
  switch (command.type) {
    case "JoinAlerts":
      return joinAlerts(story, command);
    case "ClearSignal":
      return clearSignal(story, command);
    case "RecordLateCopies":
      return recordLateCopies(story, command);
    case "Acknowledge":
      return acknowledge(story, command.page, command.arrivingIn);
    case "Decline":
      return decline(story, command.page);
    case "Escalate":
      return escalate(story, command.page);
    case "StandDown":
      return standDownByOrder(story);
    case "Declare":
      return declare(story, command);
    case "Close":
      return close(story);
    case "SignIn":
      return signIn(story);
    case "Report":
      return report(story, command);
    case "PagePerson":
      return pagePerson(story, command.person);
    case "PageSubject":
      return pageSubject(story, command.service);
    case "RecordDelivery":
      return recordDelivery(story, command.delivery, command.page, command.evidence);
    case "RecordNotice":
      return recordNotice(story, command.notice, command.evidence);
    case "PassTime":
      return passTime(story);
    case "OpenBridge":
      return openBridge(story);
    case "MoveToBridge":
      return moveToBridge(story, command.lostSince);
    case "TellChatIsBack":
      return tellChatIsBack(story);
    case "SetUpBridge":
      return setUpBridge(story, command.round, command.pinKey);
    case "EndBridge":
      return endBridgeByOrder(story);
    case "ReturnToChat":
      return returnToChat(story);
    case "CallIn":
      return callIn(story, command.person);
    case "ControlCaller":
      return controlCaller(story, command.call, command.act);
    case "LetIn":
      return letIn(story, command.call);
    case "EndWaiting":
      return endWaiting(story, command.call);
    case "RecordCallIn":
      return recordCallIn(story, command.callIn, command.evidence);
    case "FailControl":
      return failControl(story, command.control, command.reason);
    case "FailAnnouncement":
      return failAnnouncement(story, command.announcement, command.reason);
    case "AdmitCaller":
      return admitCaller(story, command);
    case "NameCaller":
      return nameCaller(story, command.call, command.recording);
    case "RecordHelp":
      return recordHelp(story, command.call, command.recording);
    case "RecordRoom":
      return recordRoom(story, command.conference, command.sequence, command.happened);
  }
}

/** The hub's own orders about an incident that does not exist change nothing; anybody else is told. */
const unopened = (story: Draft, { actor }: IncidentCommand): Decision<IncidentEvent> =>
  actor.kind === "hub" ? nothing : refuse(story, "incident-unknown");
