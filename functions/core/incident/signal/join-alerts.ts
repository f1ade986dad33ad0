// Alerts open an incident or join it. A storm is folded: its size and its symptoms are on the timeline, not its every alert.
import { type Decision, nothing } from "../../aggregate.ts";
import { isWorse, urgencyOf } from "../../severity.ts";
import { openByRule } from "../bridge/open.ts";
import type { IncidentCommand } from "../commands.ts";
import type { Draft } from "../draft.ts";
import type { AlertSample, IncidentEvent } from "../events.ts";
import { correlationKey, ownerRequest } from "../paging/names.ts";
import { startLevel } from "../paging/start-level.ts";
import { refuse } from "../refuse.ts";
import { type Incident, isOver } from "../state.ts";
import { foldFor, foldUntilLater } from "./fold.ts";
import { raiseSeverity, raises } from "./raise-severity.ts";
import { survey } from "./survey.ts";

export type JoinAlerts = Extract<IncidentCommand, { type: "JoinAlerts" }>;

export function joinAlerts(draft: Draft, order: JoinAlerts): Decision<IncidentEvent> {
  const { phase, signal } = draft.state();
  if (isOver(phase)) return refuse(draft, "incident-closed");
  if (phase === "unopened") return open(draft, order);
  const joins = joinsAtOnce(draft.state(), order);
  if (signal.clear !== undefined) draft.add({ type: "SignalReturned" });
  if (raises(draft.state(), order.severity)) raiseSeverity(draft, order.severity);
  if (joins) {
    const counted = draft.facts.signal?.alerts ?? 0;
    survey(draft, {
      count: Math.max(order.count, counted + order.count - signal.alerts),
      brought: broughtBy(order),
      ended: [],
    });
  } else if (order.count > 0) foldUntilLater(draft, signal.lastJoinedAt);
  const decision = draft.decision();
  return decision.events.length === 0 ? nothing : decision;
}

/** At most every ten seconds, unless it is graver than what pages say, or takes back what they say. */
export function joinsAtOnce(incident: Incident, order: JoinAlerts): boolean {
  const { signal } = incident;
  if (order.at - signal.lastJoinedAt >= foldFor && order.count > 0) return true;
  if (signal.clear !== undefined) return true;
  if (raises(incident, order.severity) || isWorse(order.severity, signal.lead.severity)) return true;
  // A listed alert became less grave: what is said of it is not so any more.
  return order.samples.some(({ alert, severity }) =>
    signal.symptoms.some((symptom) => symptom.alert === alert && isWorse(symptom.severity, severity)),
  );
}

const broughtBy = ({ title, severity, since, samples }: JoinAlerts): readonly AlertSample[] =>
  samples.length > 0 ? samples : [{ alert: "", title, severity, since }];

function open(draft: Draft, order: JoinAlerts): Decision<IncidentEvent> {
  const plan = draft.facts.plan;
  if (plan === undefined)
    throw new Error(`No plan for service ${order.service}: routing names a service that the config lacks`);
  const { title, service, severity, since, correlation, source, drill, count } = order;
  const { name: serviceName, importance, policy } = plan;
  const about = { title, service, serviceName, importance, severity, since, correlation, source, drill };
  draft.add({ type: "IncidentOpened", ...about });
  survey(draft, { count, brought: broughtBy(order), ended: [] });
  draft.claim({ key: correlationKey(correlation), change: "take", yields: true });
  const urgency = urgencyOf(severity, importance);
  draft.add({ type: "RequestOpened", request: ownerRequest, kind: "owner", quorum: 1, urgency, policy });
  startLevel(draft, ownerRequest, 0, 0, "opened");
  openByRule(draft);
  return draft.decision();
}
