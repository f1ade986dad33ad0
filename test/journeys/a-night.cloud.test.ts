// The same nights in the cloud's twin.
import { describe, expect, inject, test, vi } from "vitest";
import { type FunctionName, type Subscription, subscriptions } from "../../functions/subscriptions.ts";
import { grantedTo, missing, unused } from "../infra/support/policy.ts";
import { arnOf, names, template } from "../support/cloud/deployment.ts";
import { aCloudWorld } from "../support/cloud.ts";
import { dynamodbLocal, withoutJava } from "../support/dynamodb-local.ts";
import { recorder } from "../support/record-aws.ts";
import type { WorldSettings } from "../support/world.ts";
import { bridgeNights } from "./bridge-nights.ts";
import { callNights } from "./call-nights.ts";
import { cardNights } from "./card-nights.ts";
import { carrierNights } from "./carrier-nights.ts";
import { chatNights } from "./chat-nights.ts";
import { commandNights } from "./command-nights.ts";
import { failoverNights } from "./failover-nights.ts";
import { lineNights } from "./line-nights.ts";
import { nights } from "./nights.ts";
import { rareChatNights } from "./rare-chat-nights.ts";
import { rareLineNights } from "./rare-line-nights.ts";
import { rareNights } from "./rare-nights.ts";
import { rareRefusalNights } from "./rare-refusal-nights.ts";
import { rareWordNights } from "./rare-word-nights.ts";
import { refusalNights } from "./refusal-nights.ts";
import { siteNights } from "./site-nights.ts";
import { wordNights } from "./word-nights.ts";

// Java is slow to warm up, and a loaded machine slower.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describe.skipIf(withoutJava !== undefined)(`in the cloud ${withoutJava ?? ""}`.trim(), () => {
  const recorded = recorder();
  const aWorld = async (settings: WorldSettings = {}) =>
    aCloudWorld({
      ...settings,
      endpoint: await dynamodbLocal(inject("runDirectory")),
      recorder: recorded,
    });

  describe("an ordinary night", () => nights(aWorld));
  describe("a night of calls", () => callNights(aWorld));
  describe("a night without Twilio", () => carrierNights(aWorld));
  describe("a night on the bridge", () => bridgeNights(aWorld));
  describe("a night under command", () => commandNights(aWorld));
  describe("a night on the line", () => lineNights(aWorld));
  describe("a night without the chat", () => siteNights(aWorld));
  describe("a night in the chat", () => chatNights(aWorld));
  describe("a night of cards", () => cardNights(aWorld));
  describe("a night of words", () => wordNights(aWorld));
  describe("a rare night in the chat", () => rareChatNights(aWorld));
  describe("a rare night of words", () => rareWordNights(aWorld));
  describe("a rare night on the line", () => rareLineNights(aWorld));
  describe("a night in which Twilio fails", () => failoverNights(aWorld, 6));
  describe("a night on which a carrier refuses somebody", () => refusalNights(aWorld));
  describe("a rare night of refusals", () => rareRefusalNights(aWorld));
  describe("a rare night", () => rareNights(aWorld));

  describe("after all those nights", () => {
    test.each(names)("%s made no call that its policy forbids", (name) => {
      expect(missing(grantedTo(template, name), recorded.callsOf(name), arnOf)).toEqual([]);
    });

    test.each(names)("%s made use of all that its policy allows", (name) => {
      const never = unused(grantedTo(template, name), recorded.callsOf(name), arnOf);
      expect(never.filter((grant) => !isForDecisions(name, grant))).toEqual([]);
    });
  });
});

/** Whoever decides asks for what core wants to know, and does with names what core decides: which order leads to which of
 * these is core's affair, and no function's. */
const decided = [
  /dynamodb:(Put|Update|Delete)Item .* claim#\*$/,
  /dynamodb:Query .*index\/members incident\/\*$/,
  /dynamodb:Query .* members#\*$/,
  /dynamodb:GetItem .* config#\*$/,
];

function isForDecisions(name: FunctionName, grant: string): boolean {
  const { uses, only }: Subscription = subscriptions[name];
  const decides = uses.includes("journal") && (only?.journal ?? ["append"]).includes("append");
  return decides && decided.some((pattern) => pattern.test(grant));
}
