// How the carriers do, as anybody who is signed in sees it.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { byHub } from "../../functions/core/command.ts";
import type { CarrierName } from "../../functions/core/contact.ts";
import { type ProviderOrder, provider, providerStream } from "../../functions/core/provider/provider.ts";
import { seconds } from "../../functions/core/time.ts";
import { peopleOf } from "../../functions/decisions.ts";
import { addressDigest } from "../../functions/digest.ts";
import { dispatcher } from "../../functions/dispatcher.ts";
import { make } from "../../functions/show-providers/handler.ts";
import { claimsOf, localSignIn } from "../support/accounts.ts";
import { anEntrance, listening } from "../support/intake.ts";
import { night } from "../support/moments.ts";

async function aHouse(names: readonly CarrierName[] = ["twilio", "aws"]) {
  const { journal, configItems } = await anEntrance();
  const breakers = dispatcher(provider, journal, async () => ({ configVersion: "v1" }));
  let now = night;
  const people = peopleOf(journal, () => Promise.resolve("v1"));
  const ask = async (claims: object | undefined = claimsOf("ada@test.example"), query: object = {}) => {
    const event = {
      queryStringParameters: query,
      requestContext: { http: { method: "GET" }, ...(claims && { authorizer: { jwt: { claims } } }) },
      headers: {},
    } as unknown as APIGatewayProxyEventV2;
    const ports = { journal, configItems, clock: { now: () => now }, signInSettings: localSignIn };
    return make({ ...ports, carrierNames: { all: () => names } })(event, listening().tools);
  };
  return {
    ask,
    seen: async (query: object = {}) =>
      (JSON.parse((await ask(undefined, query)).body ?? "") as { providers: readonly unknown[] }).providers,
    refuse: (carrier: CarrierName) =>
      people.dispatch("person/ada", {
        ...byHub("send-page", `refused-${carrier}`, now),
        type: "RecordRefusal",
        method: "sms",
        channel: "sms",
        address: addressDigest("+447700900001"),
        carrier,
        reason: "region-not-permitted",
        scope: "person",
        stage: "on-request",
      }),
    tell: (order: ProviderOrder) =>
      breakers.dispatch(providerStream("twilio"), { ...byHub("carriers", `at-${now}`, now), ...order }),
    pass: (time: number) => {
      now += time;
    },
  };
}

test("a healthy night has nothing to tell, and a breaker that was never written is well", async () => {
  expect(await (await aHouse()).seen()).toEqual([
    { id: "twilio", name: "Twilio", state: "well", share: 1, text: "is well.", refuses: [] },
    { id: "aws", name: "The second carrier", state: "well", share: 1, text: "is well.", refuses: [] },
  ]);
});

test("a carrier that is well and refuses somebody says whom", async () => {
  const house = await aHouse();
  await house.refuse("twilio");
  expect(await house.seen()).toMatchObject([
    {
      id: "twilio",
      state: "well",
      refuses: ["ada"],
      text: "is well. It refuses messages to Ada; `muster ready` says why and what to do.",
    },
    { id: "aws", refuses: [], text: "is well." },
  ]);
  // Who only wants to know of outages does not have everybody looked up.
  expect(await house.seen({ refusals: "no" })).toMatchObject([{ text: "is well." }, {}]);
});

test("a second carrier that the deployment lacks is not told of", async () => {
  expect(await (await aHouse(["twilio"])).seen()).toMatchObject([{ id: "twilio" }]);
});

test("from trip to return each state says what it is, since when and why", async () => {
  const house = await aHouse();
  const twilio = async () => (await house.seen())[0];
  await house.tell({ type: "RecordOutcome", outcome: "refused", reason: "account-refused" });
  house.pass(seconds(10));
  expect(await twilio()).toMatchObject({
    state: "resting",
    share: 0,
    reason: "account-refused",
    text: "is passed over for another 20 seconds wherever another carrier can take the page (the provider refuses our account, for 10 seconds).",
  });
  house.pass(seconds(20));
  expect(await twilio()).toMatchObject({ state: "half-open", share: 0 });
  await house.tell({ type: "RecordOutcome", outcome: "well" });
  expect(await twilio()).toMatchObject({ state: "returning", share: 1 / 8 });
  house.pass(seconds(90));
  expect(await twilio()).toMatchObject({
    share: 1 / 4,
    text: expect.stringContaining("a quarter of the pages"),
  });
  house.pass(seconds(90));
  expect(await twilio()).toMatchObject({ state: "well", share: 1 });
});

test("nobody who is not signed in is told", async () => {
  expect((await (await aHouse()).ask({})).statusCode).toBe(401);
});
