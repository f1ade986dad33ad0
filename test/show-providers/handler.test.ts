// How the carriers do, as anybody who is signed in sees it.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { byHub } from "../../functions/core/command.ts";
import type { CarrierName } from "../../functions/core/contact.ts";
import { type ProviderOrder, provider, providerStream } from "../../functions/core/provider/provider.ts";
import { seconds } from "../../functions/core/time.ts";
import { dispatcher } from "../../functions/dispatcher.ts";
import { make } from "../../functions/show-providers/handler.ts";
import { listening } from "../support/intake.ts";
import { night } from "../support/moments.ts";
import { aSqliteStore } from "../support/stores.ts";

function aHouse(names: readonly CarrierName[] = ["twilio", "aws"]) {
  const { journal } = aSqliteStore();
  const breakers = dispatcher(provider, journal, async () => ({ configVersion: "v1" }));
  let now = night;
  const ask = async (claims: object | undefined = { sub: "ada" }) => {
    const event = {
      requestContext: { http: { method: "GET" }, ...(claims && { authorizer: { jwt: { claims } } }) },
      headers: {},
    } as unknown as APIGatewayProxyEventV2;
    return make({ journal, clock: { now: () => now }, carrierNames: { all: () => names } })(
      event,
      listening().tools,
    );
  };
  return {
    ask,
    seen: async () => (JSON.parse((await ask()).body ?? "") as { providers: readonly unknown[] }).providers,
    tell: (order: ProviderOrder) =>
      breakers.dispatch(providerStream("twilio"), { ...byHub("carriers", `at-${now}`, now), ...order }),
    pass: (time: number) => {
      now += time;
    },
  };
}

test("a healthy night has nothing to tell, and a breaker that was never written is well", async () => {
  expect(await aHouse().seen()).toEqual([
    { id: "twilio", name: "Twilio", state: "well", share: 1, text: "is well." },
    { id: "aws", name: "The second carrier", state: "well", share: 1, text: "is well." },
  ]);
});

test("a second carrier that the deployment lacks is not told of", async () => {
  expect(await aHouse(["twilio"]).seen()).toMatchObject([{ id: "twilio" }]);
});

test("from trip to return each state says what it is, since when and why", async () => {
  const house = aHouse();
  const twilio = async () => (await house.seen())[0];
  await house.tell({ type: "RecordOutcome", outcome: "refused", reason: "account-refused" });
  house.pass(seconds(10));
  expect(await twilio()).toMatchObject({
    state: "resting",
    share: 0,
    reason: "account-refused",
    text: "is left alone for another 20 seconds (the provider refuses our account, for 10 seconds); pages go by another carrier where there is one.",
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
  expect((await aHouse().ask({})).statusCode).toBe(401);
});
