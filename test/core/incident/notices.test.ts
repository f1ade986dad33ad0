// A notice tells and waits for nothing, but one that does not arrive goes by another way, and nobody misses it unseen.
import { describe, expect, test } from "vitest";
import type { ContactStep } from "../../../functions/core/contact.ts";
import type { DeliveryEvidence } from "../../../functions/core/incident/commands.ts";
import type { IncidentEvent } from "../../../functions/core/incident/events.ts";
import { minutes, seconds } from "../../../functions/core/time.ts";
import { acknowledge, alert, contact, handed, passTime, standDown } from "../../support/on-call.ts";
import { given, nightOf, pass, stall, withContacts } from "../../support/spec.ts";

const sms = { method: "mobile", channel: "sms", after: 0 } as const;
const work = { method: "work", channel: "sms", after: 0 } as const;
const teams = { method: "chat", channel: "teams", after: 0 } as const;

const reported = (notice: string, evidence: DeliveryEvidence) =>
  ({
    type: "RecordNotice",
    notice,
    evidence,
    actor: { kind: "hub", id: "receive-report", via: "clock", assurance: "internal" },
  }) as const;
const undelivered = (receipt?: string): DeliveryEvidence => ({
  outcome: "giveUp",
  reason: "handset-unreachable",
  operator: false,
  ...(receipt === undefined ? {} : { receipt }),
});
const taken = (receipt: string, carrier: "twilio" | "teams" = "twilio"): DeliveryEvidence => ({
  outcome: "handed",
  receipt,
  carrier,
});
const silent: DeliveryEvidence = { outcome: "unknown", reason: "timed-out" };

/** Ada has it, and was told as n2 that the severity was raised. */
const raised = (...ways: readonly ContactStep[]) =>
  [
    withContacts(contact("ada", ways)),
    alert("error"),
    handed("p1.0.1"),
    acknowledge("ada", "p1"),
    alert("critical"),
  ] as const;

/** Ada was paged, and was told as n2 that it is over. */
const ended = (...ways: readonly ContactStep[]) =>
  [withContacts(contact("ada", ways)), alert(), handed("p1.0.1"), standDown("kay")] as const;

const ways = (events: readonly IncidentEvent[]) =>
  events.flatMap((event) =>
    event.type === "NoticeWanted" ? [[event.channel, event.method, event.kind]] : [],
  );

describe("a notice that was handed over", () => {
  test("and is reported undelivered goes by the person's other written way, and the timeline says what was missed", () => {
    given(...ended(sms, teams), reported("n2", taken("SM1")))
      .when(reported("n2", undelivered("SM1")))
      .then(
        {
          type: "NoticeFailed",
          person: "ada",
          kind: "stood-down-by-person",
          channel: "sms",
          reason: "handset-unreachable",
        },
        {
          type: "NoticeWanted",
          notice: "n3",
          person: "ada",
          kind: "stood-down-by-person",
          channel: "teams",
          insteadOf: "n2",
          code: "A0",
        },
      );
  });

  test("by a text in the chat's place is said to have failed as a text", () => {
    given(...raised(teams), reported("n2", taken("SM1")))
      .when(reported("n2", undelivered("SM1")))
      .thenAmong({ type: "NoticeFailed", channel: "sms", reason: "handset-unreachable" });
    const passedOver = { carrier: "teams", how: "passed-over", reason: "provider-error" } as const;
    given(...raised(teams))
      .when(reported("n2", { ...undelivered(), detours: [passedOver] } as DeliveryEvidence))
      .thenAmong({ type: "NoticeFailed", channel: "sms" });
    given(...raised(teams), reported("n2", taken("a:1", "teams")))
      .when(reported("n2", undelivered("a:1")))
      .thenAmong({ type: "NoticeFailed", channel: "teams" });
  });

  test("is not repeated for what another carrier reports of a message that does not count", () => {
    given(...ended(sms, teams), reported("n2", taken("SM2")))
      .when(reported("n2", undelivered("SM1")))
      .thenNothing();
  });

  test("is not repeated for a report that comes twice", () => {
    given(...ended(sms, teams), reported("n2", taken("SM1")), reported("n2", undelivered("SM1")))
      .when(reported("n2", undelivered("SM1")))
      .thenNothing();
  });

  test("goes back from the chat to a text, and from one number to the next, once by each", () => {
    const tried = [
      ...ended(sms, work, teams),
      reported("n2", undelivered()),
      reported("n3", undelivered()),
    ] as const;
    expect(ways(nightOf(...tried).history)).toEqual([
      ["sms", "work", "stood-down-by-person"],
      ["teams", "chat", "stood-down-by-person"],
      ["sms", "mobile", "stood-down-by-person"],
    ]);
    given(...tried)
      .when(reported("n4", undelivered()))
      .thenAmong(
        { type: "NoticeFailed", channel: "sms" },
        { type: "NoticeUndeliverable", person: "ada", kind: "stood-down-by-person" },
      );
  });

  test("by the chat's own detour over the phone is not sent to that phone again", () => {
    const byChat = [
      withContacts({ ...contact("ada", [teams]), methods: contact("ada", [teams, sms, work]).methods }),
      alert(),
      handed("p1.0.1"),
      standDown("kay"),
    ] as const;
    const { events } = given(...byChat, reported("n2", taken("SM1"))).when(
      reported("n2", undelivered("SM1")),
    );
    expect(ways(events)).toEqual([["sms", "work", "stood-down-by-person"]]);
  });
});

describe("a notice of which nobody knows whether it went out", () => {
  const doubtful = [...ended(sms, teams), reported("n2", silent)] as const;

  test("waits for a word of it before it goes by another way", () => {
    given(...ended(sms, teams))
      .when(reported("n2", silent))
      .then({ type: "NoticeUncertain", person: "ada", reason: "timed-out" });
    given(...doubtful)
      .whenPassed(seconds(29))
      .thenNothing();
    given(...doubtful)
      .whenPassed(seconds(30))
      .then(
        { type: "NoticeFailed", reason: "timed-out" },
        { type: "NoticeWanted", channel: "teams", insteadOf: "n2" },
      );
  });

  test("goes by no other way once it is known to have arrived", () => {
    given(...doubtful, reported("n2", { outcome: "confirmed" }))
      .whenPassed(minutes(5))
      .thenNo("NoticeWanted");
    given(...doubtful, reported("n2", taken("SM1")))
      .whenPassed(minutes(5))
      .thenNo("NoticeWanted");
  });
});

test("a notice that nobody carries out for two minutes goes by another way", () => {
  given(...ended(sms, teams), stall(minutes(2)))
    .when(passTime)
    .thenAmong(
      { type: "NoticeFailed", reason: "not-carried-out" },
      { type: "NoticeWanted", channel: "teams" },
    );
});

test("words of the end reach people by another way as well, though the incident is over", () => {
  const over = [
    withContacts(contact("ada", [sms, teams])),
    alert(),
    handed("p1.0.1"),
    standDown("kay"),
  ] as const;
  given(...over, reported("n2", taken("SM1")))
    .when(reported("n2", undelivered("SM1")))
    .then(
      { type: "NoticeFailed", kind: "stood-down-by-person" },
      { type: "NoticeWanted", kind: "stood-down-by-person", channel: "teams" },
    );
  given(...over, reported("n2", silent))
    .whenPassed(minutes(1))
    .thenAmong({ type: "NoticeWanted", channel: "teams" });
});

test("a bridge that has ended is not offered by another way", () => {
  given(...raised(sms, teams))
    .when(reported("n2", { outcome: "giveUp", reason: "no-longer-wanted", operator: false }))
    .then({ type: "NoticeFailed" });
});

test("somebody without any written way stands on the timeline as not told", () => {
  const call = { method: "voice", channel: "voice", after: 0 } as const;
  const asked = [withContacts(contact("kay", [call])), alert(), acknowledge("kay")] as const;
  given(...asked)
    .whenPassed(minutes(15))
    .thenAmong({ type: "NoticeUndeliverable", person: "kay", kind: "still-yours" });
  const { notices } = nightOf(...asked, pass(minutes(15))).state;
  expect(Object.values(notices).filter(({ person }) => person === "kay")).toEqual([]);
});

describe("an owner whom no written way tells that it became graver", () => {
  const call = { method: "voice", channel: "voice", after: 0 } as const;
  const unheard = [...raised(sms, call), reported("n2", undelivered())] as const;

  test("is paged anew, by phone as well", () => {
    given(...raised(sms, call))
      .when(reported("n2", undelivered()))
      .thenAmong(
        { type: "NoticeUndeliverable", person: "ada", kind: "severity-raised" },
        { type: "AcknowledgementQuestioned", person: "ada", reason: "not-told" },
        { type: "PageOpened", person: "ada" },
        { type: "DeliveryWanted", channel: "sms" },
        { type: "DeliveryWanted", channel: "voice" },
      );
  });

  test("keeps it with a yes; without one the level resumes", () => {
    const page = Object.keys(nightOf(...unheard).state.paging.pages).at(-1) ?? "";
    given(...unheard)
      .when(acknowledge("ada", page))
      .thenAmong({ type: "AcknowledgementRenewed", person: "ada" });
    given(...unheard)
      .whenPassed(minutes(5))
      .thenAmong({ type: "RequestReopened", person: "ada" }, { type: "LevelStarted" });
  });

  test("is paged as well where a phone did not bring it, and not left with a message in the chat", () => {
    const untold = given(...raised(sms, call, teams)).when(reported("n2", undelivered()));
    untold.thenAmong(
      { type: "NoticeFailed", channel: "sms" },
      { type: "AcknowledgementQuestioned", person: "ada", reason: "not-told" },
      { type: "DeliveryWanted", channel: "sms" },
      { type: "DeliveryWanted", channel: "voice" },
      { type: "DeliveryWanted", channel: "teams" },
    );
    untold.thenNo("NoticeWanted");
  });

  test("is paged at once where nothing was ever written to them", () => {
    const spoken = withContacts(contact("ada", [call]));
    given(spoken, alert("error"), handed("p1.0.1"), acknowledge("ada", "p1"))
      .when(alert("critical"))
      .thenAmong(
        { type: "NoticeUndeliverable", person: "ada", kind: "severity-raised" },
        { type: "AcknowledgementQuestioned", person: "ada", reason: "not-told" },
        { type: "DeliveryWanted", channel: "voice" },
      );
  });

  test("is written to where there is a way, though it was taken without a page", () => {
    const taken = given(alert("error"), handed("p1.0.1"), acknowledge("kay")).when(alert("critical"));
    taken.thenAmong({ type: "NoticeWanted", person: "kay", kind: "severity-raised" });
    taken.thenNo("PageOpened");
  });

  test("is not rung for news of less weight", () => {
    const clear = [withContacts(contact("ada", [sms, call])), alert(), handed("p1.0.1")] as const;
    given(...clear, standDown("kay"))
      .when(reported("n2", undelivered()))
      .thenNo("PageOpened", "AcknowledgementQuestioned");
  });
});
