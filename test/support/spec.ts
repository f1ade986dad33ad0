// given(what happened).when(an order).then(these events): a rule of on-call as one sentence. Orders go through the same
// needs and decide as in the house, with inputs that nobody may change; time is moved by the spec.
import { expect } from "vitest";
import type { Decision } from "../../functions/core/aggregate.ts";
import type { Contact } from "../../functions/core/contact.ts";
import type { Facts, FiringSymptoms } from "../../functions/core/facts.ts";
import { incident } from "../../functions/core/incident/aggregate.ts";
import type { IncidentCommand } from "../../functions/core/incident/commands.ts";
import type { IncidentEvent, IncidentFact } from "../../functions/core/incident/events.ts";
import type { Incident } from "../../functions/core/incident/state.ts";
import type { ServicePlan } from "../../functions/core/policy.ts";
import type { RefusalReason } from "../../functions/core/refusal.ts";
import type { AlertSeverity } from "../../functions/core/severity.ts";
import type { Duration, Instant } from "../../functions/core/time.ts";
import { everybody, type Given, passTime, plan } from "./on-call.ts";

/** A night as far as it has come. */
export interface Night {
  readonly now: Instant;
  readonly state: Incident;
  readonly plan: ServicePlan;
  /** Of further services, by id. */
  readonly subjects: Readonly<Record<string, ServicePlan>>;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly signal: { readonly firing: boolean; readonly alerts: number };
  /** What the store knows to fire. */
  readonly symptoms: FiringSymptoms;
  /** Left out where there is no chat. */
  readonly chat?: Facts["chat"];
  readonly codes: number;
  readonly history: readonly IncidentEvent[];
}

/** What may stand in a `given`: an order, or a change of the world around the hub. */
export type Line = Given | ((night: Night) => Night);

/** The hub looks at its clock whenever something is due, as it does in the house. */
export const pass =
  (time: Duration): Line =>
  (night) => {
    const end = night.now + time;
    let then = carried(night);
    for (let looks = 0; looks < 2_000; looks++) {
      const due = incident.nextDue(then.state);
      if (due === undefined || due > end) return { ...then, now: end };
      then = carried(carryOut({ ...then, now: Math.max(then.now, due) }, passTime).night);
    }
    throw new Error(`The hub spins: due at ${incident.nextDue(then.state)}, and it is ${then.now}`);
  };

/** While the hub works its notices go out within moments; a spec of those that do not moves time by `stall`. */
const carried = (night: Night): Night => ({
  ...night,
  state: frozen({
    ...night.state,
    notices: Object.fromEntries(
      Object.entries(night.state.notices).map(([id, notice]) => [
        id,
        notice.state === "wanted" ? { ...notice, state: "handed" as const } : notice,
      ]),
    ),
  }),
});

/** The hub stands still: time goes by, and it does not look at its clock. */
export const stall =
  (time: Duration): Line =>
  (night) => ({ ...night, now: night.now + time });

export const withPlan =
  (policy: Parameters<typeof plan>[0], more: Partial<ServicePlan> = {}): Line =>
  (night) => ({ ...night, plan: { ...plan(policy), ...more } });
/** Another service that somebody answers for. */
export const withSubject =
  (id: string, policy: Parameters<typeof plan>[0]): Line =>
  (night) => ({
    ...night,
    subjects: { ...night.subjects, [id]: { ...plan(policy), service: id, name: id.toUpperCase() } },
  });
export const withContacts =
  (...contacts: readonly Contact[]): Line =>
  (night) => ({
    ...night,
    contacts: { ...night.contacts, ...Object.fromEntries(contacts.map((c) => [c.person, c])) },
  });
export const monitoringSays =
  (signal: Partial<Night["signal"]>): Line =>
  (night) => ({ ...night, signal: { ...night.signal, ...signal } });
/** These fire, the gravest first, and nothing else. */
export const firing =
  (...alerts: readonly (readonly [title: string, severity: AlertSeverity])[]): Line =>
  (night) => ({
    ...night,
    signal: { ...night.signal, firing: alerts.length > 0 },
    symptoms: {
      alerts: alerts.map(([title, severity]) => ({ alert: `alert of ${title}`, title, severity, since: 0 })),
      whole: true,
    },
  });
/** The chat can't be reached, or it can again. */
export const chatIs =
  (how: "gone" | "there"): Line =>
  (night) => ({
    ...night,
    chat: how === "there" ? { reachable: true } : { reachable: false, lostSince: night.now },
  });
/** A fact as it may stand on a timeline, however it came there. */
export const fact =
  (happened: IncidentFact): Line =>
  (night) =>
    told(night, [
      {
        ...happened,
        at: night.now,
        causeId: "spec",
        configVersion: "v1",
        by: { kind: "hub", id: "spec", via: "clock", assurance: "internal" },
      },
    ]);

export const evening: Night = {
  now: Date.UTC(2026, 10, 21, 2),
  state: frozen(incident.initial),
  plan: plan(),
  subjects: {},
  contacts: everybody,
  signal: { firing: true, alerts: 1 },
  symptoms: { alerts: [], whole: false },
  codes: 0,
  history: [],
};

const told = (night: Night, events: readonly IncidentEvent[]): Night => ({
  ...night,
  state: frozen(events.reduce(incident.evolve, night.state)),
  history: [...night.history, ...events],
});

/** Facts as the house would gather them: those that were asked for and no others. */
function gather(night: Night, command: IncidentCommand): Facts {
  let facts: Facts = { configVersion: "v1", contacts: {}, codes: [] };
  for (const need of incident.needs(night.state, command)) {
    switch (need.need) {
      case "plan": {
        const found = night.state.phase === "unopened" ? night.plan : night.subjects[need.service];
        facts = found === undefined ? facts : { ...facts, plan: found, contacts: night.contacts };
        break;
      }
      case "codename":
        facts = { ...facts, codename: "Osprey" };
        break;
      case "contacts": {
        const asked = need.people.flatMap((id) =>
          Object.hasOwn(night.contacts, id) ? [[id, night.contacts[id]]] : [],
        );
        facts = { ...facts, contacts: { ...facts.contacts, ...Object.fromEntries(asked) } };
        break;
      }
      case "codes":
        facts = { ...facts, codes: Array.from({ length: need.count }, (_, n) => `A${night.codes + n}`) };
        break;
      case "signal":
        facts = { ...facts, signal: night.signal };
        break;
      case "symptoms":
        facts = { ...facts, symptoms: night.symptoms };
        break;
      case "chat":
        facts = night.chat === undefined ? facts : { ...facts, chat: night.chat };
        break;
    }
  }
  return facts;
}

export function carryOut(night: Night, order: Given) {
  const { drill = night.state.signal.drill, ...given } = order;
  const id = `order-${night.history.length}-${night.now}`;
  const command = frozen({ ...given, id, causeId: id, at: night.now, drill });
  const facts = frozen(gather(night, command));
  const decision = incident.decide(night.state, command, facts);
  const after = told({ ...night, codes: night.codes + facts.codes.length }, decision.events);
  return { night: after, decision, command, facts };
}

export const nightOf = (...lines: readonly Line[]): Night => nightFrom(evening, ...lines);

export function nightFrom(start: Night, ...lines: readonly Line[]): Night {
  return lines.reduce<Night>((night, line) => {
    if (typeof line === "function") return line(night);
    const { night: after, decision } = carryOut(night, line);
    if (decision.refusal !== undefined)
      throw new Error(`Given ${line.type}, which was refused: ${decision.refusal.reason}`);
    return after;
  }, start);
}

type Expected = { readonly type: IncidentFact["type"] } & Readonly<Record<string, unknown>>;

const outcome = (night: Night, { events, refusal, claims }: Decision<IncidentEvent>) => ({
  night,
  events,
  claims,
  /** These events, in this order, and no others. */
  // oxlint-disable-next-line unicorn/no-thenable -- a specification is read, never awaited
  then: (...expected: readonly Expected[]) => expect(events).toMatchObject(expected),
  /** These among others, in this order. */
  thenAmong(...expected: readonly Expected[]) {
    const types = new Set(expected.map(({ type }) => type));
    expect(events.filter(({ type }) => types.has(type))).toMatchObject(expected);
  },
  thenNo(...types: readonly IncidentFact["type"][]) {
    expect(events.map(({ type }) => type).filter((type) => types.includes(type))).toEqual([]);
  },
  thenNothing() {
    expect(refusal).toBeUndefined();
    expect(events).toEqual([]);
  },
  thenRefused(reason: RefusalReason, by?: string) {
    expect(refusal).toEqual(by === undefined ? { reason } : { reason, by });
  },
});

export function given(...lines: readonly Line[]) {
  return {
    when(order: Given) {
      const { night, decision } = carryOut(nightOf(...lines), order);
      return outcome(night, decision);
    },
    /** What the hub does of itself in that time. */
    whenPassed(time: Duration) {
      const before = nightOf(...lines);
      const night = nightFrom(before, pass(time));
      return outcome(night, { events: night.history.slice(before.history.length), claims: [] });
    },
  };
}

export function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
