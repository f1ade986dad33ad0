// An incident needs somebody more: a person, or whoever answers for a service. Each is a request of its own.
import { expect, test } from "vitest";
import { minutes } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  contact,
  declare,
  decline,
  escalate,
  handed,
  levels,
  machineAcknowledges,
  pagePerson,
  pageSubject,
  signIn,
  standDown,
  target,
  textAndCall,
  unreachable,
} from "../../support/on-call.ts";
import { given, nightOf, pass, withContacts, withPlan, withSubject } from "../../support/spec.ts";

const adaHasIt = [alert(), handed("p1.0.1"), acknowledge("ada", "p1")] as const;
const network = withSubject("network", { ...levels(["kay"], ["grace"]), catchAll: [target("joan")] });

test("a person is asked at once, has five minutes, and answers a request of its own", () => {
  const asked = [...adaHasIt, pagePerson("ada", "grace")] as const;
  given(...adaHasIt)
    .when(pagePerson("ada", "grace"))
    .then(
      { type: "RequestOpened", request: "r1", kind: "person", about: "grace", quorum: 1, urgency: "high" },
      { type: "LevelStarted", request: "r1", people: ["grace"] },
      { type: "PageOpened", page: "p2", request: "r1", person: "grace", cause: "level" },
      { type: "DeliveryWanted", page: "p2", person: "grace" },
      { type: "AcknowledgementRenewed", request: "owner", person: "ada" },
    );
  given(...asked)
    .when(acknowledge("grace", "p2"))
    .then(
      { type: "PageAcknowledged", page: "p2" },
      { type: "RequestSatisfied", request: "r1", people: ["grace"] },
    );
});

test("however small the alarm was, whoever is asked for is rung at once, and stays so when it gets worse", () => {
  const low = withContacts(
    contact("grace", textAndCall, [{ method: "sms", channel: "sms", after: minutes(10) }]),
  );
  given(low, alert("info"), acknowledge("ada", "p1"))
    .when(pagePerson("ada", "grace"))
    .thenAmong({ type: "DeliveryWanted", channel: "sms" }, { type: "DeliveryWanted", channel: "voice" });
  const { night } = given(low, alert("info"), acknowledge("ada", "p1"), pagePerson("ada", "grace")).when(
    alert("warning"),
  );
  expect(night.state.paging.requests["r1"]?.urgency).toBe("high");
  expect(night.state.paging.requests["owner"]?.urgency).toBe("low");
});

test("an answer satisfies its own request only", () => {
  const { night } = given(alert(), pagePerson("kay", "grace")).when(acknowledge("grace", "p2"));
  expect(night.state.paging.requests["r1"]?.state).toMatchObject({ name: "satisfied", owner: "grace" });
  expect(night.state.paging.requests["owner"]?.state.name).toBe("open");
  expect(night.state.paging.pages["p1"]?.state).toBe("open");
  const other = given(alert(), pagePerson("kay", "grace")).when(acknowledge("ada", "p1")).night;
  expect(other.state.paging.requests["r1"]?.state.name).toBe("open");
  expect(other.state.paging.pages["p2"]?.state).toBe("open");
});

test("without a page an answer speaks of what that person is asked, and otherwise of the whole incident", () => {
  given(alert(), pagePerson("kay", "grace"))
    .when(acknowledge("grace"))
    .thenAmong({ type: "RequestSatisfied", request: "r1" });
  given(...adaHasIt, pagePerson("ada", "grace"))
    .when(acknowledge("grace"))
    .thenAmong({ type: "PageAcknowledged", page: "p2" });
  given(alert(), pagePerson("kay", "grace"))
    .when(acknowledge("joan"))
    .thenAmong({ type: "RequestTaken", request: "owner" });
  given(alert(), pagePerson("kay", "grace"))
    .when(machineAcknowledges)
    .then({ type: "RequestPaused", request: "owner" });
});

test("a late answer without a page speaks of what that person was asked, and not of the command", () => {
  const late = [pagePerson("kay", "grace"), pass(minutes(6))] as const;
  given(...adaHasIt, pagePerson("ada", "grace"), pass(minutes(6)))
    .when(acknowledge("grace"))
    .thenAmong({ type: "RequestSatisfied", request: "r1", people: ["grace"] });
  given(withPlan(levels(["ada"], ["joan"])), alert(), ...late)
    .when(acknowledge("grace"))
    .thenAmong({ type: "RequestSatisfied", request: "r1", people: ["grace"] });
});

test("nobody comes: whoever commands is told, and the owner's last resort is paged until a human acts", () => {
  const asked = [...adaHasIt, pagePerson("ada", "grace"), handed("p2.0.1")] as const;
  given(...asked)
    .whenPassed(minutes(5))
    .then(
      { type: "PageExpired", page: "p2", person: "grace" },
      { type: "CatchAllPaged", request: "r1", round: 1, people: ["joan"] },
      { type: "NoticeWanted", kind: "not-answered", person: "ada", about: "grace", request: "r1" },
      { type: "PageOpened", request: "r1", person: "joan", cause: "catch-all" },
      { type: "DeliveryWanted", person: "joan", cause: "catch-all" },
    );
  given(...asked, pass(minutes(5)), handed("p4.0.1"))
    .whenPassed(minutes(5))
    .then(
      { type: "PageExpired", person: "joan" },
      { type: "CatchAllPaged", round: 2, people: ["joan"] },
      { type: "PageOpened", person: "joan" },
      { type: "DeliveryWanted", person: "joan" },
    );
  given(...asked, pass(minutes(5)))
    .when(acknowledge("joan", "p4"))
    .thenAmong({ type: "RequestSatisfied", request: "r1", people: ["joan"] });
});

test("a late yes of the person asked for still counts", () => {
  given(...adaHasIt, pagePerson("ada", "grace"), handed("p2.0.1"), pass(minutes(6)))
    .when(acknowledge("grace", "p2"))
    .thenAmong(
      { type: "PageAcknowledged", page: "p2" },
      { type: "PageCancelled", person: "joan" },
      { type: "RequestSatisfied", request: "r1", people: ["grace"] },
    );
});

test("a no goes to the last resort at once, and to whoever commands", () => {
  given(...adaHasIt, pagePerson("ada", "grace"))
    .when(decline("grace", "p2"))
    .thenAmong(
      { type: "PageDeclined", person: "grace" },
      { type: "CatchAllPaged", people: ["joan"] },
      { type: "NoticeWanted", kind: "not-answered", person: "ada" },
    );
});

test("whoever works on it already is not paged for who is missing, and whoever is missing is nobody's last resort", () => {
  const duty = withPlan({ catchAll: [target("ada"), target("grace"), target("joan")] });
  given(duty, ...adaHasIt, pagePerson("ada", "grace"))
    .whenPassed(minutes(5))
    .thenAmong({ type: "CatchAllPaged", people: ["joan"] });
  // Where nobody else is left, somebody is paged all the same.
  given(withPlan({ catchAll: [target("ada"), target("grace")] }), ...adaHasIt, pagePerson("ada", "grace"))
    .whenPassed(minutes(5))
    .thenAmong({ type: "CatchAllPaged", people: ["ada"] });
  given(withPlan({ catchAll: [target("grace")] }), ...adaHasIt, pagePerson("ada", "grace"))
    .whenPassed(minutes(5))
    .thenAmong({ type: "CatchAllPaged", people: ["grace"] });
});

test("while nobody commands, whoever asked is told that nobody came", () => {
  given(withPlan(levels(["ada"], ["joan"])), alert(), pagePerson("kay", "grace"))
    .whenPassed(minutes(5))
    .thenAmong({
      type: "NoticeWanted",
      kind: "not-answered",
      person: "kay",
      channel: "sms",
      method: "mobile",
    });
});

test("whoever commands is told as well when it is given back, also if no policy names them", () => {
  given(alert(), acknowledge("kay"), pagePerson("kay", "grace"), acknowledge("grace", "p3"))
    .when(decline("grace", "p3"))
    .thenAmong({ type: "RequestReopened" }, { type: "NoticeWanted", kind: "not-answered", person: "kay" });
});

test("a subject is asked for by the policy of its service, of which one has to answer", () => {
  given(network, ...adaHasIt)
    .when(pageSubject("ada", "network"))
    .thenAmong(
      {
        type: "RequestOpened",
        request: "r1",
        kind: "subject",
        about: "network",
        aboutName: "NETWORK",
        quorum: 1,
      },
      { type: "PageOpened", request: "r1", person: "kay" },
    );
  given(network, ...adaHasIt, pageSubject("ada", "network"))
    .whenPassed(minutes(10))
    .thenAmong(
      { type: "LevelStarted", request: "r1", people: ["grace"] },
      { type: "CatchAllPaged", request: "r1", people: ["joan"] },
      { type: "NoticeWanted", kind: "not-answered", person: "ada", request: "r1" },
    );
});

test("whoever asks for a subject and answers for it too is not rung by their own order, while others can be", () => {
  const own = withSubject("network", { ...levels(["ada"], ["grace"]), catchAll: [target("ada")] });
  given(own, ...adaHasIt)
    .when(pageSubject("ada", "network"))
    .thenAmong({ type: "LevelSkipped", level: 0 }, { type: "PageOpened", person: "grace" });
  given(withSubject("network", { ...levels(["ada"]), catchAll: [target("ada")] }), ...adaHasIt)
    .when(pageSubject("ada", "network"))
    .thenAmong({ type: "PageOpened", person: "ada", cause: "catch-all" });
});

test("the same person or subject is asked for once while the request is open", () => {
  given(...adaHasIt, pagePerson("ada", "grace"))
    .when(pagePerson("ada", "grace"))
    .thenRefused("already-asked");
  given(network, ...adaHasIt, pageSubject("ada", "network"))
    .when(pageSubject("ada", "network"))
    .thenRefused("already-asked");
  given(...adaHasIt, pagePerson("ada", "grace"), acknowledge("grace", "p2"))
    .when(pagePerson("ada", "grace"))
    .thenAmong({ type: "RequestOpened", request: "r2" });
  given(network, ...adaHasIt, pageSubject("ada", "network"))
    .when(pagePerson("ada", "kay"))
    .thenAmong({ type: "RequestOpened", request: "r2", kind: "person" });
});

test("nobody who is unknown, or whom nothing reaches, can be asked for", () => {
  for (const who of ["mallory", "__proto__", "constructor", ""])
    given(...adaHasIt)
      .when(pagePerson("ada", who))
      .thenRefused("person-unknown");
  given(withContacts(unreachable("kay")), ...adaHasIt)
    .when(pagePerson("ada", "kay"))
    .thenRefused("person-unreachable");
  given(...adaHasIt)
    .when(pageSubject("ada", "nothing"))
    .thenRefused("service-unknown");
});

test("only whoever commands asks for more people, and is known by more than a number", () => {
  given(...adaHasIt)
    .when(pagePerson("kay", "grace"))
    .thenRefused("not-in-command");
  given(...adaHasIt)
    .when({
      ...pagePerson("ada", "grace"),
      actor: { kind: "person", id: "ada", via: "sms", assurance: "number" },
    })
    .thenRefused("not-allowed");
});

test("whoever answers a further request works on it, and commands nothing", () => {
  const night = nightOf(...adaHasIt, pagePerson("ada", "grace"), acknowledge("grace", "p2"));
  given(...adaHasIt, pagePerson("ada", "grace"), acknowledge("grace", "p2"))
    .when(declare("grace"))
    .thenRefused("not-in-command");
  expect(night.state.paging.requests["owner"]?.state).toMatchObject({ owner: "ada" });
});

test("an arrival answers every request that person was asked by", () => {
  given(alert(), pagePerson("kay", "ada"))
    .when(signIn("ada"))
    .thenAmong(
      { type: "PageAcknowledged", page: "p1" },
      { type: "RequestSatisfied", request: "owner", people: ["ada"] },
      { type: "PageAcknowledged", page: "p2" },
      { type: "RequestSatisfied", request: "r1", people: ["ada"] },
    );
});

test("whoever was asked for by name, said no and comes all the same has come: nobody else is rung", () => {
  given(...adaHasIt, pagePerson("ada", "grace"), decline("grace", "p2"))
    .when(signIn("grace"))
    .thenAmong(
      { type: "PageAcknowledged", page: "p2", person: "grace" },
      { type: "PageCancelled", person: "joan" },
      { type: "RequestSatisfied", request: "r1", people: ["grace"] },
    );
  given(network, ...adaHasIt, pageSubject("ada", "network"), decline("kay", "p2"))
    .when(signIn("kay"))
    .thenNo("PageAcknowledged");
});

test("a helper who falls silent is asked, and rung again; the command stays where it is", () => {
  const night = nightOf(
    ...adaHasIt,
    pagePerson("ada", "grace"),
    acknowledge("grace", "p2"),
    pass(minutes(21)),
  );
  expect(night.history.map(({ type }) => type)).toContain("AcknowledgementQuestioned");
  expect(night.state.paging.requests["r1"]?.state.name).toBe("open");
  expect(night.state.paging.requests["owner"]?.state).toMatchObject({ name: "satisfied", owner: "ada" });
});

test("more help is asked for by a helper without touching the owner's request", () => {
  given(network, ...adaHasIt, pageSubject("ada", "network"))
    .when(escalate("kay", "p2"))
    .thenAmong(
      { type: "PageEscalated", page: "p2" },
      { type: "LevelStarted", request: "r1", people: ["grace"] },
    );
});

test("a person who stays and wants more help has answered: nobody is told otherwise", () => {
  const helped = given(...adaHasIt, pagePerson("ada", "grace")).when(escalate("grace", "p2"));
  helped.thenAmong({ type: "PageEscalated", person: "grace" }, { type: "CatchAllPaged", people: ["joan"] });
  helped.thenNo("NoticeWanted");
});

test("when it becomes urgent who is being asked is asked again, the owner is paged anew, and others who came are told", () => {
  const { events } = given(
    network,
    alert("warning"),
    handed("p1.0.1"),
    acknowledge("ada", "p1"),
    pagePerson("ada", "grace"),
    pageSubject("ada", "network"),
    handed("p3.0.1"),
    acknowledge("kay", "p3"),
    handed("p2.0.1"),
  ).when(alert("critical"));
  expect(events.flatMap((e) => (e.type === "DeliveryWanted" ? [e.person] : []))).toEqual(["ada", "grace"]);
  expect(events.flatMap((e) => (e.type === "NoticeWanted" ? [e.person] : []))).toEqual(["kay"]);
});

test("the end is the end of every request", () => {
  given(network, alert(), pagePerson("kay", "grace"), pageSubject("kay", "network"))
    .when(standDown("kay"))
    .thenAmong(
      { type: "RequestCancelled", request: "owner" },
      { type: "RequestCancelled", request: "r1" },
      { type: "RequestCancelled", request: "r2" },
    );
});

test("one decision opens at most twenty-five pages, whatever requests they are of", () => {
  const crowd = (letter: string) => Array.from({ length: 20 }, (_, n) => `${letter}${n}`);
  const people = [...crowd("n"), ...crowd("s")];
  const night = nightOf(
    withContacts(...people.map((id) => contact(id))),
    withSubject("network", levels(["kay"], crowd("n"))),
    withSubject("storage", levels(["kay"], crowd("s"))),
    alert(),
    acknowledge("ada", "p1"),
    pageSubject("ada", "network"),
    pageSubject("ada", "storage"),
    pass(minutes(6)),
  );
  const perMoment = night.history.filter(({ type }) => type === "PageOpened").length;
  expect(perMoment).toBe(3 + people.length);
  for (const id of people)
    expect(Object.values(night.state.paging.pages).some((p) => p.person === id)).toBe(true);
});
