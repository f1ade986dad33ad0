// A provider's failure is not the person's: a level keeps its time while a provider fails for everybody, the next one is
// paged as well when its time comes, and who was not reached is paged when the provider is back.
import { describe, expect, test } from "vitest";
import { incident } from "../../../functions/core/incident/aggregate.ts";
import type { DeliveryReason } from "../../../functions/core/incident/events.ts";
import { isOver } from "../../../functions/core/incident/state.ts";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  callEnded,
  contact,
  decline,
  erred,
  failed,
  handed,
  levels,
  passTime,
  report,
  standDown,
  textAndCall,
  uncertain,
} from "../../support/on-call.ts";
import {
  carryOut,
  given,
  type Night,
  nightFrom,
  nightOf,
  pass,
  withContacts,
  withPlan,
} from "../../support/spec.ts";

type Evidence = (delivery: string) => ReturnType<typeof erred>;

const refused: Evidence = (delivery) =>
  report(delivery, { outcome: "giveUp", reason: "account-refused", operator: true });
const gaveUp = (delivery: string, reason: DeliveryReason) =>
  report(delivery, { outcome: "giveUp", reason, operator: true });

const wantedIn = ({ state }: Night) =>
  Object.values(state.paging.pages)
    .filter((page) => page.state === "open")
    .flatMap(({ deliveries }) => deliveries.filter((delivery) => delivery.state === "wanted"));

/** Every order to deliver comes to this, until then. */
function during(night: Night, time: number, evidence: Evidence): Night {
  const end = night.now + time;
  let then = night;
  for (let looks = 0; looks < 5_000; looks++) {
    const [wanted] = wantedIn(then);
    if (wanted !== undefined) {
      then = nightFrom(then, evidence(wanted.id));
      continue;
    }
    const due = incident.nextDue(then.state);
    if (due === undefined || due > end || isOver(then.state.phase)) return { ...then, now: end };
    then = carryOut({ ...then, now: Math.max(then.now, due) }, passTime).night;
  }
  throw new Error("the outage spins");
}

const sent = (night: Night) =>
  night.history.flatMap((event) =>
    event.type === "DeliveryHanded" ? [night.state.paging.pages[event.page]] : [],
  );
const told = (night: Night, type: string) => night.history.filter((event) => event.type === type);
const whenOf = (night: Night, type: string) =>
  told(night, type).map(({ at }) => (at - nightOf(alert()).now) / 1000);

describe.each<readonly [string, Evidence]>([
  ["answers with errors", erred],
  ["refuses our account", refused],
  ["says nothing", uncertain],
])("a provider %s", (_, fails) => {
  test("for ninety seconds: the level that ran has the page when it is back, and no one else is woken", () => {
    const down = during(nightOf(alert()), seconds(90), fails);
    expect(told(down, "LevelStarted")).toHaveLength(1);
    const back = during(down, minutes(3), handed);
    expect(sent(back).map((page) => page?.person)).toContain("ada");
    expect(told(back, "LevelStarted")).toHaveLength(1);
    expect(told(back, "PageExpired")).toEqual([]);
  });

  test.each([
    ["ten minutes", minutes(10)],
    ["two hours", hours(2)],
  ])(
    "for %s: each level rings in its time, and all whose level ran are paged when it is back, once each",
    (_time, down) => {
      const failing = during(nightOf(alert()), down - seconds(1), fails);
      expect(whenOf(failing, "LevelStarted")).toEqual([0, 300]);
      expect(told(failing, "PageExpired")).toEqual([]);
      const back = during(failing, minutes(5) + seconds(2), handed);
      const people = sent(back).map((page) => page?.person);
      expect(new Set(people)).toEqual(new Set(["ada", "grace", "joan"]));
      expect(people.filter((person) => person !== "joan")).toHaveLength(2);
      expect(told(back, "CatchAllPaged")[0]).toMatchObject({ reached: false });
    },
  );

  test("and what is no longer wanted when it is back is not sent", () => {
    const failing = during(nightOf(alert()), minutes(12), fails);
    expect(sent(during(nightFrom(failing, standDown("kay")), hours(1), handed))).toEqual([]);
    const taken = nightFrom(failing, { ...acknowledge("kay") });
    expect(sent(during(taken, minutes(10), handed))).toEqual([]);
  });
});

test("two hours of failures are tried again at most every two minutes, and fill no timeline", () => {
  const { history } = during(nightOf(alert()), hours(2), erred);
  // Three people, a delivery and a failure each time.
  expect(history.length).toBeLessThan(3 * 2 * 70 + 60);
});

test("what comes late is given its level's time before it counts as not answered", () => {
  const back = during(during(nightOf(alert()), minutes(6), erred), minutes(5), handed);
  // Ada's page arrived at about seven minutes; at ten the levels are exhausted, and she still has two minutes.
  expect(back.state.paging.pages["p1"]?.state).toBe("open");
  const later = during(back, minutes(5), handed);
  expect(later.state.paging.pages["p1"]?.state).toBe("expired");
  expect(told(later, "PageExpired")[0]).toMatchObject({ reason: "not-answered" });
});

test("a late answer of an earlier level takes it, and all others are called off", () => {
  const failing = during(nightOf(alert()), minutes(12), erred);
  const { night } = given(() => failing).when(acknowledge("ada", "p1"));
  expect(Object.values(night.state.paging.pages).map(({ state }) => state)).toEqual([
    "acknowledged",
    "cancelled",
    "cancelled",
  ]);
});

test("an earlier level's page that is held up answers for no one: the running level goes on as its people say", () => {
  const second = during(nightOf(withPlan(levels(["ada"], ["grace"], ["kay"])), alert()), minutes(6), erred);
  given(() => second)
    .when(decline("grace", "p2"))
    .thenAmong({ type: "PageDeclined" }, { type: "LevelStarted", level: 2, cause: "all-declined" });
});

test("a bad number is the person's: it is not tried again, and the next level rings at once", () => {
  given(alert())
    .when(failed("p1.0.1"))
    .thenAmong({ type: "PageExpired", reason: "not-reached" }, { type: "LevelStarted", level: 1 });
  given(alert())
    .when(gaveUp("p1.0.1", "region-not-permitted"))
    .thenAmong({ type: "PageExpired", reason: "not-reached" }, { type: "LevelStarted", level: 1 });
});

test("a way that rings is tried until it is back, though another way wrote", () => {
  const both = withContacts(contact("ada", textAndCall));
  const down = nightOf(both, alert(), handed("p1.0.1"), erred("p1.1.1"));
  const late = during(down, minutes(4), (delivery) =>
    (delivery.startsWith("p1.1") ? erred : handed)(delivery),
  );
  expect(late.state.paging.pages["p1"]?.deliveries.at(-1)).toMatchObject({
    channel: "voice",
    state: "retrying",
  });
});

test("what the catch-all was told by one way is told again by it, though its other way is still down", () => {
  const two = withPlan({ levels: [], catchAll: [{ kind: "person", id: "joan" }] });
  const joan = withContacts(contact("joan", textAndCall));
  const half: Evidence = (delivery) => (delivery.split(".")[1] === "0" ? handed : erred)(delivery);
  const { history } = during(nightOf(two, joan, alert()), minutes(16), half);
  const texts = history.filter((event) => event.type === "DeliveryHanded");
  expect(texts).toHaveLength(4);
});

test("our own misconfiguration is tried again only where nothing else is left", () => {
  const both = withContacts(contact("ada", textAndCall));
  const refusedCall = given(both, alert(), handed("p1.0.1")).when(gaveUp("p1.1.1", "sender-misconfigured"));
  refusedCall.then({ type: "DeliveryFailed", reason: "sender-misconfigured", operator: true });
  expect(refusedCall.events[0]).not.toHaveProperty("retryAt");
  given(alert())
    .when(gaveUp("p1.0.1", "sender-misconfigured"))
    .then({ type: "DeliveryFailed", retryAt: nightOf(alert()).now + seconds(5), operator: true });
  // The text was lost to it first, and then the call was missed twice: the text is tried once more.
  given(
    both,
    alert(),
    gaveUp("p1.0.1", "sender-misconfigured"),
    handed("p1.1.1"),
    callEnded("p1.1.1", "not-answered"),
    pass(seconds(30)),
    handed("p1.1.2"),
  )
    .when(callEnded("p1.1.2", "not-answered"))
    .thenAmong({ type: "DeliveryWanted", delivery: "p1.0.2", channel: "sms", cause: "retry" });
});

test("the operator is told once of a way that our account is refused for, however often it is tried", () => {
  const { history } = during(nightOf(alert()), minutes(4), refused);
  expect(history.filter((event) => event.type === "DeliveryFailed" && event.operator)).toHaveLength(1);
});

test("a level that no one heard of is not said to have been silent", () => {
  const failing = during(nightOf(alert()), minutes(6), erred);
  expect(told(failing, "LevelStarted")[1]).toMatchObject({ cause: "not-reached" });
  given(alert(), handed("p1.0.1"))
    .whenPassed(minutes(5))
    .thenAmong({ type: "LevelStarted", cause: "not-answered" });
});
