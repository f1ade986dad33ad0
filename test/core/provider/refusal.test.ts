// Which of a carrier's refusals last, and whom each is about.
import { describe, expect, test } from "vitest";
import { deliveryReasons } from "../../../functions/core/incident/events.ts";
import { refusalOf } from "../../../functions/core/provider/refusal.ts";
import { knownCodes, meaningOf } from "../../../functions/core/provider/twilio-codes.ts";

const ofCode = (code: number) => {
  const meaning = meaningOf(code);
  return meaning?.outcome === "giveUp" ? refusalOf(meaning) : undefined;
};

test.each([
  [21215, "region-not-permitted", "person"], // calls to this country
  [21408, "region-not-permitted", "person"], // texts to it
  [21612, "region-not-permitted", "person"], // no route
  [21608, "number-not-permitted", "person"], // trial account
  [21219, "number-not-permitted", "person"],
  [21216, "number-not-permitted", "person"],
  [13224, "number-invalid", "person"], // no carrier takes the call
  [30004, "blocked", "person"],
  [30007, "blocked", "sender"], // filtered: it will be for others too
  [30034, "sender-misconfigured", "sender"], // 10DLC not registered
  [30032, "sender-misconfigured", "sender"],
  [63038, "rate-limited", "sender"], // daily cap
])("Twilio's %s stands as %s, about the %s", (code, reason, scope) => {
  expect(ofCode(code)).toEqual({ reason, scope });
});

test.each([
  [21211, "closes the number"],
  [21614, "closes the number"],
  [21610, "is the person's own word"],
  [30003, "is a phone that is off"],
  [30008, "is of this message alone"],
  [20003, "trips the carrier's breaker, and is told there"],
  [20429, "is tried again"],
])("Twilio's %s does not stand: it %s", (code) => {
  expect(ofCode(code)).toBeUndefined();
});

test("whatever the operator has to fix stands somewhere: here, or with the breaker", () => {
  for (const code of knownCodes) {
    const meaning = meaningOf(code);
    if (meaning?.outcome !== "giveUp" || !meaning.operator || meaning.reason === "account-refused") continue;
    expect(ofCode(code), String(code)).toBeDefined();
  }
});

describe("whatever the reason", () => {
  test.each(deliveryReasons)(
    "a number that is closed for it (%s) is told as closed, and not twice",
    (reason) => {
      expect(refusalOf({ reason, operator: true, method: "bounced" })).toBeUndefined();
    },
  );
});

test("a code that nobody knows may be about this number alone", () => {
  expect(refusalOf({ reason: "provider-error", operator: true })).toEqual({
    reason: "provider-error",
    scope: "person",
  });
  expect(refusalOf({ reason: "provider-error", operator: false })).toBeUndefined();
});
