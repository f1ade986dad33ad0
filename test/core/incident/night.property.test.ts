// Whole nights at random: whatever people, machines, providers and the clock do, what never gives holds at every step.
import fc from "fast-check";
import { expect, test } from "vitest";
import { incident } from "../../../functions/core/incident/aggregate.ts";
import { helpSeekerWaits, inTheRoom, isInTheRoom } from "../../../functions/core/incident/bridge/state.ts";
import type { IncidentCommand } from "../../../functions/core/incident/commands.ts";
import type { IncidentEvent } from "../../../functions/core/incident/events.ts";
import { asks, rings } from "../../../functions/core/incident/paging/look-up.ts";
import { isHeldUp } from "../../../functions/core/incident/paging/progress.ts";
import {
  type Incident,
  isOver,
  type Page,
  type PageDelivery,
} from "../../../functions/core/incident/state.ts";
import { alertSeverities } from "../../../functions/core/severity.ts";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import * as orders from "../../support/on-call.ts";
import * as onBridge from "../../support/on-the-bridge.ts";
import { carryOut, evening, frozen, type Night, nightFrom, pass } from "../../support/spec.ts";

const people = ["ada", "grace", "joan", "kay", "zed"];
const somebody = fc.constantFrom(...people);
const some = fc.uniqueArray(somebody, { maxLength: 4 });
const steps = fc.array(
  fc
    .record({
      method: fc.constantFrom("private", "work", "phone"),
      after: fc.constantFrom(0, seconds(30), minutes(3)),
    })
    .map((step) => ({ ...step, channel: step.method === "phone" ? ("voice" as const) : ("sms" as const) })),
  { minLength: 1, maxLength: 3 },
);

const world = fc.record({
  levels: fc.array(
    fc.record({
      targets: some.map((ids) => ids.map(orders.target)),
      within: fc.constantFrom(minutes(1), minutes(5), minutes(20)),
    }),
    { maxLength: 3 },
  ),
  repeats: fc.nat({ max: 2 }),
  catchAll: some.map((ids) => ids.map(orders.target)),
  contacts: fc.tuple(...["ada", "grace", "joan", "kay"].map((id) => fc.tuple(fc.constant(id), steps, steps))),
  quorum: fc.constantFrom(1, 1, 2, 3),
  bridge: fc.option(
    fc.record({
      opens: fc.constantFrom("at-once" as const, "when-critical" as const, "without-chat" as const),
      announceEvery: fc.constantFrom(minutes(1), minutes(30)),
      recorded: fc.boolean(),
    }),
    { nil: undefined },
  ),
  drill: fc.boolean(),
});

/** One thing that happens; `pick` chooses a page or a delivery among those there are. */
const happening = fc.record({
  what: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("pass", "stall", "pass time") },
    { weight: 6, arbitrary: fc.constantFrom("handed", "confirmed", "busy", "erred", "failed", "uncertain") },
    {
      weight: 4,
      arbitrary: fc.constantFrom("missed", "machine picks up", "account refused", "sender broken"),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom("notice handed", "notice failed", "notice uncertain", "notice arrived"),
    },
    { weight: 5, arbitrary: fc.constantFrom("acknowledge", "decline", "escalate", "take", "ask for more") },
    { weight: 3, arbitrary: fc.constantFrom("alert", "resolved", "clear", "machine acknowledges") },
    { weight: 3, arbitrary: fc.constantFrom("another alert", "one symptom ends", "late copies") },
    { weight: 1, arbitrary: fc.constantFrom("stand down", "machine resolves", "close") },
    {
      weight: 4,
      arbitrary: fc.constantFrom("declare", "sign in", "report", "page person", "page subject", "promise"),
    },
    { weight: 4, arbitrary: fc.constantFrom("open bridge", "set up bridge", "chat is gone", "chat is back") },
    {
      weight: 5,
      arbitrary: fc.constantFrom("call me", "call in", "let in", "call-in rings", "call-in fails"),
    },
    { weight: 6, arbitrary: fc.constantFrom("comes in", "leaves", "is muted", "room closes") },
    {
      weight: 2,
      arbitrary: fc.constantFrom("mute", "remove", "end bridge", "back to the chat", "caller waits"),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom("stranger comes", "responder lets in", "waiting ends"),
    },
  ),
  pick: fc.nat(),
  who: somebody,
  severity: fc.constantFrom(...alertSeverities),
  title: fc.constantFrom("Disk 81% full", "Payments fail", "Latency is high", "Queue grows"),
  time: fc.constantFrom(
    0,
    seconds(1),
    seconds(5),
    seconds(15),
    minutes(1),
    minutes(2),
    minutes(6),
    minutes(30),
  ),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const { handed, confirmed, busy, erred, failed, uncertain } = orders;
const missed = (delivery: string) => orders.callEnded(delivery, "not-answered");
const evidence = { handed, confirmed, busy, erred, failed, uncertain, missed };
const refused = (delivery: string, reason: "account-refused" | "sender-misconfigured") =>
  orders.report(delivery, { outcome: "giveUp", reason, operator: true });

const pagesOf = ({ paging }: Incident): readonly Page[] => Object.values(paging.pages);
const deliveriesOf = (state: Incident): readonly PageDelivery[] =>
  pagesOf(state).flatMap(({ deliveries }) => deliveries);
const picked = <T>(from: readonly T[], pick: number): T | undefined => from[pick % Math.max(from.length, 1)];

const ways = ["pin", "call-in", "call-for-help"] as const;

function orderOf(night: Night, { what, pick, who, severity, title }: Happening): orders.Given | undefined {
  const page = picked(pagesOf(night.state), pick);
  const delivery = picked(deliveriesOf(night.state), pick)?.id;
  const notice = picked(Object.keys(night.state.notices), pick);
  const call = `CA${pick % 4}`;
  const conference = `CF${pick % 3}`;
  switch (what) {
    case "alert":
      return { ...orders.alert(severity), drill: night.state.signal.drill };
    case "another alert":
      return { ...orders.alertOf(title, severity), drill: night.state.signal.drill };
    case "clear":
    case "resolved":
      return orders.allResolved;
    case "one symptom ends":
      return orders.resolved(title);
    case "late copies":
      return { type: "RecordLateCopies", title, count: 1, actor: orders.allResolved.actor };
    case "acknowledge":
      return page && orders.acknowledge(page.person, page.id);
    case "decline":
      return page && orders.decline(page.person, page.id);
    case "escalate":
      return page && orders.escalate(page.person, page.id);
    case "take":
      return orders.acknowledge(who);
    case "ask for more":
      return orders.escalate(who);
    case "machine acknowledges":
      return orders.machineAcknowledges;
    case "machine resolves":
      return orders.machineResolves;
    case "stand down":
      return orders.standDown(who);
    case "declare":
      return orders.declare(who);
    case "close":
      return orders.close(who);
    case "sign in":
      return orders.signIn(who);
    case "report":
      return orders.reportCan(who);
    case "page person":
      return orders.pagePerson(who, picked(people, pick) ?? who);
    case "page subject":
      return orders.pageSubject(who, picked(["network", "storage", "nothing"], pick) ?? "");
    case "promise":
      return { ...orders.acknowledge(who), type: "Acknowledge", arrivingIn: minutes(20) };
    case "pass time":
      return orders.passTime;
    case "open bridge":
      return onBridge.openBridge(who);
    case "caller waits":
      return onBridge.callerWaits;
    case "set up bridge":
      return onBridge.setUp(night.state.bridge.round + (pick % 3));
    case "chat is gone":
      return onBridge.chatIsGone;
    case "chat is back":
      return onBridge.chatIsBack;
    case "call me":
      return onBridge.callMe(who);
    case "call in":
      return onBridge.callIn(who, picked(people, pick) ?? who);
    case "let in":
      return onBridge.admitted(call, pick % 2 === 0 ? { person: who } : {}, picked(ways, pick));
    case "stranger comes":
      return onBridge.admitted(call, { number: `n${pick % 3}` }, pick % 2 === 0 ? "pin" : "call-for-help");
    case "responder lets in":
      return onBridge.letIn(who, pick % 2 === 0 ? call : undefined);
    case "waiting ends":
      return onBridge.endWaiting(call);
    case "call-in rings":
      return onBridge.rings(`c${1 + (pick % 4)}`, call);
    case "call-in fails":
      return onBridge.notAnswered(`c${1 + (pick % 4)}`);
    case "comes in":
      return onBridge.joins(call, pick % 9, conference);
    case "leaves":
      return onBridge.leaves(call, pick % 9, conference);
    case "is muted":
      return onBridge.news(pick % 9, { what: "mute", call }, conference);
    case "room closes":
      return onBridge.ends(pick % 9, conference);
    case "mute":
    case "remove":
      return onBridge.control(who, what, call);
    case "end bridge":
      return onBridge.endBridge(who);
    case "back to the chat":
      return onBridge.returnToChat(who);
    case "handed":
    case "confirmed":
    case "busy":
    case "erred":
    case "failed":
    case "uncertain":
    case "missed":
      return delivery === undefined ? undefined : evidence[what](delivery);
    case "machine picks up":
      return delivery === undefined ? undefined : orders.pickedUp(delivery, "machine");
    case "account refused":
      return delivery === undefined ? undefined : refused(delivery, "account-refused");
    case "sender broken":
      return delivery === undefined ? undefined : refused(delivery, "sender-misconfigured");
    case "notice handed":
      return notice === undefined
        ? undefined
        : orders.noticed(notice, { outcome: "handed", receipt: `SM-${notice}` });
    case "notice failed":
      return notice === undefined
        ? undefined
        : orders.noticed(notice, { outcome: "giveUp", reason: "blocked", operator: false });
    case "notice uncertain":
      return notice === undefined
        ? undefined
        : orders.noticed(notice, { outcome: "unknown", reason: "timed-out" });
    case "notice arrived":
      return notice === undefined ? undefined : orders.noticed(notice, { outcome: "confirmed" });
    default:
      return undefined;
  }
}

/** What monitoring and the store know once this has happened. */
function monitored(night: Night, { what, title, severity, pick }: Happening): Night {
  const { signal, symptoms } = night;
  const others = symptoms.alerts.filter((each) => each.title !== title);
  switch (what) {
    case "alert":
      return { ...night, signal: { firing: true, alerts: signal.alerts + 1 } };
    case "another alert": {
      // The store's index may not know of it yet.
      const known = pick % 2 === 0 ? [{ alert: `alert of ${title}`, title, severity, since: 0 }] : [];
      return {
        ...night,
        signal: { firing: true, alerts: signal.alerts + 1 },
        symptoms: { alerts: [...known, ...others], whole: pick % 3 === 0 },
      };
    }
    case "one symptom ends":
      return { ...night, symptoms: { ...symptoms, alerts: others } };
    case "resolved":
      return { ...night, signal: { ...signal, firing: false }, symptoms: { alerts: [], whole: true } };
    default:
      return night;
  }
}

/** Carries one order out and holds everything against it that never gives. */
function step(night: Night, order: orders.Given): Night {
  const { night: after, decision, command, facts } = carryOut(night, order);
  expect(incident.decide(night.state, command, facts)).toEqual(decision);
  const restored = JSON.parse(JSON.stringify(night.state)) as Incident;
  expect(incident.decide(restored, command, facts)).toEqual(decision);
  fitsOneTransaction(decision.events, decision.claims.length);
  ringsOnlyWhoIsAsked(night.state, decision.events);
  epochGrows(night.state, after.state, command);
  answersOnlyItsOwn(night.state, after.state, command);
  timeAnswersForNobody(night.state, command, decision.events);
  endsAsDeclared(night.state, decision.events);
  pinIsHeldWhileOpen(after.state);
  onePageEach(after.state);
  nothingDangles(after);
  return after;
}

function fitsOneTransaction(events: readonly IncidentEvent[], claims: number): void {
  const opened = events.filter(({ type }) => type === "PageOpened").length;
  expect(opened).toBeLessThanOrEqual(25);
  // Two names for each page that is opened and for each of at most twenty that are asked anew, or the codes, the PIN and the
  // codename that an end gives back.
  expect(claims).toBeLessThanOrEqual(Math.max(2 * opened + 1, 43) + 40);
}

/** Nobody is asked the same thing by two pages at once. */
function onePageEach(state: Incident): void {
  const open = pagesOf(state).filter((page) => page.state === "open");
  expect(new Set(open.map(({ request, person }) => `${request} ${person}`)).size).toBe(open.length);
}

function ringsOnlyWhoIsAsked(before: Incident, events: readonly IncidentEvent[]): void {
  let state = before;
  for (const event of events) {
    if (event.type === "DeliveryWanted") {
      const page = state.paging.pages[event.page];
      expect(rings(state, page)).toBe(true);
      expect(page?.deliveries.map(({ id }) => id)).not.toContain(event.delivery);
    }
    if (event.type === "CallInWanted") {
      if (event.cause === "caller-waits") expect(helpSeekerWaits(state.bridge)).toBe(true);
      else expect(state.bridge.name).toBe("open");
      expect(isInTheRoom(state.bridge, event.person)).toBe(false);
    }
    if (event.type === "CallerAdmitted") comesInRightly(state, event);
    if (event.type === "AnnouncementWanted") expect(inTheRoom(state.bridge)).not.toEqual([]);
    if ("drill" in event && event.type !== "IncidentOpened") expect(event.drill).toBe(state.signal.drill);
    state = incident.evolve(state, event);
  }
}

/** A caller whom the config does not know comes in by PIN, or because a responder let the call in; the removed stay out. */
function comesInRightly(
  { bridge }: Incident,
  { call, way, person, number }: Extract<IncidentEvent, { type: "CallerAdmitted" }>,
): void {
  if (bridge.callers[call]?.letIn === true) return;
  if (person === undefined) {
    expect(way).not.toBe("call-for-help");
    expect(bridge.barred.numbers).not.toContain(number);
  } else if (way === "pin" || way === "call-for-help") expect(bridge.barred.people).not.toContain(person);
}

/** An acknowledgement satisfies the request that it answers, and no other. */
function answersOnlyItsOwn(before: Incident, after: Incident, command: IncidentCommand): void {
  if (command.type !== "Acknowledge") return;
  const changed = Object.values(after.paging.requests).filter(
    ({ id, state }) => state.name !== before.paging.requests[id]?.state.name,
  );
  expect(changed.length).toBeLessThanOrEqual(1);
  const page = command.page === undefined ? undefined : before.paging.pages[command.page];
  if (page !== undefined) expect([[], [page.request]]).toContainEqual(changed.map(({ id }) => id));
}

/** That a page was answered is said only of somebody who did, or who has come into the room. */
function timeAnswersForNobody(
  { bridge }: Incident,
  { type }: IncidentCommand,
  events: readonly IncidentEvent[],
): void {
  if (type !== "PassTime") return;
  for (const event of events)
    if (event.type === "PageAcknowledged") expect(isInTheRoom(bridge, event.person)).toBe(true);
}

/** What was declared is ended by a person's order alone, and keeps its name until then. */
function endsAsDeclared(before: Incident, events: readonly IncidentEvent[]): void {
  let state = before;
  for (const event of events) {
    if (event.type === "IncidentClosed") expect(state.phase).toBe("declared");
    if (event.type === "IncidentStoodDown" && state.phase === "declared")
      expect(event.reason).toBe("resolved-by-person");
    if (event.type === "IncidentDeclared") expect(state.phase).toBe("triage");
    state = incident.evolve(state, event);
    if (state.phase === "declared" || state.phase === "closed") expect(state.declaration).toBeDefined();
  }
}

/** Whoever looks for a room finds it while it is open, and not after. */
function pinIsHeldWhileOpen({ bridge, phase }: Incident): void {
  expect(bridge.pinKey !== undefined).toBe(bridge.name === "open");
  if (isOver(phase)) expect(["none", "ended"]).toContain(bridge.name);
  expect(bridge.ringings).toBeLessThanOrEqual(3);
}

/** What a sender may carry: it looks for just this, and asks whether the epoch is still the same. */
const allowed = (state: Incident): readonly string[] =>
  pagesOf(state)
    .filter((page) => page.state === "open")
    .flatMap(({ deliveries }) => deliveries.filter((d) => d.state === "wanted"))
    .map(({ id }) => id);

function epochGrows(before: Incident, after: Incident, command: IncidentCommand): void {
  expect(after.paging.epoch).toBeGreaterThanOrEqual(before.paging.epoch);
  const still = new Set(allowed(after));
  // Its own sender's report needs no growth: that sender has its lease.
  const own = command.type === "RecordDelivery" ? command.delivery : undefined;
  const dropped = allowed(before).filter((id) => !still.has(id) && id !== own);
  if (dropped.length > 0) expect(after.paging.epoch).toBeGreaterThan(before.paging.epoch);
}

/** Something is always going to happen next, not before its time, and never the same nothing again and again. */
function nothingDangles({ state, ...night }: Night): void {
  const due = incident.nextDue(state);
  if (state.phase === "unopened" || isOver(state.phase)) {
    // Words of the end may still be on their way.
    const underWay = Object.values(state.notices).filter(
      (n) => n.state === "wanted" || n.state === "uncertain",
    );
    if (underWay.length === 0) expect(due).toBeUndefined();
    expect(pagesOf(state).filter((page) => page.state === "open")).toEqual([]);
    return;
  }
  for (const { id, state: asked } of Object.values(state.paging.requests)) {
    if (asked.name === "open" || asked.name === "paused") expect(due).toBeDefined();
    else
      expect(
        pagesOf(state).filter(
          (page) =>
            page.request === id &&
            page.state === "open" &&
            // The owner, paged anew, has time to answer.
            !(asked.name === "satisfied" && asked.asked && asks(page, asked.owner)),
        ),
      ).toEqual([]);
  }
  if (due === undefined) return;
  if (due > night.now) {
    const early = carryOut({ ...night, state, now: due - 1 }, orders.passTime);
    expect(early.decision.events).toEqual([]);
  }
  const then = carryOut({ ...night, state, now: Math.max(due, night.now) }, orders.passTime);
  expect(then.decision.events.length).toBeGreaterThan(0);
}

function passing(night: Night, time: number): Night {
  const end = night.now + time;
  let then = night;
  for (let looks = 0; looks < 2_000; looks++) {
    const due = incident.nextDue(then.state);
    if (due === undefined || due > end) return { ...then, now: end };
    then = step({ ...then, now: Math.max(then.now, due) }, orders.passTime);
  }
  throw new Error("The hub spins");
}

function nextNight(night: Night, event: Happening): Night {
  if (event.what === "pass") return passing(night, event.time);
  if (event.what === "stall") return { ...night, now: night.now + event.time };
  const order = orderOf(night, event);
  return order === undefined ? night : step(monitored(night, event), order);
}

function opened({
  contacts,
  quorum,
  drill,
  bridge,
  ...policy
}: typeof world extends fc.Arbitrary<infer T> ? T : never) {
  const reachable = Object.fromEntries(
    contacts.map(([id, high, low]) => [id, orders.contact(id, high, low)]),
  );
  const night = {
    ...evening,
    plan: orders.plan({ ...policy, ...(bridge === undefined ? {} : { bridge }) }),
    contacts: reachable,
    subjects: {
      network: orders.plan({ ...orders.levels(["kay", "grace"], ["joan"]), repeats: 1 }),
      storage: orders.plan(policy),
    },
  };
  const first = step(night, orders.alert("warning", 1, drill));
  const owner = first.state.paging.requests["owner"];
  if (owner === undefined) throw new Error("the incident opened without a request");
  const requests = { owner: { ...owner, quorum } };
  return { ...first, state: frozen({ ...first.state, paging: { ...first.state.paging, requests } }) };
}

test("whatever happens, no page dangles, nobody rings unasked, and the clock never spins", () => {
  fc.assert(
    fc.property(world, fc.array(happening, { maxLength: 25 }), (given, night) => {
      night.reduce(nextNight, opened(given));
    }),
    { numRuns: 250 },
  );
});

test("whatever happened, if nobody answers any more the catch-all ends up being paged", () => {
  fc.assert(
    fc.property(world, fc.array(happening, { maxLength: 12 }), (given, night) => {
      const { state, ...rest } = night.reduce(nextNight, opened(given));
      const before = Object.keys(state.paging.pages);
      const hush = pass(hours(4));
      const end = nightFrom({ ...rest, state, signal: { firing: true, alerts: 1 } }, hush);
      if (isOver(end.state.phase)) return;
      for (const request of Object.values(end.state.paging.requests)) {
        if (request.state.name === "satisfied" && request.state.checkAt === undefined) continue;
        expect(request.catchAll).toBeDefined();
        expect(request.state.name).toBe("open");
      }
      for (const page of before.map((id) => end.state.paging.pages[id]))
        if (page?.state === "open") expect(isHeldUp(page)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("once somebody has it, nobody's phone rings for it without a reason on the timeline", () => {
  const reasons = new Set([
    "RequestReopened",
    "LevelStarted",
    "CatchAllPaged",
    "RequestResumed",
    "AcknowledgementQuestioned",
  ]);
  fc.assert(
    fc.property(world, fc.array(happening, { maxLength: 25 }), (given, night) => {
      const { history } = night.reduce(nextNight, opened(given));
      const taken = new Set<string>();
      const requestOf = new Map<string, string>();
      for (const event of history) {
        if (event.type === "PageOpened") requestOf.set(event.page, event.request);
        if (event.type === "RequestSatisfied") taken.add(event.request);
        if (reasons.has(event.type) && "request" in event) taken.delete(event.request ?? "");
        if (event.type === "DeliveryWanted") expect(taken).not.toContain(requestOf.get(event.page));
      }
    }),
    { numRuns: 150 },
  );
});
