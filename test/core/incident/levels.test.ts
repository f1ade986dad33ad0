// Who is paged, when, and who next.
import { expect, test } from "vitest";
import { minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  contact,
  decline,
  escalate,
  failed,
  handed,
  levels,
  passTime,
  target,
  twoPhones,
  unreachable,
} from "../../support/on-call.ts";
import { given, nightOf, pass, stall, withContacts, withPlan } from "../../support/spec.ts";

const team = Array.from({ length: 60 }, (_, n) => `member-${n}`);
const wholeTeam = withContacts(...team.map((id) => contact(id)));

test("the first alert opens the incident and pages the first level", () => {
  given()
    .when(alert("critical"))
    .then(
      { type: "IncidentOpened", title: "Checkout answers with 500", serviceName: "Checkout", drill: false },
      { type: "AlertsJoined", count: 1 },
      { type: "RequestOpened", request: "owner", quorum: 1, urgency: "high" },
      { type: "LevelStarted", pass: 0, level: 0, cause: "opened", people: ["ada"] },
      { type: "PageOpened", page: "p1", person: "ada", code: "A0", others: 0 },
      { type: "DeliveryWanted", delivery: "p1.0.1", method: "mobile", cause: "page", drill: false },
    );
});

test("opening takes the correlation key, so that a second incident of it can't open", () => {
  const { claims } = given().when(alert());
  expect(claims[0]).toEqual({ key: "correlation/checkout", change: "take", yields: true });
});

test("a page takes its code for two days, and for an hour a place among the pages that a bare 1 may mean", () => {
  const { claims, night } = given().when(alert());
  expect(claims.slice(1)).toMatchObject([
    { key: "code/A0", change: "take", until: night.now + minutes(48 * 60) },
    { key: "pages-of/ada/A0", change: "take", until: night.now + minutes(60) },
  ]);
});

test("a service that the config lacks is our mistake, not an incident without people", () => {
  expect(() => given((night) => ({ ...night, plan: undefined as never })).when(alert())).toThrow(
    "routing names a service",
  );
});

test("a page that nobody answers expires into the next level", () => {
  given(alert(), handed("p1.0.1"), stall(minutes(5)))
    .when(passTime)
    .then(
      { type: "PageExpired", page: "p1", person: "ada", reason: "not-answered" },
      { type: "LevelStarted", level: 1, cause: "not-answered", people: ["grace"] },
      { type: "PageOpened", page: "p2", person: "grace" },
      { type: "DeliveryWanted", delivery: "p2.0.1" },
    );
});

test("a level has its whole time", () => {
  given(alert(), handed("p1.0.1"), stall(minutes(5) - 1))
    .when(passTime)
    .thenNothing();
});

test("a level of several people pages all of them at once and says how many others", () => {
  given(withPlan(levels(["ada", "grace"])))
    .when(alert())
    .thenAmong(
      { type: "PageOpened", person: "ada", others: 1 },
      { type: "PageOpened", person: "grace", others: 1 },
    );
});

test("somebody who stands in a level twice is paged once", () => {
  given(withPlan(levels(["ada", "ada"])))
    .when(alert())
    .thenAmong({ type: "PageOpened", person: "ada", others: 0 });
});

test("the levels are gone through again as often as the policy says, each pass with pages of its own", () => {
  const { events } = given(withPlan({ repeats: 1 }), alert()).whenPassed(minutes(15));
  expect(events.filter((event) => event.type === "LevelStarted")).toMatchObject([
    { pass: 0, level: 1 },
    { pass: 1, level: 0 },
    { pass: 1, level: 1 },
  ]);
});

test("when the policy is exhausted the catch-all is paged, and the incident says so", () => {
  given(alert(), handed("p1.0.1"), pass(minutes(5)), handed("p2.0.1"), stall(minutes(5)))
    .when(passTime)
    .then(
      { type: "PageExpired", person: "grace" },
      { type: "CatchAllPaged", round: 1, people: ["joan"] },
      { type: "PageOpened", person: "joan", cause: "catch-all" },
      { type: "DeliveryWanted", cause: "catch-all" },
    );
});

test("the catch-all is paged on all channels at once", () => {
  given(withContacts(contact("joan", twoPhones)), withPlan({ levels: [] }))
    .when(alert())
    .thenAmong(
      { type: "DeliveryWanted", method: "private", cause: "catch-all" },
      { type: "DeliveryWanted", method: "work", cause: "catch-all" },
    );
});

test("the catch-all is paged on every way it has, also where its rules know fewer for what is not urgent", () => {
  const joan = contact("joan", twoPhones, [{ method: "private", channel: "sms", after: 0 }]);
  given(withContacts(joan), withPlan({ levels: [] }))
    .when(alert("warning"))
    .thenAmong({ type: "DeliveryWanted", method: "private" }, { type: "DeliveryWanted", method: "work" });
});

test("the catch-all is paged again every five minutes until a human acts", () => {
  const { events } = given(alert(), pass(minutes(10))).whenPassed(minutes(30));
  const rounds = events.filter((event) => event.type === "CatchAllPaged");
  expect(rounds.map(({ round }) => round)).toEqual([2, 3, 4, 5, 6, 7]);
  given(alert(), pass(minutes(20)), acknowledge("joan"))
    .whenPassed(minutes(10))
    .thenNothing();
});

test("after twelve hours of that the catch-all is paged once an hour, so that a weekend fills no timeline", () => {
  const { history } = nightOf(alert(), pass(minutes(60 * 24)));
  const rounds = history.filter((event) => event.type === "CatchAllPaged");
  expect(rounds.length).toBeGreaterThan(144);
  expect(rounds.length).toBeLessThan(160);
});

test("a level that nobody can be reached in is skipped at once, not waited out", () => {
  given(withContacts(unreachable("ada")))
    .when(alert())
    .thenAmong(
      { type: "LevelSkipped", level: 0, unreachable: ["ada"] },
      { type: "LevelStarted", level: 1, cause: "nobody-reachable", people: ["grace"] },
    );
});

test("when nobody at all can be reached the incident says so, again and again, until somebody can", () => {
  const nobody = withContacts(unreachable("ada"), unreachable("grace"), unreachable("joan"));
  given(nobody)
    .when(alert())
    .thenAmong({ type: "CatchAllPaged", people: [] }, { type: "NobodyReachable", unreachable: ["joan"] });
  given(nobody, alert(), withContacts(contact("joan")))
    .whenPassed(minutes(5))
    .thenAmong({ type: "PageOpened", person: "joan" });
});

test("when every way of a level failed, the next level rings at once", () => {
  given(alert())
    .when(failed("p1.0.1"))
    .then(
      { type: "DeliveryFailed", delivery: "p1.0.1", reason: "number-invalid" },
      { type: "PageExpired", page: "p1", reason: "not-reached" },
      { type: "LevelStarted", level: 1, cause: "nobody-reachable" },
      { type: "PageOpened", person: "grace" },
      { type: "DeliveryWanted" },
    );
});

test("a level is not given up while one of it can still be reached", () => {
  given(withPlan(levels(["ada", "kay"], ["grace"])), alert())
    .when(failed("p1.0.1"))
    .then({ type: "DeliveryFailed" }, { type: "PageExpired", person: "ada" });
});

test("more than twenty-five people of a level are paged in several decisions that follow at once", () => {
  const opened = nightOf(wholeTeam, withPlan(levels(team)), alert());
  expect(Object.keys(opened.state.paging.pages)).toHaveLength(25);
  const { state, now } = nightOf(wholeTeam, withPlan(levels(team)), alert(), pass(0));
  expect(now).toBe(opened.now);
  expect(new Set(Object.values(state.paging.pages).map(({ person }) => person))).toEqual(new Set(team));
});

test("more than twenty-five people of the catch-all are paged likewise, and each once a round", () => {
  const crowd = withPlan({ levels: [], catchAll: team.map(target) });
  const { state } = nightOf(wholeTeam, crowd, alert(), pass(seconds(1)));
  expect(Object.values(state.paging.pages).map(({ person }) => person)).toEqual(team);
});

test("twenty-five who decline do not speak for those who are not paged yet", () => {
  const night = nightOf(wholeTeam, withPlan(levels(team, ["grace"])), alert());
  const declines = Object.values(night.state.paging.pages).map(({ id, person }) => decline(person, id));
  const { history } = nightOf(wholeTeam, withPlan(levels(team, ["grace"])), alert(), ...declines);
  expect(history.filter((event) => event.type === "LevelStarted")).toHaveLength(1);
});

test("whoever said 'I stay' is not paged again by the levels that follow", () => {
  const { state } = nightOf(
    withPlan({ ...levels(["ada"], ["ada", "grace"]), repeats: 1 }),
    alert(),
    escalate("ada", "p1"),
    pass(minutes(20)),
  );
  expect(Object.values(state.paging.pages).filter(({ person }) => person === "ada")).toHaveLength(1);
});

test("after a stall one level rings, and its clock starts from then", () => {
  const { events, night } = given(alert(), handed("p1.0.1"), stall(minutes(60))).when(passTime);
  expect(events).toMatchObject([
    { type: "PageExpired", person: "ada" },
    { type: "LevelStarted", level: 1, until: night.now + minutes(5) },
    { type: "PageOpened", person: "grace" },
    { type: "DeliveryWanted" },
  ]);
});

test("nobody is skipped for time in which the hub stood still and sent nothing", () => {
  given(alert(), stall(minutes(60)))
    .when(passTime)
    .then(
      { type: "LevelStarted", level: 0, cause: "resumed", people: ["ada"] },
      { type: "DeliveryWanted", page: "p1", cause: "repeat-after-unknown" },
    );
});

test("a level whose pages were sent by nobody, though the clock ran on time, does not hold up the next one", () => {
  given(alert(), stall(minutes(5)))
    .when(passTime)
    .thenAmong({ type: "LevelStarted", level: 1, cause: "not-reached" });
});

test("a drill is a drill in each of its messages", () => {
  const { history } = nightOf(alert("critical", 1, true), pass(minutes(30)), acknowledge("joan"));
  const outbound = history.filter(
    (event) => event.type === "DeliveryWanted" || event.type === "NoticeWanted",
  );
  expect(outbound.length).toBeGreaterThan(3);
  expect(outbound.every((event) => event.drill)).toBe(true);
  expect(nightOf(alert("critical", 1, true)).state.signal.drill).toBe(true);
});
