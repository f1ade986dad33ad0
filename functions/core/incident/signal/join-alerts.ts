// Alerts open an incident or join it. A storm is folded: its size is on the timeline, not its every alert.
import { type Decision, nothing } from "../../aggregate.ts";
import { urgencyOf } from "../../severity.ts";
import { type Duration, seconds } from "../../time.ts";
import { openByRule } from "../bridge/open.ts";
import type { IncidentCommand } from "../commands.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { correlationKey, ownerRequest } from "../paging/names.ts";
import { startLevel } from "../paging/start-level.ts";
import { refuse } from "../refuse.ts";
import { isOver } from "../state.ts";
import { raiseSeverity, raises } from "./raise-severity.ts";

/** An incident takes AlertsJoined at most this often; what comes between is counted beside the stream. */
export const foldFor: Duration = seconds(10);
/** So many of the alerts that are folded are shown. */
const shown = 10;

type JoinAlerts = Extract<IncidentCommand, { type: "JoinAlerts" }>;

export function joinAlerts(draft: Draft, order: JoinAlerts): Decision<IncidentEvent> {
  const { phase, signal } = draft.state();
  if (isOver(phase)) return refuse(draft, "incident-closed");
  if (phase === "unopened") return open(draft, order);
  if (signal.clear !== undefined) draft.add({ type: "SignalReturned" });
  if (raises(draft.state(), order.severity)) raiseSeverity(draft, order.severity);
  const samples = order.samples.slice(0, shown);
  if (order.at - signal.lastJoinedAt >= foldFor || draft.state().signal.severity !== signal.severity) {
    const count = Math.max(order.count, (draft.facts.signal?.alerts ?? 0) + order.count - signal.alerts);
    // An alert that only became worse is in it already.
    if (count > 0) draft.add({ type: "AlertsJoined", count, samples });
  }
  const decision = draft.decision();
  return decision.events.length === 0 ? nothing : decision;
}

function open(draft: Draft, order: JoinAlerts): Decision<IncidentEvent> {
  const plan = draft.facts.plan;
  if (plan === undefined)
    throw new Error(`No plan for service ${order.service}: routing names a service that the config lacks`);
  const { title, service, severity, since, correlation, source, drill, count } = order;
  const samples = order.samples.slice(0, shown);
  const { name: serviceName, importance, policy } = plan;
  const about = { title, service, serviceName, importance, severity, since, correlation, source, drill };
  draft.add({ type: "IncidentOpened", ...about });
  draft.add({ type: "AlertsJoined", count, samples });
  draft.claim({ key: correlationKey(correlation), change: "take", yields: true });
  const urgency = urgencyOf(severity, importance);
  draft.add({ type: "RequestOpened", request: ownerRequest, kind: "owner", quorum: 1, urgency, policy });
  startLevel(draft, ownerRequest, 0, 0, "opened");
  openByRule(draft);
  return draft.decision();
}
