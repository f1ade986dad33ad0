// What becomes of a delivery: evidence comes late, twice and out of order; a dead channel is a detour.
import { describe, expect, test } from "vitest";
import { incident } from "../../../functions/core/incident/aggregate.ts";
import { minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  busy,
  confirmed,
  contact,
  erred,
  failed,
  handed,
  machineAcknowledges,
  report,
  standDown,
  target,
  textAndCall,
  twoPhones,
  uncertain,
} from "../../support/on-call.ts";
import { given, nightFrom, nightOf, pass, stall, withContacts, withPlan } from "../../support/spec.ts";

const slowLevel = withPlan({ levels: [{ targets: [target("ada")], within: minutes(30) }] });
const adaHasTwoPhones = withContacts(contact("ada", twoPhones));

test("the second way of a page starts when its time has come", () => {
  given(adaHasTwoPhones, alert(), handed("p1.0.1"))
    .whenPassed(minutes(1))
    .then({ type: "DeliveryWanted", delivery: "p1.1.1", method: "work", cause: "page" });
});

test("what the provider took is on the timeline with its receipt", () => {
  given(alert()).when(handed("p1.0.1")).then({ type: "DeliveryHanded", receipt: "SM-p1.0.1" });
});

test("evidence that comes twice, or late, or of nothing that we know, changes nothing", () => {
  given(alert(), handed("p1.0.1")).when(handed("p1.0.1")).thenNothing();
  given(alert(), confirmed("p1.0.1")).when(handed("p1.0.1")).thenNothing();
  given(alert(), confirmed("p1.0.1")).when(failed("p1.0.1")).thenNothing();
  given(alert(), failed("p1.0.1")).when(handed("p1.0.1")).thenNothing();
  given(alert(), failed("p1.0.1")).when(failed("p1.0.1")).thenNothing();
  given(alert(), handed("p1.0.1")).when(uncertain("p1.0.1")).thenNothing();
  given(alert()).when(handed("p1.7.1")).thenNothing();
  given(alert()).when(handed("p9.0.1")).thenNothing();
});

test("a message that turned out undelivered is a failure, and the next way is taken at once", () => {
  given(adaHasTwoPhones, alert(), handed("p1.0.1"))
    .when(failed("p1.0.1"))
    .then(
      { type: "DeliveryFailed", delivery: "p1.0.1" },
      { type: "DeliveryWanted", method: "work", cause: "previous-failed" },
    );
});

test("a provider that is in trouble is tried again after five seconds, then twenty; the next way starts at once", () => {
  const { events, night } = given(adaHasTwoPhones, alert()).when(erred("p1.0.1"));
  expect(events).toMatchObject([
    { type: "DeliveryFailed", reason: "provider-error", retryAt: night.now + seconds(5) },
    { type: "DeliveryWanted", method: "work", cause: "previous-failed" },
  ]);
  const second = given(alert(), erred("p1.0.1"), pass(seconds(5))).when(erred("p1.0.2"));
  expect(second.events).toMatchObject([{ retryAt: second.night.now + seconds(20) }]);
});

test("a rate limit of a moment is waited out, and nobody is rung by another way for it", () => {
  const soon = given(adaHasTwoPhones, alert()).when(busy("p1.0.1", seconds(3)));
  expect(soon.events).toMatchObject([{ type: "DeliveryFailed", retryAt: soon.night.now + seconds(5) }]);
});

test("a longer one is waited out for as long as the provider asks, a minute at most, and the next way starts at once", () => {
  const later = given(adaHasTwoPhones, alert()).when(busy("p1.0.1", seconds(30)));
  expect(later.events).toMatchObject([
    { type: "DeliveryFailed", retryAt: later.night.now + seconds(30) },
    { type: "DeliveryWanted", method: "work", cause: "previous-failed" },
  ]);
  const late = given(alert()).when(busy("p1.0.1", minutes(60)));
  expect(late.events).toMatchObject([{ retryAt: late.night.now + minutes(1) }]);
});

test("where nobody knows whether it went out the next way starts at once", () => {
  const { events, night } = given(adaHasTwoPhones, alert()).when(uncertain("p1.0.1"));
  expect(events).toMatchObject([
    { type: "DeliveryUncertain", reason: "timed-out", until: night.now + seconds(15) },
    { type: "DeliveryWanted", method: "work", cause: "previous-failed" },
  ]);
});

test("after fifteen seconds of doubt it is looked up or repeated, and the timeline says why", () => {
  given(alert(), uncertain("p1.0.1"))
    .whenPassed(seconds(15))
    .then({ type: "DeliveryWanted", delivery: "p1.0.2", attempt: 2, cause: "repeat-after-unknown" });
});

test("a late report ends the doubt", () => {
  given(alert(), uncertain("p1.0.1"), handed("p1.0.1")).whenPassed(seconds(15)).thenNothing();
});

test.each([
  ["sms", [15, 15, 60, 60, 120, 120, 120]],
  ["teams", [15, 15, 60, 300, 300, 300, 300]],
] as const)("what is in doubt is looked up or repeated ever more slowly: by %s", (channel, expected) => {
  let night = nightOf(slowLevel, withContacts(contact("ada", [{ method: "m", channel, after: 0 }])), alert());
  const waits = Array.from({ length: 7 }, (_, n) => {
    night = nightFrom(night, uncertain(`p1.0.${n + 1}`));
    const { now } = night;
    const due = incident.nextDue(night.state) ?? now;
    night = nightFrom(night, pass(due - now));
    return due - now;
  });
  expect(waits).toEqual(expected.map(seconds));
});

test("a message that was looked up and found is told once, as one", () => {
  const doubted = [alert(), uncertain("p1.0.1"), pass(seconds(15))] as const;
  const found = report("p1.0.2", { outcome: "handed", receipt: "SM1", found: true });
  given(...doubted)
    .when(found)
    .then({ type: "DeliveryHanded", delivery: "p1.0.2", receipt: "SM1", found: true });
  given(...doubted, found)
    .when(report("p1.0.1", { outcome: "handed", receipt: "SM1" }))
    .thenNothing();
});

test("an order to deliver that was not carried out is given again, for as long as the page is wanted", () => {
  const { events } = given(slowLevel, alert()).whenPassed(minutes(18));
  expect(events).toMatchObject([
    { type: "DeliveryWanted", attempt: 2, cause: "repeat-after-unknown" },
    { type: "DeliveryWanted", attempt: 3, cause: "repeat-after-unknown" },
    { type: "DeliveryWanted", attempt: 4, cause: "repeat-after-unknown" },
    { type: "DeliveryWanted", attempt: 5, cause: "repeat-after-unknown" },
  ]);
});

test("the order that was given again may not be carried out as well", () => {
  const before = nightOf(alert());
  const { state } = nightOf(alert(), pass(minutes(2)));
  expect(state.paging.epoch).toBeGreaterThan(before.state.paging.epoch);
});

test("trouble with an attempt that another one has replaced brings neither of them back", () => {
  const replaced = [adaHasTwoPhones, alert(), handed("p1.1.1"), pass(minutes(2))] as const;
  given(...replaced)
    .when(erred("p1.0.1"))
    .thenNothing();
  given(...replaced)
    .when(uncertain("p1.0.1"))
    .thenNothing();
  given(...replaced)
    .when(failed("p1.0.1"))
    .then({ type: "DeliveryFailed", delivery: "p1.0.1" });
});

test("what became of a delivery is on the timeline even after somebody answered, and leads to nothing more", () => {
  given(adaHasTwoPhones, alert(), acknowledge("ada", "p1"))
    .when(handed("p1.0.1"))
    .then({ type: "DeliveryHanded" });
  given(adaHasTwoPhones, alert(), acknowledge("ada", "p1"))
    .when(failed("p1.0.1"))
    .then({ type: "DeliveryFailed" });
  given(alert(), acknowledge("ada", "p1")).when(erred("p1.0.1")).thenNothing();
});

test("while a machine has silenced the bell, a failure starts no other way", () => {
  given(adaHasTwoPhones, alert(), handed("p1.0.1"), machineAcknowledges)
    .when(failed("p1.0.1"))
    .then({ type: "DeliveryFailed", delivery: "p1.0.1" });
});

test("a failure that the operator has to mend is marked", () => {
  given(alert())
    .when(report("p1.0.1", { outcome: "giveUp", reason: "account-refused", operator: true }))
    .thenAmong({ type: "DeliveryFailed", operator: true });
});

test("after a stall each way is tried once, not once for every time that was missed", () => {
  const { events } = given(
    withPlan({ levels: [{ targets: [{ kind: "person", id: "ada" }], within: minutes(90) }] }),
    alert(),
    uncertain("p1.0.1"),
    stall(minutes(60)),
  ).whenPassed(0);
  expect(events).toMatchObject([{ type: "DeliveryWanted", attempt: 2 }]);
});

describe("two carriers", () => {
  const bySecond = report("p1.0.1", {
    outcome: "handed",
    receipt: "aws-1",
    carrier: "aws",
    detours: [{ carrier: "twilio", how: "uncertain", reason: "timed-out" }],
  });
  const failedAt = (receipt: string) =>
    report("p1.0.1", { outcome: "giveUp", reason: "not-delivered", operator: false, receipt });

  test("who took it, and who may have as well, is on the timeline", () => {
    given(alert())
      .when(bySecond)
      .then({
        type: "DeliveryHanded",
        receipt: "aws-1",
        carrier: "aws",
        detours: [{ carrier: "twilio", how: "uncertain", reason: "timed-out" }],
      });
  });

  test("a report that is faster than its sender hides nothing of how it went", () => {
    const reported = report("p1.0.1", { outcome: "handed", receipt: "aws-1", carrier: "aws" });
    given(alert(), reported)
      .when(bySecond)
      .thenAmong({
        type: "DeliveryHanded",
        detours: [{ carrier: "twilio", how: "uncertain", reason: "timed-out" }],
      });
    given(alert(), reported, bySecond).when(bySecond).thenNothing();
    given(alert(), reported, confirmed("p1.0.1")).when(bySecond).thenAmong({ type: "DeliveryHanded" });
    given(alert(), reported, confirmed("p1.0.1"), bySecond).whenPassed(minutes(4)).thenNo("DeliveryWanted");
  });

  test("what the second took is not repeated because nobody knew of the first", () => {
    given(alert(), bySecond).whenPassed(minutes(4)).thenNo("DeliveryWanted");
  });

  test("that the first one's message failed takes nothing back of what the second took", () => {
    given(alert(), bySecond).when(failedAt("SM-1")).thenNothing();
    given(alert(), bySecond)
      .when(failedAt("aws-1"))
      .thenAmong({ type: "DeliveryFailed", reason: "not-delivered" });
  });
});

test("whoever was woken by a text is told the end by a text, and whoever has only the chat is told there", () => {
  const bothWays = [
    { method: "phone", channel: "sms", after: 0 },
    { method: "chat", channel: "teams", after: 0 },
  ] as const;
  const atOnce = withContacts(contact("ada", bothWays));
  given(atOnce, alert(), handed("p1.0.1"), handed("p1.1.1"))
    .when(standDown("kay"))
    .thenAmong({ type: "NoticeWanted", kind: "stood-down-by-person", person: "ada", channel: "sms" });
  given(atOnce, alert(), failed("p1.0.1"), handed("p1.1.1"))
    .when(standDown("kay"))
    .thenAmong({ type: "NoticeWanted", kind: "stood-down-by-person", person: "ada", channel: "teams" });
});

describe("what a carrier took and then reports refused", () => {
  const refused = report("p1.0.1", {
    outcome: "giveUp",
    reason: "sender-misconfigured",
    operator: true,
  });
  const ringing = [
    withContacts(contact("ada", textAndCall)),
    alert(),
    handed("p1.0.1"),
    handed("p1.1.1"),
  ] as const;

  test("is tried once more though the phone rings: another carrier may do it", () => {
    given(...ringing)
      .when(refused)
      .then({ type: "DeliveryFailed", reason: "sender-misconfigured", operator: true });
    given(...ringing, refused)
      .whenPassed(seconds(5))
      .thenAmong({ type: "DeliveryWanted", channel: "sms", cause: "retry", attempt: 2 });
  });

  test("is given up where the second try ends so too", () => {
    const again = { ...refused, delivery: "p1.0.2" };
    given(...ringing, refused, pass(seconds(5)), handed("p1.0.2"), again)
      .whenPassed(minutes(1))
      .thenNo("DeliveryWanted");
  });
});
