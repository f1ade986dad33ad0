// How much a bot may say, after https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
import { afterEach, beforeEach, expect, test } from "vitest";
import { documentedRates, limiter } from "../../../../../infra/local/simulator/chat/rates.ts";
import { simulatedChat } from "../../../../support/simulated-chat.ts";
import { aMessage, teamsPeople } from "../../../../support/teams-cards.ts";

let now: number;
let chat: Awaited<ReturnType<typeof simulatedChat>>;
beforeEach(async () => {
  now = Date.parse("2026-11-21T02:00:00Z");
  chat = await simulatedChat({ people: teamsPeople, now: () => now });
});
afterEach(() => chat.stop());

const post = (conversation: string) =>
  chat.connector("POST", `/conversations/${conversation}/activities`, aMessage("x"));
const posts = async (count: number, conversation = "19:incidents@thread.tacv2") => {
  const statuses: number[] = [];
  for (let number = 0; number < count; number++) statuses.push((await post(conversation)).status);
  return statuses.filter((status) => status === 201).length;
};

test("a conversation takes 7 in a second, 8 in two, 60 in thirty", async () => {
  expect(await posts(10)).toBe(7);
  now += 1_000;
  expect(await posts(10)).toBe(1);
  now += 1_000;
  let taken = 8 + (await posts(10));
  for (let second = 3; second < 30; second++) {
    now += 1_000;
    taken += await posts(8);
  }
  expect(taken).toBe(60);
});

test("and 1800 in an hour", () => {
  const room = limiter(() => now);
  const asked = [{ key: "one", windows: documentedRates.each.send }];
  const end = now + 3_599_000;
  let taken = 0;
  for (; now < end; now += 500) if (room(asked) === 0) taken += 1;
  expect(taken).toBe(1800);
});

test("threads of one channel share its room, and another conversation has its own", async () => {
  const { id } = (await post("19:incidents@thread.tacv2")).body as { id: string };
  expect(await posts(10, `19:incidents@thread.tacv2;messageid=${id}`)).toBe(6);
  expect(await posts(10, chat.chat.users()[0]?.conversation)).toBe(7);
});

test("it says when there is room again, and there is", async () => {
  await posts(7);
  const refused = await post("19:incidents@thread.tacv2");
  expect(refused.body).toEqual({ error: { code: "Throttled", message: expect.any(String) } });
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
  now += 1_000;
  expect((await post("19:incidents@thread.tacv2")).status).toBe(201);
});

test("all conversations together take 50 in a second", async () => {
  const crowd = await simulatedChat({
    people: Array.from({ length: 60 }, (_, number) => ({
      name: `P ${number}`,
      email: `p${number}@brightwater.example`,
      methods: [],
    })),
    now: () => now,
  });
  const statuses: number[] = [];
  for (const { conversation } of crowd.chat.users())
    statuses.push(
      (await crowd.connector("POST", `/conversations/${conversation}/activities`, aMessage("x"))).status,
    );
  expect(statuses.filter((status) => status === 201)).toHaveLength(50);
  expect(
    crowd.chat
      .requests()
      .map(({ at, status, route }) => ({ at, status, route }))
      .at(-1),
  ).toEqual({ at: now, status: 429, route: "post" });
  await crowd.stop();
});
