// What was taken as a warning in the evening and becomes urgent at three: its owner is paged anew, with a page's fallbacks.
import { describe, expect, test } from "vitest";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  contact,
  decline,
  erred,
  escalate,
  failed,
  handed,
  levels,
  reportCan,
  signedIn,
  signIn,
  textAndCall,
  unreachable,
} from "../../support/on-call.ts";
import * as onBridge from "../../support/on-the-bridge.ts";
import { given, nightOf, pass, withContacts, withPlan } from "../../support/spec.ts";

/** Written to while it is not urgent; texted and called when it is. */
const quietFirst = withContacts(
  contact("ada", textAndCall, [{ method: "chat", channel: "teams", after: 0 }]),
);
const taken = [
  quietFirst,
  alert("warning"),
  handed("p1.0.1"),
  acknowledge("ada", "p1"),
  pass(minutes(10)),
] as const;
const urgent = [...taken, alert("critical")] as const;
const p = Object.keys(nightOf(...urgent).state.paging.pages).at(-1) ?? "";

describe("what somebody has in hand becomes urgent", () => {
  test("the owner is rung on every urgent way, and has the level's time to answer", () => {
    const raised = given(...taken).when(alert("critical"));
    raised.thenAmong(
      {
        type: "AcknowledgementQuestioned",
        person: "ada",
        reason: "urgency-raised",
        until: raised.night.now + minutes(5),
      },
      { type: "PageOpened", person: "ada", cause: "urgency-raised", code: "A0" },
      { type: "DeliveryWanted", channel: "sms" },
      { type: "DeliveryWanted", channel: "voice" },
    );
    raised.thenNo("NoticeWanted", "LevelStarted", "RequestReopened");
    expect(raised.night.state.paging.requests["owner"]?.state).toMatchObject({
      name: "satisfied",
      owner: "ada",
    });
  });

  test("a yes keeps it, and ends the ringing", () => {
    given(...urgent)
      .when(acknowledge("ada", p))
      .then({ type: "PageAcknowledged", page: p }, { type: "AcknowledgementRenewed", person: "ada" });
    given(...urgent, acknowledge("ada", p))
      .whenPassed(minutes(60))
      .thenNothing();
  });

  test("a yes without a page, and any act of the owner, do the same", () => {
    given(...urgent)
      .when({ ...acknowledge("ada"), actor: signedIn("ada") })
      .thenAmong({ type: "PageAcknowledged", page: p }, { type: "AcknowledgementRenewed" });
    given(...urgent)
      .when(reportCan("ada"))
      .thenAmong({ type: "PageAcknowledged", page: p }, { type: "AcknowledgementRenewed" });
  });

  test("without an answer the level resumes", () => {
    given(...urgent, handed(`${p}.0.1`), handed(`${p}.1.1`))
      .whenPassed(minutes(5))
      .thenAmong(
        { type: "RequestReopened", person: "ada", reason: "forgotten" },
        { type: "PageExpired", page: p, reason: "not-answered" },
        { type: "LevelStarted", level: 1, cause: "forgotten", people: ["grace"] },
      );
  });

  test("when every way has failed the level resumes at once", () => {
    given(...urgent, failed(`${p}.0.1`))
      .when(failed(`${p}.1.1`))
      .thenAmong(
        { type: "RequestReopened", person: "ada", reason: "not-reached" },
        { type: "PageExpired", page: p, reason: "not-reached" },
        { type: "LevelStarted", level: 1, cause: "nobody-reachable" },
      );
  });

  test("an owner who signed in hours ago is asked like any other: nobody signs out to sleep", () => {
    given(...taken, signIn("ada"), alert("critical"), handed(`${p}.0.1`), handed(`${p}.1.1`))
      .whenPassed(minutes(5))
      .thenAmong(
        { type: "RequestReopened", person: "ada", reason: "forgotten" },
        { type: "LevelStarted", level: 1, people: ["grace"] },
      );
  });

  test("an owner who came into the room since then has answered by that", () => {
    const came = [
      ...urgent,
      handed(`${p}.0.1`),
      onBridge.openBridge("ada"),
      onBridge.setUp(1),
      onBridge.admitted("CA1", { person: "ada" }),
      onBridge.joins("CA1", 1),
    ] as const;
    given(...came, failed(`${p}.0.1`))
      .when(failed(`${p}.1.1`))
      .thenNo("RequestReopened", "PageOpened");
    given(...came)
      .whenPassed(minutes(5))
      .thenAmong({ type: "PageAcknowledged", page: p }, { type: "AcknowledgementRenewed", person: "ada" });
  });

  test("where others share the owner's level, that level resumes", () => {
    const two = withPlan(levels(["ada", "kay"], ["grace"]));
    given(two, quietFirst, alert("warning"), handed("p1.0.1"), acknowledge("ada", "p1"), alert("critical"))
      .whenPassed(minutes(5))
      .thenAmong({ type: "LevelStarted", level: 0, people: ["ada", "kay"] });
  });

  test("an owner who can't be reached any more does not keep it", () => {
    given(...taken, withContacts(unreachable("ada")))
      .when(alert("critical"))
      .thenAmong(
        { type: "RequestReopened", person: "ada", reason: "not-reached" },
        { type: "LevelStarted", level: 1, people: ["grace"] },
      );
  });

  test("while the provider fails the page is tried again, and others are asked when its time is over", () => {
    given(...urgent, erred(`${p}.0.1`), erred(`${p}.1.1`))
      .whenPassed(seconds(5))
      .thenAmong({ type: "DeliveryWanted", cause: "retry" }, { type: "DeliveryWanted", cause: "retry" });
    given(...urgent, erred(`${p}.0.1`), erred(`${p}.1.1`))
      .whenPassed(minutes(5))
      .thenAmong({ type: "RequestReopened", reason: "not-reached" }, { type: "LevelStarted", level: 1 });
  });

  test("a no gives it back, and more help keeps it while others are paged", () => {
    given(...urgent)
      .when(decline("ada", p))
      .thenAmong(
        { type: "PageDeclined", page: p },
        { type: "RequestReopened", reason: "given-back" },
        { type: "LevelStarted", level: 1, people: ["grace"] },
      );
    given(...urgent)
      .when(escalate("ada", p))
      .thenAmong(
        { type: "PageEscalated", page: p },
        { type: "LevelStarted", cause: "escalated", people: ["grace"] },
      );
  });

  test("whoever took it without having been paged is paged as well", () => {
    given(alert("warning"), handed("p1.0.1"), acknowledge("kay"))
      .when(alert("critical"))
      .thenAmong(
        { type: "PageOpened", person: "kay", cause: "urgency-raised" },
        { type: "DeliveryWanted", person: "kay" },
      );
  });

  test("a promise to come is asked after all the same, once it has passed", () => {
    const promised = { ...acknowledge("ada", "p1"), type: "Acknowledge", arrivingIn: minutes(20) } as const;
    const early = [quietFirst, alert("warning"), handed("p1.0.1"), promised, pass(minutes(5))] as const;
    given(...early, alert("critical"), acknowledge("ada", "p2"))
      .whenPassed(minutes(15))
      .thenAmong({ type: "AcknowledgementQuestioned", person: "ada", reason: "silent" });
    given(...early, signIn("ada"), alert("critical"), acknowledge("ada", "p2"))
      .whenPassed(minutes(60))
      .thenNothing();
  });

  test("after days the page has a code of its own: the first one may be another incident's by now", () => {
    const days = [...taken, reportCan("ada"), pass(hours(49)), alert("critical")] as const;
    const { paging } = nightOf(...days).state;
    const [first, anew] = Object.values(paging.pages);
    expect(anew).toMatchObject({ cause: "urgency-raised", person: "ada" });
    expect(anew?.code).not.toBe(first?.code);
  });

  test("an owner in the room is told there, and not rung out of it", () => {
    const inRoom = given(
      ...taken,
      onBridge.openBridge("ada"),
      onBridge.setUp(1),
      onBridge.admitted("CA1", { person: "ada" }),
      onBridge.joins("CA1", 1),
    ).when(alert("critical"));
    inRoom.thenNo("PageOpened");
    inRoom.thenAmong({ type: "NoticeWanted", kind: "severity-raised", person: "ada" });
  });
});

test("a page that is open when it becomes urgent goes out on every urgent way, each once", () => {
  const open = given(quietFirst, alert("warning"), handed("p1.0.1"), pass(minutes(2))).when(
    alert("critical"),
  );
  open.thenAmong(
    { type: "PageHastened", page: "p1" },
    { type: "DeliveryWanted", page: "p1", channel: "sms", cause: "severity-raised" },
    { type: "DeliveryWanted", page: "p1", channel: "voice", cause: "severity-raised" },
    { type: "DeliveryWanted", page: "p1", channel: "teams", cause: "severity-raised" },
  );
  expect(open.events.filter(({ type }) => type === "DeliveryWanted")).toHaveLength(3);
});

test("nothing is hastened where the page already takes every urgent way", () => {
  given(alert("warning"), handed("p1.0.1")).when(alert("critical")).thenNo("PageHastened");
});
