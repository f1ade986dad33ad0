// What monitoring says after the first alert, and the end.
import { expect, test } from "vitest";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  allResolved,
  contact,
  erred,
  escalate,
  handed,
  levels,
  machineAcknowledges,
  machineResolves,
  passTime,
  standDown,
} from "../../support/on-call.ts";
import { given, monitoringSays, nightOf, pass, stall, withContacts, withPlan } from "../../support/spec.ts";

const quiet = monitoringSays({ firing: false });
const both = withPlan(levels(["ada", "grace"]));

test("one storm, one page: alerts that join page nobody", () => {
  given(alert(), stall(seconds(30)))
    .when(alert("critical", 500))
    .then({ type: "AlertsJoined", count: 500 });
});

test("a storm is folded: what joins within ten seconds is counted later", () => {
  const { events, night } = given(alert(), stall(seconds(4))).when(alert("critical", 50));
  expect(events).toMatchObject([{ type: "AlertsFolded", until: night.now + seconds(8) }]);
  given(alert(), stall(seconds(4)), alert("critical", 50), stall(seconds(2)))
    .when(alert("critical", 50))
    .thenNothing();
  given(alert(), stall(seconds(9)), alert("critical", 50), stall(seconds(1)), monitoringSays({ alerts: 51 }))
    .when(alert("critical", 3))
    .then({ type: "AlertsJoined", count: 53 });
});

test("one alert of each symptom stands on the timeline, at most twenty of them", () => {
  const samples = Array.from({ length: 40 }, (_, n) => ({
    alert: `a${n}`,
    title: `${"abcdefghijklmnopqrst"[n % 20]}${"xy"[Math.floor(n / 20)]} is down`,
    severity: "error" as const,
    since: 0,
  }));
  const { events, night } = given().when({ ...alert("error", 40), samples } as never);
  expect(events.find((event) => event.type === "AlertsJoined")?.samples).toHaveLength(20);
  expect(night.state.signal.symptoms).toHaveLength(20);
});

test("the end says how many alerts there were", () => {
  given(alert(), alert("critical", 50), monitoringSays({ alerts: 51 }))
    .when(standDown("kay"))
    .thenAmong({ type: "AlertsJoined", count: 50 });
});

test("alerts do not join what is over: the caller looks anew", () => {
  given(alert(), standDown("kay")).when(alert()).thenRefused("incident-closed");
});

// ── severity ────────────────────────────────────────────────────────────────────────────────────────────────────────

test("a raised severity sends open pages again, whatever the fold", () => {
  given(alert("warning"), handed("p1.0.1"))
    .when(alert("critical"))
    .then(
      { type: "SeverityRaised", from: "warning", to: "critical", urgency: "high" },
      { type: "DeliveryWanted", delivery: "p1.0.2", cause: "severity-raised" },
      { type: "AlertsJoined" },
      { type: "LeadAlertChanged", severity: "critical" },
    );
});

test("an alert that became worse is counted once", () => {
  given(alert("warning"), handed("p1.0.1"))
    .when(alert("critical", 0))
    .then(
      { type: "SeverityRaised" },
      { type: "DeliveryWanted", delivery: "p1.0.2" },
      { type: "LeadAlertChanged", severity: "critical" },
    );
});

test("a lower severity is no news", () => {
  given(alert("critical"), handed("p1.0.1")).when(alert("warning", 0)).thenNothing();
});

test("a message that is still to go out will tell of the raised severity itself", () => {
  given(alert("warning")).when(alert("critical")).thenNo("DeliveryWanted");
  given(alert("warning"), erred("p1.0.1")).when(alert("critical")).thenNo("DeliveryWanted");
});

test("what was raised twice still has all its tries", () => {
  const raised = [
    alert("info"),
    handed("p1.0.1"),
    alert("error"),
    handed("p1.0.2"),
    alert("critical"),
  ] as const;
  const { events, night } = given(...raised).when(erred("p1.0.3"));
  expect(events).toMatchObject([{ type: "DeliveryFailed", retryAt: night.now + seconds(5) }]);
});

test("what becomes urgent does not wait for its turn, and later levels are paged as urgently", () => {
  const gentle = [
    { method: "mobile", channel: "sms", after: 0 },
    { method: "work", channel: "sms", after: minutes(2) },
  ] as const;
  const loud = [{ method: "mobile", channel: "sms", after: 0 }] as const;
  const slow = withContacts(contact("ada", loud, gentle), contact("grace", loud, gentle));
  given(slow, alert("warning"), handed("p1.0.1"))
    .when(alert("critical"))
    .thenAmong(
      { delivery: "p1.1.1", type: "DeliveryWanted" },
      { delivery: "p1.0.2", type: "DeliveryWanted" },
    );
  const { state } = nightOf(slow, alert("warning"), alert("critical"), escalate("ada", "p1"));
  expect(state.paging.pages["p2"]?.steps).toEqual(loud);
});

test("the owner is told of a raised severity that is no more urgent, and nobody is paged", () => {
  const { events } = given(both, alert("error"), handed("p1.0.1"), acknowledge("ada", "p1")).when(
    alert("critical"),
  );
  expect(events).toMatchObject([
    { type: "SeverityRaised" },
    { type: "NoticeWanted", kind: "severity-raised", person: "ada" },
    { type: "AlertsJoined" },
    { type: "LeadAlertChanged" },
  ]);
});

test("a raised severity ends a machine's pause", () => {
  given(alert("warning"), machineAcknowledges)
    .when(alert("critical"))
    .thenAmong(
      { type: "RequestResumed" },
      { type: "LevelStarted", cause: "resumed" },
      { type: "PageOpened", person: "ada" },
    );
});

// ── all clear ───────────────────────────────────────────────────────────────────────────────────────────────────────

test("an all-clear is verified before it is believed", () => {
  const { events, night } = given(alert(), quiet).when(allResolved);
  expect(events).toMatchObject([{ type: "SignalCleared", verifyAt: night.now + seconds(5) }]);
  given(alert(), quiet, allResolved)
    .whenPassed(seconds(5))
    .thenAmong({ type: "IncidentStoodDown", reason: "signal-clear" });
});

test("what keeps coming back has to stay quiet for longer, and never for less than five seconds", () => {
  const clearAfter = (quietFor: number) => {
    const night = nightOf(alert(), quiet);
    const { events } = given(alert(), quiet).when({ ...allResolved, quietFor } as never);
    expect(events).toMatchObject([{ type: "SignalCleared" }]);
    const [cleared] = events.filter((event) => event.type === "SignalCleared");
    return (cleared?.verifyAt ?? 0) - night.now;
  };
  expect([0, 1, minutes(10)].map(clearAfter)).toEqual([seconds(5), seconds(5), minutes(10)]);
});

test("late copies stand on the timeline, also when it is over, and never fill it", () => {
  const copies = {
    type: "RecordLateCopies",
    title: "Link down",
    count: 2,
    actor: allResolved.actor,
  } as never;
  given(alert(), standDown("kay")).when(copies).then({ type: "LateCopiesIgnored", count: 2 });
  given(alert(), ...Array.from({ length: 20 }, () => copies))
    .when(copies)
    .thenNothing();
});

test("while any alert still fires nothing is clear", () => {
  given(alert()).when(allResolved).thenNothing();
});

test("something that fires again before it is believed stands nobody down", () => {
  given(alert(), quiet, allResolved, monitoringSays({ firing: true }))
    .whenPassed(seconds(5))
    .then({ type: "SignalReturned" });
});

test("an alert that joins takes the all-clear back at once", () => {
  given(alert(), quiet, allResolved).when(alert()).thenAmong({ type: "SignalReturned" });
  given(alert(), quiet, allResolved, alert()).whenPassed(seconds(6)).thenNo("IncidentStoodDown");
});

test("what flaps can be cleared again, and meanwhile its pages stay open", () => {
  const flapping = [alert(), handed("p1.0.1"), quiet, allResolved, alert()] as const;
  expect(nightOf(...flapping).state.paging.pages["p1"]?.state).toBe("open");
  given(...flapping)
    .when(allResolved)
    .then({ type: "SignalCleared" });
});

test("while an all-clear is verified no level starts; when it fires again the level that was due starts at once", () => {
  const atTheEnd = [alert(), handed("p1.0.1"), pass(minutes(4) + seconds(58)), quiet, allResolved] as const;
  given(...atTheEnd)
    .whenPassed(seconds(4))
    .thenNothing();
  given(...atTheEnd)
    .whenPassed(seconds(5))
    .thenNo("LevelStarted");
  given(...atTheEnd, pass(seconds(3)), monitoringSays({ firing: true }))
    .whenPassed(seconds(2))
    .thenAmong({ type: "SignalReturned" }, { type: "LevelStarted", level: 1, cause: "not-answered" });
});

test("of several that end, the one that keeps coming back decides how long is waited", () => {
  const flapping = { ...allResolved, quietFor: minutes(2) } as const;
  const { events, night } = given(alert(), quiet, allResolved, stall(seconds(1))).when(flapping);
  expect(events).toMatchObject([{ type: "SignalCleared", verifyAt: night.now + minutes(2) }]);
  given(alert(), quiet, flapping, stall(seconds(1)))
    .when(allResolved)
    .thenNothing();
});

test("a second word of all clear does not move the hour of its verification", () => {
  given(alert(), quiet, allResolved, stall(seconds(3)))
    .when(allResolved)
    .thenNothing();
});

test("the all-clear goes to everybody who was paged, also to those whose page expired, once each", () => {
  const { events } = given(
    alert(),
    handed("p1.0.1"),
    pass(minutes(5)),
    handed("p2.0.1"),
    quiet,
    allResolved,
    stall(seconds(5)),
  ).when(passTime);
  expect(events).toMatchObject([
    { type: "PageCancelled", person: "grace", reason: "stood-down" },
    { type: "RequestCancelled" },
    { type: "NoticeWanted", kind: "all-clear", person: "ada" },
    { type: "NoticeWanted", kind: "all-clear", person: "grace" },
    { type: "IncidentStoodDown" },
  ]);
});

test("a page that may be on its way to a phone is followed by the all-clear", () => {
  given(alert(), quiet, allResolved)
    .whenPassed(seconds(5))
    .thenAmong({ type: "NoticeWanted", kind: "all-clear", person: "ada" });
});

test("somebody who stands it down tells everybody else who was paged", () => {
  const { events, claims, night } = given(both, alert(), handed("p1.0.1"), handed("p2.0.1")).when(
    standDown("ada"),
  );
  expect(events).toMatchObject([
    { type: "PageCancelled", person: "ada" },
    { type: "PageCancelled", person: "grace" },
    { type: "RequestCancelled" },
    { type: "NoticeWanted", kind: "stood-down-by-person", person: "grace", about: "ada" },
    { type: "IncidentStoodDown", reason: "resolved-by-person" },
  ]);
  // The correlation is free at once; a code rests, so that a late reply learns that it is over.
  const rest = night.now + hours(2);
  expect(claims).toEqual([
    { key: "correlation/checkout", change: "release" },
    { key: "code/A0", change: "release", until: rest },
    { key: "code/A1", change: "release", until: rest },
  ]);
  expect(night.state.phase).toBe("stood-down");
});

test("a machine that resolves it does not speak as a person", () => {
  given(alert(), handed("p1.0.1"))
    .when(machineResolves)
    .thenAmong(
      { type: "NoticeWanted", kind: "all-clear", person: "ada" },
      { type: "IncidentStoodDown", reason: "resolved-by-machine" },
    );
});

test("what is over stays over, and no clock runs for it", () => {
  given(alert(), standDown("kay")).when(standDown("ada")).thenNothing();
  given(alert(), standDown("kay")).whenPassed(minutes(6000)).thenNothing();
  given(alert(), quiet, standDown("kay")).when(allResolved).thenNothing();
});
