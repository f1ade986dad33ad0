// No history, however it came about, can make the clerk fail.
import fc from "fast-check";
import { expect, test } from "vitest";
import { incident } from "../../../functions/core/incident/aggregate.ts";
import { bridgeReasons } from "../../../functions/core/incident/bridge/facts.ts";
import type { IncidentEvent, IncidentFact } from "../../../functions/core/incident/events.ts";
import { alertSeverities } from "../../../functions/core/severity.ts";
import { checkoutPolicy, twoPhones } from "../../support/on-call.ts";
import { frozen } from "../../support/spec.ts";

const page = fc.constantFrom("p1", "p2", "p3");
const request = fc.constantFrom("owner", "tea");
const person = fc.constantFrom("ada", "grace");
const notice = fc.constantFrom("n1", "n2");
const instant = fc.integer({ min: 0, max: 1_000_000 });
const small = fc.nat({ max: 3 });
const of = <T extends string>(type: T, fields: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ type: fc.constant(type), ...fields });
const severity = fc.constantFrom(...alertSeverities);
const sample = fc.record({
  alert: fc.string(),
  title: fc.constantFrom("Disk 81% full", "Disk 82% full", "Ledger is wrong"),
  severity,
  since: instant,
});
const urgency = fc.constantFrom("low", "high");
const reason = fc.constantFrom("timed-out", "blocked");
const delivery = fc.constantFrom("p1.0.1", "p1.0.2", "p2.1.1");
const paged = { page, person };
const carried = { page, delivery, channel: fc.constantFrom("sms", "voice", "teams") };
const people = fc.array(person);
const callIn = fc.constantFrom("c1", "c2");
const call = fc.constantFrom("CA1", "CA2", "CA3");
const inRoom = { call, conference: fc.constantFrom("CF1", "CF2"), sequence: small };

const facts: { readonly [type in IncidentFact["type"]]: fc.Arbitrary<unknown> } = {
  IncidentOpened: of("IncidentOpened", { title: fc.string(), severity, drill: fc.boolean(), since: instant }),
  AlertsJoined: of("AlertsJoined", { count: small, samples: fc.array(sample) }),
  AlertsFolded: of("AlertsFolded", { until: instant }),
  SymptomsEnded: of("SymptomsEnded", { samples: fc.array(sample) }),
  LeadAlertChanged: sample.map((lead) => ({ type: "LeadAlertChanged", ...lead })),
  SeverityRaised: of("SeverityRaised", { from: severity, to: severity, urgency }),
  SignalCleared: of("SignalCleared", { verifyAt: instant }),
  SignalReturned: of("SignalReturned"),
  LateCopiesIgnored: of("LateCopiesIgnored", { title: fc.string(), count: small }),
  AllClearBelieved: of("AllClearBelieved"),
  IncidentDeclared: of("IncidentDeclared", {
    codename: fc.string(),
    synopsis: fc.string(),
    sensitive: fc.boolean(),
  }),
  IncidentClosed: of("IncidentClosed"),
  SignedIn: of("SignedIn", { person }),
  CanReported: of("CanReported", {
    conditions: fc.string(),
    actions: fc.string(),
    needs: fc.string(),
    nextDue: instant,
  }),
  IncidentStoodDown: of("IncidentStoodDown", { reason: fc.constant("signal-clear") }),
  CommandRefused: of("CommandRefused", { command: fc.string(), reason: fc.constant("page-unknown") }),
  RequestOpened: of("RequestOpened", {
    request,
    kind: fc.constantFrom("owner", "person", "subject"),
    about: fc.option(person, { nil: undefined }),
    quorum: small,
    urgency,
    policy: fc.constant(checkoutPolicy),
  }),
  LevelStarted: of("LevelStarted", { request, pass: small, level: small, until: instant, people }),
  LevelSkipped: of("LevelSkipped", { request, pass: small, level: small, unreachable: people }),
  CatchAllPaged: of("CatchAllPaged", {
    request,
    round: small,
    reached: fc.boolean(),
    nextAt: instant,
    people,
  }),
  NobodyReachable: of("NobodyReachable", { request, unreachable: people }),
  PageOpened: of("PageOpened", {
    ...paged,
    request,
    code: fc.string(),
    pass: small,
    level: small,
    cause: fc.constantFrom("level", "catch-all", "urgency-raised"),
    steps: fc.constant(twoPhones),
    others: small,
  }),
  DeliveryWanted: of("DeliveryWanted", {
    ...carried,
    step: small,
    attempt: small,
    channel: fc.constant("sms"),
    method: fc.string(),
    cause: fc.constantFrom("page", "retry"),
  }),
  DeliveryHanded: of("DeliveryHanded", { ...carried, receipt: fc.string() }),
  CallPickedUp: of("CallPickedUp", { ...carried, who: fc.constantFrom("human", "machine", "unknown") }),
  ArrivalPromised: of("ArrivalPromised", { request, person, until: instant }),
  DeliveryConfirmed: of("DeliveryConfirmed", carried),
  DeliveryFailed: of("DeliveryFailed", {
    ...carried,
    reason,
    retryAt: fc.option(instant, { nil: undefined }),
  }),
  DeliveryUncertain: of("DeliveryUncertain", { ...carried, reason, until: instant }),
  PageAcknowledged: of("PageAcknowledged", paged),
  PageDeclined: of("PageDeclined", paged),
  PageEscalated: of("PageEscalated", paged),
  PageExpired: of("PageExpired", { ...paged, reason: fc.constantFrom("not-answered", "not-reached") }),
  PageHastened: of("PageHastened", { ...paged, steps: fc.constant(twoPhones) }),
  PageCancelled: of("PageCancelled", { ...paged, reason: fc.constant("stood-down") }),
  RequestTaken: of("RequestTaken", { request, person }),
  RequestSatisfied: of("RequestSatisfied", { request, people, checkAt: instant }),
  RequestPaused: of("RequestPaused", { request, until: instant }),
  RequestResumed: of("RequestResumed", { request }),
  AcknowledgementQuestioned: of("AcknowledgementQuestioned", {
    request,
    person,
    reason: fc.constantFrom("silent", "urgency-raised", "not-told"),
    until: instant,
  }),
  AcknowledgementRenewed: of("AcknowledgementRenewed", { request, person }),
  RequestReopened: of("RequestReopened", {
    request,
    person,
    reason: fc.constantFrom("forgotten", "not-reached"),
  }),
  RequestCancelled: of("RequestCancelled", { request, reason: fc.constant("stood-down") }),
  NoticeWanted: of("NoticeWanted", {
    notice,
    person,
    kind: fc.constantFrom("all-clear", "bridge-open"),
    channel: fc.constant("sms"),
    method: fc.string(),
  }),
  NoticeHanded: of("NoticeHanded", { notice, receipt: fc.string() }),
  NoticeConfirmed: of("NoticeConfirmed", { notice }),
  NoticeUncertain: of("NoticeUncertain", { notice, reason, until: instant }),
  NoticeFailed: of("NoticeFailed", { notice, reason }),
  NoticeUndeliverable: of("NoticeUndeliverable", { person, kind: fc.constant("taken-by") }),
  BridgeWanted: of("BridgeWanted", { reason: fc.constantFrom(...bridgeReasons) }),
  BridgeOpened: of("BridgeOpened", {
    round: small,
    reason: fc.constantFrom(...bridgeReasons),
    pinKey: fc.string(),
    recorded: fc.boolean(),
    announceAt: fc.option(instant, { nil: undefined }),
    ringAbsentAt: fc.option(instant, { nil: undefined }),
  }),
  MovedToBridge: of("MovedToBridge", { ringAbsentAt: instant }),
  AbsentRung: of("AbsentRung", { people, nextAt: fc.option(instant, { nil: undefined }) }),
  CallInWanted: of("CallInWanted", {
    callIn,
    person,
    method: fc.string(),
    cause: fc.constant("absent"),
    drill: fc.boolean(),
  }),
  CallInHanded: of("CallInHanded", { callIn, receipt: call }),
  CallInFailed: of("CallInFailed", { callIn, reason }),
  CallerWaiting: of("CallerWaiting", { call, way: fc.constantFrom("pin", "call-for-help") }),
  WaitingEnded: of("WaitingEnded", { call }),
  CallerAdmitted: of("CallerAdmitted", {
    call,
    way: fc.constant("pin"),
    person: fc.option(person, { nil: undefined }),
  }),
  CallerNamed: of("CallerNamed", { call, recording: fc.string() }),
  HelpRecorded: of("HelpRecorded", { call, recording: fc.string() }),
  CallerJoined: of("CallerJoined", inRoom),
  CallerLeft: of("CallerLeft", inRoom),
  CallerMuted: of("CallerMuted", inRoom),
  CallerUnmuted: of("CallerUnmuted", inRoom),
  ConferenceEnded: of("ConferenceEnded", { conference: fc.constantFrom("CF1", "CF2"), sequence: small }),
  CallerControlWanted: of("CallerControlWanted", { control: fc.string(), call, act: fc.constant("mute") }),
  CallerControlFailed: of("CallerControlFailed", { control: fc.string(), reason }),
  AnnouncementWanted: of("AnnouncementWanted", {
    announcement: fc.string(),
    kind: fc.constant("cadence"),
    nextAt: fc.option(instant, { nil: undefined }),
  }),
  AnnouncementFailed: of("AnnouncementFailed", { announcement: fc.string(), reason }),
  ReturnedToChat: of("ReturnedToChat"),
  BridgeEnded: of("BridgeEnded", { reason: fc.constant("ordered") }),
};

const history = fc.array(
  fc.tuple(fc.oneof(...Object.values(facts)), instant).map(([event, at]) => {
    const by = { kind: "hub", id: "spec", via: "clock", assurance: "internal" };
    return frozen({
      ...(event as object),
      at,
      by,
      cause: "spec",
      configVersion: "v1",
    } as unknown as IncidentEvent);
  }),
  { maxLength: 40 },
);

test("any facts in any order can be replayed, listed and timed", () => {
  fc.assert(
    fc.property(history, (events) => {
      const state = frozen(events.reduce(incident.evolve, frozen(incident.initial)));
      const due = incident.nextDue(state);
      expect(due === undefined || Number.isFinite(due)).toBe(true);
      expect(incident.epoch(state)).toBeLessThanOrEqual(events.length);
      incident.summary(state);
    }),
    { numRuns: 400 },
  );
});

test("a snapshot taken anywhere leads to the same state", () => {
  fc.assert(
    fc.property(history, fc.nat(), (events, anywhere) => {
      const at = events.length === 0 ? 0 : anywhere % events.length;
      const snapshot: unknown = events.slice(0, at).reduce(incident.evolve, incident.initial);
      const restored = JSON.parse(JSON.stringify(snapshot)) as typeof incident.initial;
      const resumed = events.slice(at).reduce(incident.evolve, restored);
      expect(resumed).toEqual(events.reduce(incident.evolve, incident.initial));
      expect(incident.nextDue(resumed)).toBe(
        incident.nextDue(events.reduce(incident.evolve, incident.initial)),
      );
    }),
  );
});
