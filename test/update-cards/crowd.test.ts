// 200 people are asked by a card, and one of them takes it: the chat never says that it is too much.
import { afterEach, beforeEach, expect, test } from "vitest";
import { places } from "../../functions/chat-places.ts";
import type { Actor } from "../../functions/core/command.ts";
import { make as sendPage } from "../../functions/send-page/handler.ts";
import { make as updateCards } from "../../functions/update-cards/handler.ts";
import { wordsOf } from "../../infra/local/simulator/chat/cards.ts";
import { aChatHouse, type ChatHouse } from "../support/chat-house.ts";
import { records } from "../support/intake.ts";
import { simulatedChat } from "../support/simulated-chat.ts";

const crowd = 200;
const people = Array.from({ length: crowd }, (_, n) => ({
  name: `Person ${n}`,
  email: `p${n}@brightwater.example`,
  methods: [],
}));

let simulated: Awaited<ReturnType<typeof simulatedChat>>;
let house: ChatHouse;
beforeEach(async () => {
  simulated = await simulatedChat({ people });
  const { chat, at } = simulated;
  house = await aChatHouse(configOf(chat.users().map(({ aadObjectId }) => aadObjectId)), simulated);
  // Each of them added the app, long ago.
  const known = places(house.ports, house.decisions.directory);
  for (const { aadObjectId, mri, conversation } of chat.users())
    await known.learn(
      aadObjectId,
      { tenant: chat.account.tenant, serviceUrl: `${at}/`, conversation, person: { id: mri } },
      "installed",
    );
});
afterEach(async () => {
  await house.close();
  await simulated.stop();
});

const configOf = (accounts: readonly string[]): string =>
  JSON.stringify({
    organisation: "Brightwater Books",
    people: Object.fromEntries(
      accounts.map((teams, n) => [`p${n}`, { name: `Person ${n}`, time_zone: "Europe/London", teams }]),
    ),
    policies: {
      together: { levels: [{ page: accounts.map((_, n) => `p${n}`), within: "30m" }], catch_all: ["p0"] },
    },
    services: { checkout: { name: "Checkout", importance: "high", policy: "together" } },
    sources: { anything: { kind: "generic", key: "demo-anything-key-0001" } },
    routing: [{ service: "checkout" }],
  });

/** As the queue brings them: so many at once, five in each call. */
async function carried(
  handler: ReturnType<typeof updateCards>,
  details: readonly object[],
  type: string,
  lanes: number,
): Promise<readonly unknown[]> {
  const waiting = Array.from({ length: Math.ceil(details.length / 5) }, (_, n) =>
    details.slice(n * 5, n * 5 + 5),
  ).values();
  const failures: unknown[] = [];
  const lane = async () => {
    for (const some of waiting) {
      const batch = records(...some.map((detail) => ({ "detail-type": type, detail })));
      failures.push(...(await handler(batch, house.said.tools)).batchItemFailures);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return failures;
}

test("each has a card, and each card is changed, within the rates that Teams documents", {
  timeout: 120_000,
}, async () => {
  const { chat } = simulated;
  const call = await house.page();
  // Those of one level are asked in commits of 25.
  while (Object.keys((await call.state()).paging.pages).length < crowd)
    await call.order({ type: "PassTime" });
  const pages = () => call.state().then(({ paging }) => Object.values(paging.pages));
  const wanted = (await pages()).flatMap(({ deliveries }) =>
    deliveries.map(({ id }) => ({ stream: call.stream, ref: id })),
  );
  expect(await carried(sendPage(house.ports), wanted, "DeliveryWanted", 16)).toEqual([]);
  expect((await pages()).flatMap(({ deliveries }) => deliveries.map(({ state }) => state))).toEqual(
    Array.from({ length: crowd }, () => "handed"),
  );

  const p7: Actor = { kind: "person", id: "p7", via: "teams", assurance: "signed-in" };
  await call.order({ type: "Acknowledge" }, p7);
  const released = (await pages()).filter(({ state }) => state === "cancelled");
  expect(released).toHaveLength(crowd - 1);
  const news = released.map(({ id }) => ({ stream: call.stream, ref: id }));
  expect(await carried(updateCards(house.ports), news, "PageCancelled", 2)).toEqual([]);
  const others = chat.users().filter(({ name }) => name !== "Person 7");
  const shown = others.map(({ aadObjectId }) => wordsOf(chat.user(aadObjectId).newestCard()?.card));
  expect(shown.filter((words) => !/Person 7\s+has it\./.test(words))).toEqual([]);
  expect(chat.requests().map(({ status }) => status)).not.toContain(429);
});
