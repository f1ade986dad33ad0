// The table of contents of everything that can be decided about an incident.
import { type Decision, nothing } from "../aggregate.ts";
import type { Facts } from "../facts.ts";
import { may } from "../may.ts";
import type { IncidentCommand } from "./commands.ts";
import { type Draft, draft } from "./draft.ts";
import type { IncidentEvent } from "./events.ts";
import { recordNotice } from "./notices/record-notice.ts";
import { acknowledge, decline, escalate, refuse } from "./paging/answer.ts";
import { recordDelivery } from "./paging/record-delivery.ts";
import { passTime } from "./pass-time.ts";
import { clearSignal } from "./signal/clear-signal.ts";
import { joinAlerts } from "./signal/join-alerts.ts";
import { standDownByOrder } from "./stand-down.ts";
import { type Incident, isOver } from "./state.ts";

export function decide(incident: Incident, command: IncidentCommand, facts: Facts): Decision<IncidentEvent> {
  const story = draft(incident, command, facts);
  if (!may(command.actor, command.type)) return refuse(story, "not-allowed");
  return answersAPage(command) && isOver(incident.phase)
    ? refuse(story, "incident-closed")
    : judge(story, command);
}

const answersAPage = ({ type }: IncidentCommand): boolean =>
  type === "Acknowledge" || type === "Decline" || type === "Escalate";

function judge(story: Draft, command: IncidentCommand): Decision<IncidentEvent> {
  if (story.state().phase === "unopened" && command.type !== "JoinAlerts") return unopened(story, command);
  switch (command.type) {
    case "JoinAlerts":
      return joinAlerts(story, command);
    case "ClearSignal":
      return clearSignal(story);
    case "Acknowledge":
      return acknowledge(story, command.page, command.arrivingIn);
    case "Decline":
      return decline(story, command.page);
    case "Escalate":
      return escalate(story, command.page);
    case "StandDown":
      return standDownByOrder(story);
    case "RecordDelivery":
      return recordDelivery(story, command.delivery, command.page, command.evidence);
    case "RecordNotice":
      return recordNotice(story, command.notice, command.evidence);
    case "PassTime":
      return passTime(story);
  }
}

/** The hub's own orders about an incident that does not exist change nothing; anybody else is told. */
const unopened = (story: Draft, { actor }: IncidentCommand): Decision<IncidentEvent> =>
  actor.kind === "hub" ? nothing : refuse(story, "incident-unknown");
