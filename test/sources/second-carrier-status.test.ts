// The second carrier's delivery events, as AWS documents them, and as evidence.
import { describe, expect, test } from "vitest";
import { carrierReport } from "../../functions/sources/second-carrier-status.ts";

const path = "/twilio/reports/i1/page/p1.0.1";
const detail = (eventType: string, more: object = {}) => ({
  eventType,
  eventVersion: "1.0",
  eventTimestamp: 1_759_342_841_377,
  isFinal: true,
  originationPhoneNumber: "+12025550198",
  destinationPhoneNumber: "+12025550101",
  messageId: "862a8790-60c0-4430-9b2b-658bdexample",
  context: { report: path },
  ...more,
});
const receipt = detail("x").messageId;
const evidence = (type: string, more: object = {}) => carrierReport(detail(type, more))?.evidence;

test("a report says what it is about: the message, and our own address for it", () => {
  expect(carrierReport(detail("TEXT_DELIVERED"))).toEqual({
    receipt,
    path,
    evidence: { outcome: "confirmed" },
  });
});

describe("of a text", () => {
  test.each(["TEXT_QUEUED", "TEXT_PENDING", "TEXT_SENT"])("%s: it is with the carrier", (type) =>
    expect(evidence(type)).toEqual({ outcome: "handed", receipt, carrier: "aws" }),
  );

  test("the person's own carrier took it: that is the last word where it says so", () => {
    expect(evidence("TEXT_SUCCESSFUL")).toEqual({ outcome: "confirmed" });
    expect(evidence("TEXT_SUCCESSFUL", { isFinal: false })).toEqual({
      outcome: "handed",
      receipt,
      carrier: "aws",
    });
  });

  test.each([
    ["TEXT_UNREACHABLE", "handset-unreachable", false],
    ["TEXT_CARRIER_UNREACHABLE", "handset-unreachable", false],
    ["TEXT_BLOCKED", "blocked", false],
    ["TEXT_CARRIER_BLOCKED", "blocked", true],
    ["TEXT_SPAM", "blocked", true],
    ["TEXT_PROTECT_BLOCKED", "region-not-permitted", true],
    ["TEXT_INVALID_MESSAGE", "provider-error", true],
    ["TEXT_TTL_EXPIRED", "not-delivered", false],
    ["TEXT_UNKNOWN", "not-delivered", false],
  ])("%s is given up: %s", (type, reason, operator) =>
    expect(evidence(type)).toEqual({ outcome: "giveUp", reason, operator }),
  );

  test("a number that is none bounced", () =>
    expect(evidence("TEXT_INVALID")).toEqual({
      outcome: "giveUp",
      reason: "number-invalid",
      operator: false,
      method: "bounced",
    }));
});

describe("of a call", () => {
  test.each([
    ["VOICE_INITIATED", { outcome: "handed", receipt, carrier: "aws" }],
    ["VOICE_RINGING", { outcome: "handed", receipt, carrier: "aws" }],
    ["VOICE_ANSWERED", { outcome: "pickedUp", who: "unknown", receipt }],
    ["VOICE_COMPLETED", { outcome: "confirmed" }],
    ["VOICE_BUSY", { outcome: "giveUp", reason: "busy", operator: false }],
    ["VOICE_NO_ANSWER", { outcome: "giveUp", reason: "not-answered", operator: false }],
    ["VOICE_FAILED", { outcome: "giveUp", reason: "not-delivered", operator: false }],
    ["VOICE_TTL_EXPIRED", { outcome: "giveUp", reason: "not-delivered", operator: false }],
  ])("%s", (type, expected) => expect(evidence(type)).toEqual(expected));
});

test("what the service may add says nothing, and what is no event is none", () => {
  expect(carrierReport(detail("TEXT_READ"))).toMatchObject({ evidence: undefined });
  expect(carrierReport(detail("constructor"))).toMatchObject({ evidence: undefined });
  for (const nothing of [undefined, null, 7, "x", [], {}, { eventType: 1, messageId: "m" }])
    expect(carrierReport(nothing)).toBeUndefined();
});

test.each([
  { context: undefined },
  { context: {} },
  { context: { report: 7 } },
  { context: { report: null } },
])("%o names no page of ours", (more) =>
  expect(carrierReport(detail("TEXT_DELIVERED", more))?.path).toBeUndefined(),
);
