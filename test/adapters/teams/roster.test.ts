// Who somebody is: one is looked up, of a crowd the roster is read.
import { afterEach, expect, test } from "vitest";
import { seconds } from "../../../functions/core/time.ts";
import { simulatedChat } from "../../support/simulated-chat.ts";

type Teams = Awaited<ReturnType<typeof simulatedChat>>;
let teams: Teams | undefined;
afterEach(() => teams?.stop());

const named = (n: number) => `person${n}@brightwater.example`;
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    name: `Person ${n}`,
    methods: [{ id: "t", channel: "teams" as const, address: named(n) }],
  }));

async function aTeamOf(count: number) {
  teams = await simulatedChat({ people: people(count) });
  let now = Date.now();
  const { chat } = teams.bot({ now: () => now, patience: 2_000 });
  const home = {
    serviceUrl: chat.bot()?.serviceUrl ?? "",
    conversation: "19:incidents@thread.tacv2",
  };
  const { chat: simulated } = teams;
  return {
    ask: (who: string) => chat.member(home, who),
    /** What the chat was asked about its members, and what it said. */
    asked: () => simulated.requests().filter(({ path }) => /members/i.test(path)),
    pass: (time: number) => {
      now += time;
    },
    join: simulated,
  };
}

test("one person is looked up, and so is the next who comes alone", async () => {
  const team = await aTeamOf(3);
  for (const n of [0, 1])
    expect(await team.ask(named(n))).toMatchObject({ outcome: "done", member: { name: named(n) } });
  expect(team.asked().map(({ path }) => /paged/i.test(path))).toEqual([false, false]);
});

test("a crowd whom the bot never met is known by a few questions, inside the rates that Teams documents", async () => {
  const team = await aTeamOf(200);
  const found = await Promise.all(Array.from({ length: 200 }, (_, n) => team.ask(named(n))));
  expect(found.map((one) => (one.outcome === "done" ? one.member.name : one.reason))).toEqual(
    Array.from({ length: 200 }, (_, n) => named(n)),
  );
  expect(team.asked().length).toBeLessThanOrEqual(3);
  expect(team.asked().filter(({ status }) => status === 429)).toEqual([]);
});

test("a roster of several pages is read to its end", async () => {
  const team = await aTeamOf(1_200);
  const found = await Promise.all([team.ask(named(0)), team.ask(named(1_199)), team.ask(named(700))]);
  expect(found).toMatchObject([
    { member: { name: named(0) } },
    { member: { name: named(1_199) } },
    { member: { name: named(700) } },
  ]);
  expect(team.asked().filter(({ path }) => /paged/i.test(path))).toHaveLength(3);
});

test("whoever is in no roster is nobody, alone or in a crowd, however they are named", async () => {
  const team = await aTeamOf(5);
  const nobody = { outcome: "giveUp", reason: "not-in-chat" };
  const answers = await Promise.all([
    team.ask(named(0)),
    team.ask("eve@elsewhere.example"),
    team.ask("29:1none"),
  ]);
  expect(answers).toMatchObject([{ outcome: "done" }, nobody, nobody]);
  // The roster is fresh still: somebody who came since is asked about all the same.
  expect(await team.ask("eve@elsewhere.example")).toMatchObject(nobody);
  expect(await team.ask(named(4).toUpperCase())).toMatchObject({ outcome: "done" });
});

test("a roster that could not be read is no roster: whoever comes next asks anew", async () => {
  const team = await aTeamOf(5);
  team.join.fail({ mode: "failing", route: "members", times: 1 });
  const [, second] = await Promise.all([team.ask(named(0)), team.ask(named(1))]);
  expect(second).toMatchObject({ outcome: "retry" });
  const [, fourth] = await Promise.all([team.ask(named(2)), team.ask(named(3))]);
  expect(fourth).toMatchObject({ outcome: "done" });
  team.pass(seconds(31));
  expect(await team.ask(named(3))).toMatchObject({ outcome: "done" });
});
