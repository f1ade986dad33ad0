// Twilio's reports as evidence. What they mean for the page is the incident's to decide.
import { describe, expect, test } from "vitest";
import { deliveryReasons } from "../../functions/core/incident/events.ts";
import { knownCodes, meaningOf } from "../../functions/core/provider/twilio-codes.ts";
import { statusEvidence } from "../../functions/sources/twilio-status.ts";

const report = (MessageStatus: string, more = {}) =>
  statusEvidence({ MessageSid: "SM1", MessageStatus, ...more });

describe("a report", () => {
  test.each(["accepted", "queued", "sending", "sent"])(
    "%s says that Twilio has it, and no more",
    (status) => {
      expect(report(status)).toEqual({ outcome: "handed", receipt: "SM1" });
    },
  );

  test("delivered is a confirmation, never an acknowledgement", () => {
    expect(report("delivered")).toEqual({ outcome: "confirmed" });
  });

  test.each([
    ["undelivered", "30003", { outcome: "giveUp", reason: "handset-unreachable", operator: false }],
    [
      "undelivered",
      "30005",
      { outcome: "giveUp", reason: "number-invalid", operator: false, method: "bounced" },
    ],
    ["failed", "21610", { outcome: "giveUp", reason: "opted-out", operator: false, method: "opted-out" }],
    ["failed", "30034", { outcome: "giveUp", reason: "sender-misconfigured", operator: true }],
    ["failed", "30001", { outcome: "retry", reason: "rate-limited" }],
    ["undelivered", "12", { outcome: "giveUp", reason: "not-delivered", operator: false }],
    ["failed", "constructor", { outcome: "giveUp", reason: "not-delivered", operator: false }],
  ])("%s with %s is sorted by the table", (status, ErrorCode, evidence) => {
    expect(report(status, { ErrorCode })).toEqual(evidence);
  });

  test("a failure without a code is a failure", () => {
    expect(report("failed")).toEqual({ outcome: "giveUp", reason: "not-delivered", operator: false });
  });

  test.each(["received", "receiving", "partially_delivered", "", "constructor"])(
    "%s says nothing",
    (status) => {
      expect(report(status)).toBeUndefined();
    },
  );
});

describe("a report of a call", () => {
  const receipt = "CA1";
  const reportCall = (form: Readonly<Record<string, string>>) =>
    statusEvidence({ CallSid: receipt, ...form });
  const ended = (reason: string) => ({ outcome: "giveUp", reason, operator: false });

  test.each<[string, object]>([
    ["queued", { outcome: "handed", receipt }],
    ["initiated", { outcome: "handed", receipt }],
    ["ringing", { outcome: "handed", receipt }],
    ["in-progress", { outcome: "pickedUp", who: "unknown", receipt }],
    ["answered", { outcome: "pickedUp", who: "unknown", receipt }],
    ["busy", ended("busy")],
    ["no-answer", ended("not-answered")],
    ["canceled", ended("call-ended")],
    ["completed", ended("no-key-pressed")],
    ["failed", ended("not-delivered")],
  ])("%s", (CallStatus, evidence) => {
    expect(reportCall({ CallStatus })).toEqual(evidence);
  });

  test("a failure with a code is sorted by the table", () => {
    expect(reportCall({ CallStatus: "failed", ErrorCode: "21217" })).toMatchObject({ method: "bounced" });
    expect(reportCall({ CallStatus: "failed", ErrorCode: "13224" })).toEqual(ended("number-invalid"));
    expect(reportCall({ CallStatus: "failed", ErrorCode: "21215" })).toMatchObject({ operator: true });
  });

  test.each([
    ["human", "human"],
    ["machine_start", "machine"],
    ["machine_end_beep", "machine"],
    ["machine_end_silence", "machine"],
    ["machine_end_other", "machine"],
    ["fax", "machine"],
    ["unknown", "unknown"],
    ["", "unknown"],
    ["constructor", "unknown"],
  ])("answered by %s", (AnsweredBy, who) => {
    expect(reportCall({ AnsweredBy })).toEqual({ outcome: "pickedUp", who, receipt });
    expect(reportCall({ AnsweredBy, CallStatus: "in-progress" })).toMatchObject({ who });
    expect(reportCall({ AnsweredBy, CallStatus: "completed" })).toEqual(ended("no-key-pressed"));
  });

  test.each(["", "constructor", "delivered", "something-new"])("%s says nothing", (CallStatus) => {
    expect(reportCall({ CallStatus })).toBeUndefined();
  });

  test("no report of a call confirms anything: only a key answers", () => {
    for (const CallStatus of ["queued", "ringing", "in-progress", "completed", "answered", "human"])
      expect(reportCall({ CallStatus, Digits: "1" })?.outcome).not.toBe("confirmed");
  });
});

describe("the table", () => {
  test("every row has a reason of ours, and whoever opted out is never tried again", () => {
    expect(knownCodes.length).toBeGreaterThan(40);
    for (const code of knownCodes) expect(deliveryReasons).toContain(meaningOf(code)?.reason);
    expect(meaningOf(21610)?.outcome).toBe("giveUp");
  });

  test("what will fail for everybody alarms the operator", () => {
    for (const code of [20003, 21212, 21606, 21608, 30002, 30032, 30034, 21408])
      expect(meaningOf(code)).toMatchObject({ operator: true });
  });
});
