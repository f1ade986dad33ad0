// What people, and machines, can say to a page.
import { expect, test } from "vitest";
import { minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  contact,
  decline,
  escalate,
  type Given,
  handed,
  levels,
  machineAcknowledges,
  pagePerson,
  passTime,
  standDown,
  target,
  twoPhones,
  uncertain,
  unreachable,
} from "../../support/on-call.ts";
import { fact, given, type Line, nightOf, pass, stall, withContacts, withPlan } from "../../support/spec.ts";

const both = withPlan(levels(["ada", "grace"]));

test("an acknowledgement ends all paging of its request", () => {
  given(both, alert(), handed("p1.0.1"), handed("p2.0.1"))
    .when(acknowledge("ada", "p1"))
    .then(
      { type: "PageAcknowledged", page: "p1", person: "ada" },
      { type: "PageCancelled", page: "p2", person: "grace", reason: "answered-by-another" },
      { type: "RequestSatisfied", people: ["ada"] },
      { type: "NoticeWanted", kind: "taken-by", person: "grace", about: "ada", code: "A1" },
    );
  given(both, alert(), acknowledge("ada", "p1")).whenPassed(minutes(14)).thenNothing();
});

test("a page that may be on its way to a phone is followed by the news that another one has it", () => {
  given(both, alert())
    .when(acknowledge("ada", "p1"))
    .thenAmong({ type: "NoticeWanted", kind: "taken-by", person: "grace" });
});

test("a second acknowledgement changes nothing", () => {
  given(alert(), acknowledge("ada", "p1")).when(acknowledge("ada", "p1")).thenNothing();
});

test("whoever comes second is told who was first", () => {
  given(both, alert(), acknowledge("ada", "p1"))
    .when(acknowledge("grace", "p2"))
    .thenRefused("already-answered", "ada");
});

test("nobody answers somebody else's page", () => {
  for (const order of [acknowledge("grace", "p1"), decline("grace", "p1"), escalate("grace", "p1")]) {
    given(alert()).when(order).thenRefused("page-not-yours");
  }
});

test("a page that never was can't be answered", () => {
  given(alert()).when(acknowledge("ada", "p99")).thenRefused("page-unknown");
  given(alert()).when(acknowledge("ada", "__proto__")).thenRefused("page-unknown");
});

test("an incident that never was is told of to people, and passed over by the hub", () => {
  given().when(acknowledge("ada")).thenRefused("incident-unknown");
  given().when(standDown("ada")).thenRefused("incident-unknown");
  given().when(passTime).thenNothing();
});

test("a late answer counts while its request is still open, though the page expired", () => {
  given(alert(), handed("p1.0.1"), pass(minutes(7)))
    .when(acknowledge("ada", "p1"))
    .thenAmong(
      { type: "PageAcknowledged", page: "p1" },
      { type: "PageCancelled", person: "grace" },
      { type: "RequestSatisfied", people: ["ada"] },
    );
});

test("somebody who was not paged may take it", () => {
  given(alert())
    .when(acknowledge("kay"))
    .thenAmong(
      { type: "RequestTaken", person: "kay" },
      { type: "PageCancelled", person: "ada" },
      { type: "RequestSatisfied", people: ["kay"] },
    );
});

test("an acknowledgement from the command post is that of the person's own page", () => {
  given(alert()).when(acknowledge("ada")).thenAmong({ type: "PageAcknowledged", page: "p1" });
});

test("after the end no answer counts, and it says so", () => {
  for (const order of [acknowledge("ada", "p1"), decline("ada", "p1"), escalate("ada", "p1")]) {
    given(alert(), standDown("kay")).when(order).thenRefused("incident-closed");
  }
});

test("refusals are on the timeline, but a broken client does not fill it", () => {
  given(alert())
    .when(acknowledge("grace", "p1"))
    .then({ type: "CommandRefused", command: "Acknowledge", reason: "page-not-yours" });
  const refused = fact({ type: "CommandRefused", command: "Acknowledge", reason: "page-not-yours" });
  const wrong = acknowledge("grace", "p1");
  const { events } = given(alert(), ...Array.from({ length: 100 }, () => refused)).when(wrong);
  expect(events).toEqual([]);
});

test("a sender's number may answer its page and end nothing", () => {
  const byText: Given = { ...standDown("ada"), actor: acknowledge("ada", "p1").actor };
  given(alert()).when(byText).thenRefused("not-allowed");
});

test("the hub's own orders are the hub's alone", () => {
  for (const order of [alert(), passTime, handed("p1.0.1")]) {
    given(alert())
      .when({ ...order, actor: standDown("ada").actor })
      .thenRefused("not-allowed");
    given(alert())
      .when({ ...order, actor: machineAcknowledges.actor })
      .thenRefused("not-allowed");
  }
  given(alert())
    .when({ ...decline("ada", "p1"), actor: { ...machineAcknowledges.actor, id: "ada" } })
    .thenRefused("not-allowed");
});

// ── decline and escalate ────────────────────────────────────────────────────────────────────────────────────────────

test("a decline goes to the next level at once when nobody else is asked", () => {
  given(alert())
    .when(decline("ada", "p1"))
    .then(
      { type: "PageDeclined", page: "p1" },
      { type: "LevelStarted", level: 1, cause: "all-declined" },
      { type: "PageOpened", person: "grace" },
      { type: "DeliveryWanted" },
    );
});

test("a decline leaves it to the others who were asked with me", () => {
  given(both, alert()).when(decline("ada", "p1")).then({ type: "PageDeclined", page: "p1" });
});

test("a decline said twice changes nothing the second time", () => {
  given(both, alert(), decline("ada", "p1")).when(decline("ada", "p1")).thenNothing();
});

test("whoever declined may still change their mind", () => {
  given(alert(), decline("ada", "p1"))
    .when(acknowledge("ada", "p1"))
    .thenAmong({ type: "RequestSatisfied", people: ["ada"] });
});

test("the catch-all that declines is asked again at the next round, not at once", () => {
  given(withPlan({ levels: [] }), alert())
    .when(decline("joan", "p1"))
    .then({ type: "PageDeclined", person: "joan" });
});

test("giving it back after having taken it rings the next level at once", () => {
  given(alert(), handed("p1.0.1"), acknowledge("ada", "p1"))
    .when(decline("ada", "p1"))
    .then(
      { type: "PageDeclined", person: "ada" },
      { type: "RequestReopened", person: "ada", reason: "given-back" },
      { type: "LevelStarted", level: 1, cause: "given-back" },
      { type: "PageOpened", person: "grace" },
      { type: "DeliveryWanted" },
    );
});

test("a late no to an earlier page does not give back what was taken by a later one", () => {
  const night = [
    withPlan({ ...levels(["ada"]), repeats: 1 }),
    alert(),
    handed("p1.0.1"),
    pass(minutes(6)),
  ] as const;
  given(...night, acknowledge("ada", "p2"))
    .when(decline("ada", "p1"))
    .then({ type: "PageDeclined", page: "p1" });
});

test("escalate means: I stay, and the next level rings", () => {
  given(alert(), handed("p1.0.1"))
    .when(escalate("ada", "p1"))
    .then(
      { type: "PageEscalated", page: "p1", person: "ada" },
      { type: "LevelStarted", level: 1, cause: "escalated" },
      { type: "PageOpened", person: "grace" },
      { type: "DeliveryWanted" },
    );
});

test("who was paged beside somebody who asks for more help is not said to have been silent", () => {
  given(both, alert(), handed("p1.0.1"), handed("p2.0.1"), stall(seconds(20)))
    .when(escalate("ada", "p1"))
    .thenAmong({ type: "PageExpired", person: "grace", reason: "level-over" });
  given(both, alert(), handed("p1.0.1"), handed("p2.0.1"))
    .whenPassed(minutes(5))
    .thenAmong(
      { type: "PageExpired", person: "ada", reason: "not-answered" },
      { type: "PageExpired", person: "grace", reason: "not-answered" },
    );
});

test("who was released once is not released again unless paged again in between", () => {
  const givenBack = [
    both,
    alert(),
    handed("p1.0.1"),
    handed("p2.0.1"),
    acknowledge("ada", "p1"),
    decline("ada", "p1"),
  ] as const;
  const released = (...lines: readonly Line[]) =>
    nightOf(...lines).history.flatMap((event) =>
      event.type === "NoticeWanted" && event.kind === "taken-by" ? [event.person] : [],
    );
  expect(released(...givenBack)).toEqual(["grace"]);
  expect(released(...givenBack, stall(seconds(1)), acknowledge("kay"))).not.toContain("ada");
  expect(
    released(...givenBack, stall(seconds(1)), acknowledge("kay")).filter((p) => p === "grace"),
  ).toHaveLength(1);
});

test("whoever has it may ask for more and is not paged again for it", () => {
  const escalated = [withPlan({ repeats: 1 }), alert(), acknowledge("ada", "p1"), escalate("ada", "p1")];
  const { history } = nightOf(...escalated, handed("p2.0.1"), pass(minutes(9)));
  expect(history.filter((e) => e.type === "PageOpened").map((e) => e.person)).toEqual([
    "ada",
    "grace",
    "grace",
  ]);
});

test("the catch-all is asked for more help too, but not whoever asks while others can be", () => {
  const two = withPlan({ levels: [], catchAll: [target("joan"), target("kay")] });
  given(two, alert(), handed("p2.0.1"), escalate("joan", "p1"), handed("p3.0.1"))
    .whenPassed(minutes(5))
    .thenAmong({ type: "PageOpened", person: "kay" });
  given(withPlan({ levels: [] }), alert(), escalate("joan", "p1"), handed("p2.0.1"))
    .whenPassed(minutes(5))
    .thenAmong({ type: "PageOpened", person: "joan" });
});

test("a late reply does not take it from whoever has it; an order from the command post may ask for more", () => {
  given(both, alert(), acknowledge("ada", "p1"))
    .when(escalate("grace", "p2"))
    .thenRefused("already-answered", "ada");
  given(alert(), acknowledge("ada", "p1"))
    .when(escalate("kay"))
    .thenAmong({ type: "LevelStarted", level: 1, cause: "escalated" });
});

test("whoever is paged for more help takes it, and the first one, who stays, is not called off", () => {
  given(alert(), handed("p1.0.1"), escalate("ada", "p1"), handed("p2.0.1"))
    .when(acknowledge("grace", "p2"))
    .thenAmong(
      { type: "RequestSatisfied", people: ["grace"] },
      { type: "NoticeWanted", kind: "help-came", person: "ada", about: "grace" },
    );
});

test("whoever asked for more help and says when they are there does not call it off", () => {
  const helped = [
    alert(),
    handed("p1.0.1"),
    acknowledge("ada", "p1"),
    escalate("ada", "p1"),
    handed("p2.0.1"),
  ] as const;
  given(...helped)
    .when({ ...acknowledge("ada", "p1"), type: "Acknowledge", arrivingIn: minutes(20) })
    .then({ type: "ArrivalPromised", person: "ada" });
  given(...helped)
    .when(acknowledge("ada", "p1"))
    .thenAmong({ type: "PageCancelled", person: "grace" }, { type: "RequestSatisfied", people: ["ada"] });
});

// ── machines, and people who fall silent ────────────────────────────────────────────────────────────────────────────

test("a machine's acknowledgement silences the bell for ten minutes and owns nothing", () => {
  given(alert()).when(machineAcknowledges).then({ type: "RequestPaused", request: "owner" });
  const slow = withContacts(contact("ada", twoPhones));
  given(slow, alert(), uncertain("p1.0.1"), machineAcknowledges)
    .whenPassed(minutes(10) - 1)
    .thenNothing();
});

test("after a machine's pause its level rings again, unless a person owns it", () => {
  given(alert(), machineAcknowledges)
    .whenPassed(minutes(10))
    .thenAmong(
      { type: "RequestResumed" },
      { type: "LevelStarted", level: 0, cause: "resumed", people: ["ada"] },
      { type: "PageOpened", person: "ada" },
    );
  given(alert(), machineAcknowledges, acknowledge("ada", "p1")).whenPassed(minutes(14)).thenNothing();
});

test("a catch-all that a machine silenced is paged again after the pause, not the level before it", () => {
  given(alert(), pass(minutes(11)), machineAcknowledges)
    .whenPassed(minutes(10))
    .thenAmong({ type: "CatchAllPaged", round: 2 }, { type: "PageOpened", person: "joan" });
});

test("what was under way when a machine silenced the bell may not be sent any more", () => {
  const before = nightOf(alert());
  const { state } = nightOf(alert(), machineAcknowledges);
  expect(state.paging.epoch).toBeGreaterThan(before.state.paging.epoch);
  expect(state.paging.pages["p1"]?.deliveries[0]?.state).toBe("superseded");
});

test("a machine's second acknowledgement does not make the pause longer, and none ends a person's ownership", () => {
  given(alert(), machineAcknowledges).when(machineAcknowledges).thenNothing();
  given(alert(), acknowledge("ada", "p1")).when(machineAcknowledges).thenNothing();
});

test("an acknowledgement without an act is asked about after fifteen minutes", () => {
  given(alert(), handed("p1.0.1"), acknowledge("ada", "p1"))
    .whenPassed(minutes(15))
    .then(
      { type: "AcknowledgementQuestioned", person: "ada" },
      { type: "NoticeWanted", kind: "still-yours", person: "ada" },
    );
});

test("whoever took it without having been paged is asked as well, and keeps it by saying so", () => {
  given(alert(), acknowledge("kay"))
    .whenPassed(minutes(16))
    .then(
      { type: "AcknowledgementQuestioned", person: "kay" },
      { type: "NoticeWanted", kind: "still-yours", person: "kay", channel: "sms", request: "owner" },
    );
  given(alert(), acknowledge("kay"), pass(minutes(16)))
    .when(acknowledge("kay"))
    .then({ type: "AcknowledgementRenewed", person: "kay" });
  // The code of what else that person was asked would answer that, and not this.
  const { events } = given(
    alert(),
    pagePerson("joan", "kay"),
    handed("p2.0.1"),
    acknowledge("kay", "p2"),
    acknowledge("kay"),
  ).whenPassed(minutes(16));
  const asked = events.filter((e) => e.type === "NoticeWanted" && e.kind === "still-yours");
  expect(asked.map((e) => "code" in e && e.code)).toEqual([false, "A25"]);
});

test("five minutes later without an answer its level resumes, and whoever forgot it is paged again", () => {
  given(alert(), handed("p1.0.1"), acknowledge("ada", "p1"), pass(minutes(16)))
    .whenPassed(minutes(4))
    .then(
      { type: "RequestReopened", person: "ada", reason: "forgotten" },
      { type: "LevelStarted", level: 0, cause: "forgotten", people: ["ada"] },
      { type: "PageOpened", person: "ada" },
      { type: "DeliveryWanted" },
    );
});

test("after a stall whoever has it is asked before being called forgetful", () => {
  given(alert(), acknowledge("ada", "p1"), stall(minutes(60)))
    .when(passTime)
    .thenAmong({ type: "AcknowledgementQuestioned" });
});

test("a sign of life keeps it, and is not asked for again", () => {
  const asked = [alert(), handed("p1.0.1"), acknowledge("ada", "p1"), pass(minutes(16))] as const;
  given(...asked)
    .when(acknowledge("ada", "p1"))
    .then({ type: "AcknowledgementRenewed", person: "ada" });
  given(...asked, acknowledge("ada", "p1"))
    .whenPassed(minutes(600))
    .thenNothing();
});

test("an answer by the old code counts again once the acknowledgement was forgotten", () => {
  given(alert(), acknowledge("ada", "p1"), pass(minutes(21)))
    .when(acknowledge("ada", "p1"))
    .thenAmong({ type: "RequestSatisfied", people: ["ada"] });
});

test("a catch-all that took it and forgot it is paged again as the catch-all", () => {
  given(withPlan({ levels: [] }), alert(), acknowledge("joan", "p1"))
    .whenPassed(minutes(20))
    .thenAmong({ type: "CatchAllPaged", round: 2 }, { type: "PageOpened", person: "joan" });
});

// ── how many have to answer ─────────────────────────────────────────────────────────────────────────────────────────

const twoOf = (policy: Parameters<typeof withPlan>[0]) => [
  withPlan(policy),
  alert(),
  (night: ReturnType<typeof nightOf>) => {
    const owner = night.state.paging.requests["owner"];
    if (owner === undefined) throw new Error("no request");
    const requests = { owner: { ...owner, quorum: 2 } };
    return { ...night, state: { ...night.state, paging: { ...night.state.paging, requests } } };
  },
];

test("where two must answer, one is not enough, and whoever answered is not paged again", () => {
  const night = twoOf({ ...levels(["ada"], ["ada", "grace"]), catchAll: [] });
  given(...night)
    .when(acknowledge("ada", "p1"))
    .then({ type: "PageAcknowledged", person: "ada" });
  given(...night, acknowledge("ada", "p1"))
    .whenPassed(minutes(5))
    .thenAmong({ type: "LevelStarted", level: 1, people: ["grace"] });
  given(...night, acknowledge("ada", "p1"), pass(minutes(5)))
    .when(acknowledge("grace", "p2"))
    .thenAmong({ type: "RequestSatisfied", people: ["grace", "ada"] });
});

test("where two must answer and only one can be reached, one is enough", () => {
  const alone = twoOf({ ...levels(["ada"], ["grace"]), catchAll: [] });
  given(withContacts(unreachable("grace")), ...alone)
    .when(acknowledge("ada", "p1"))
    .thenAmong({ type: "RequestSatisfied", people: ["ada"] });
});

test("one of two who gives it back opens it again", () => {
  const night = [
    ...twoOf(levels(["ada", "grace"], ["kay"])),
    acknowledge("ada", "p1"),
    acknowledge("grace", "p2"),
  ];
  given(...night)
    .when(decline("ada", "p1"))
    .thenAmong({ type: "RequestReopened", person: "ada", reason: "given-back" });
});
