// A small believable organisation, and the orders that its night on call is made of.
import type { Actor } from "../../functions/core/command.ts";
import type { Contact, ContactStep } from "../../functions/core/contact.ts";
import type { DeliveryEvidence, IncidentOrder } from "../../functions/core/incident/commands.ts";
import type { Policy, ServicePlan } from "../../functions/core/policy.ts";
import type { AlertSeverity } from "../../functions/core/severity.ts";
import { minutes } from "../../functions/core/time.ts";

/** An order with whoever gives it. */
export type Given = IncidentOrder & { readonly actor: Actor; readonly drill?: boolean };

export const target = (id: string) => ({ kind: "person", id }) as const;

/** Ada first, then Grace; Joan when nobody answers. */
export const checkoutPolicy: Policy = {
  id: "checkout",
  levels: [
    { targets: [target("ada")], within: minutes(5) },
    { targets: [target("grace")], within: minutes(5) },
  ],
  repeats: 0,
  catchAll: [target("joan")],
  catchAllEvery: minutes(5),
  askAfter: minutes(15),
  resumeAfter: minutes(5),
};

export const plan = (policy: Partial<Policy> = {}): ServicePlan => ({
  service: "checkout",
  name: "Checkout",
  importance: "normal",
  policy: { ...checkoutPolicy, ...policy },
});

export const levels = (...people: readonly (readonly string[])[]): Pick<Policy, "levels"> => ({
  levels: people.map((ids) => ({ targets: ids.map(target), within: minutes(5) })),
});

export const contact = (
  person: string,
  high: readonly ContactStep[] = [{ method: "mobile", channel: "sms", after: 0 }],
  low: readonly ContactStep[] = high,
): Contact => ({
  person,
  methods: [...new Map([...high, ...low].map(({ method, channel }) => [method, channel]))].map(
    ([id, channel]) => ({ id, channel }),
  ),
  steps: { high, low },
});

export const unreachable = (person: string): Contact => ({
  person,
  methods: [{ id: "mobile", channel: "sms", unusable: "bounced" }],
  steps: { high: [], low: [] },
});

/** Texted and called at once. */
export const textAndCall: readonly ContactStep[] = [
  { method: "sms", channel: "sms", after: 0 },
  { method: "voice", channel: "voice", after: 0 },
];

/** The private phone at once, the work phone a minute later. */
export const twoPhones: readonly ContactStep[] = [
  { method: "private", channel: "sms", after: 0 },
  { method: "work", channel: "sms", after: minutes(1) },
];

export const everybody: Readonly<Record<string, Contact>> = Object.fromEntries(
  ["ada", "grace", "joan", "kay"].map((person) => [person, contact(person)]),
);

const hub = (id: string): Actor => ({ kind: "hub", id, via: "clock", assurance: "internal" });
const person = (id: string): Actor => ({ kind: "person", id, via: "sms", assurance: "number" });
export const signedIn = (id: string): Actor => ({ kind: "person", id, via: "web", assurance: "signed-in" });
const machine: Actor = { kind: "machine", id: "jenkins", via: "api", assurance: "signed-in" };

export const alert = (severity: AlertSeverity = "critical", count = 1, drill = false): Given => ({
  type: "JoinAlerts",
  service: "checkout",
  correlation: "checkout",
  source: "prometheus",
  title: "Checkout answers with 500",
  severity,
  since: 0,
  count,
  samples: [],
  drill,
  actor: hub("handle-alert"),
});

/** An alert with a title of its own. */
export const alertOf = (title: string, severity: AlertSeverity = "critical", count = 1) =>
  ({
    ...alert(severity, count),
    title,
    samples: [{ alert: `alert of ${title}`, title, severity, since: 0 }],
  }) as Given;
export const resolved = (...ended: readonly string[]): Given => ({
  type: "ClearSignal",
  ended,
  actor: hub("handle-alert"),
});
export const allResolved: Given = { type: "ClearSignal", ended: [], actor: hub("handle-alert") };
export const acknowledge = (by: string, page?: string): Given => ({
  type: "Acknowledge",
  ...(page === undefined ? {} : { page }),
  actor: page === undefined ? signedIn(by) : person(by),
});
export const machineAcknowledges: Given = { type: "Acknowledge", actor: machine };
export const machineResolves: Given = { type: "StandDown", actor: machine };
export const decline = (by: string, page: string): Given => ({ type: "Decline", page, actor: person(by) });
export const escalate = (by: string, page?: string): Given => ({
  type: "Escalate",
  ...(page === undefined ? {} : { page }),
  actor: page === undefined ? signedIn(by) : person(by),
});
export const standDown = (by: string): Given => ({ type: "StandDown", actor: signedIn(by) });
export const declare = (
  by: string,
  said: { readonly synopsis?: string; readonly sensitive?: boolean } = {},
): Given => ({ type: "Declare", ...said, actor: signedIn(by) });
export const close = (by: string): Given => ({ type: "Close", actor: signedIn(by) });
export const signIn = (by: string): Given => ({ type: "SignIn", actor: person(by) });
export const reportCan = (by: string, conditions = "Half of the payments fail", needs = ""): Given => ({
  type: "Report",
  conditions,
  actions: "",
  needs,
  actor: person(by),
});
export const pagePerson = (by: string, whom: string): Given => ({
  type: "PagePerson",
  person: whom,
  actor: signedIn(by),
});
export const pageSubject = (by: string, service: string): Given => ({
  type: "PageSubject",
  service,
  actor: signedIn(by),
});
export const passTime: Given = { type: "PassTime", actor: hub("fire-timers") };

export const report = (delivery: string, evidence: DeliveryEvidence): Given => ({
  type: "RecordDelivery",
  delivery,
  page: delivery.split(".")[0] ?? "",
  evidence,
  actor: hub("send-page"),
});
export const handed = (delivery: string) =>
  report(delivery, { outcome: "handed", receipt: `SM-${delivery}` });
export const confirmed = (delivery: string) => report(delivery, { outcome: "confirmed" });
export const failed = (delivery: string) =>
  report(delivery, { outcome: "giveUp", reason: "number-invalid", operator: false });
export const busy = (delivery: string, after?: number) =>
  report(delivery, {
    outcome: "retry",
    reason: "rate-limited",
    ...(after === undefined ? {} : { after }),
  });
export const erred = (delivery: string) => report(delivery, { outcome: "retry", reason: "provider-error" });
/** Of a call: somebody or something picked up. */
export const pickedUp = (delivery: string, who: "human" | "machine" | "unknown") =>
  report(delivery, { outcome: "pickedUp", who, receipt: `CA-${delivery}` });
export const callEnded = (
  delivery: string,
  reason: "busy" | "not-answered" | "no-key-pressed" | "call-ended",
) => report(delivery, { outcome: "giveUp", reason, operator: false });
/** What became of a notice. */
export const noticed = (notice: string, evidence: DeliveryEvidence): Given => ({
  type: "RecordNotice",
  notice,
  evidence,
  actor: hub("send-notice"),
});
export const uncertain = (delivery: string) => report(delivery, { outcome: "unknown", reason: "timed-out" });
