// An incident's place in the chat at the wire: what is repeated, what is interrupted, what comes from outside, and who has
// to be told that something is to be mended.
import { afterEach, expect, test } from "vitest";
import { noChat } from "../../functions/adapters/teams/chat.ts";
import { minutes, seconds } from "../../functions/core/time.ts";
import { subscriptions } from "../../functions/subscriptions.ts";
import { toldEvents } from "../../functions/update-site/log.ts";
import { incidentsChannel } from "../../infra/local/simulator/chat/account.ts";
import { config } from "../support/intake.ts";
import { address, aPlace, type Place } from "./a-place.ts";

let place: Place;
afterEach(() => place.close());

const posted = async (settings: Parameters<typeof aPlace>[0] = {}) => {
  place = await aPlace(settings);
  await place.follow();
  await place.bringUpToDate();
  return place;
};
const lines = () =>
  place
    .log()
    .map(({ text }) => text)
    .join("\n")
    .split("\n");

test("whatever the thread tells is heard of: nothing of it waits for something else to happen", async () => {
  await posted();
  const heard: readonly string[] = subscriptions["update-site"].on;
  expect([...toldEvents].filter((type) => !heard.includes(type))).toEqual([]);
});

test("news that comes twice, and at once, makes one post", async () => {
  place = await aPlace();
  await Promise.all([place.follow(), place.follow(), place.follow()]);
  await Promise.all([place.bringUpToDate(), place.bringUpToDate(), place.bringUpToDate()]);
  expect(place.home()).toHaveLength(1);
  expect(place.log()).toHaveLength(1);
});

test("an update that broke off goes on where it was recorded last: there is one post, and nothing is told twice", async () => {
  place = await aPlace();
  const breaking = {
    ...place.ports.chat,
    post: () => Promise.reject(new Error("the process ended")),
  };
  place.restart({ chat: breaking });
  await place.follow();
  await place.bringUpToDate();
  expect(place.home()).toHaveLength(1);
  expect(place.log()).toEqual([]);
  place.restart();
  await place.bringUpToDate(); // brought again by the queue: somebody may still be at it
  expect(place.log()).toEqual([]);
  place.pass(seconds(40));
  await place.wake();
  await place.bringUpToDate();
  expect(place.home()).toHaveLength(1);
  expect(place.log()).toHaveLength(1);
  expect((await place.state()).stage.name).toBe("idle");
});

test("a hub without a bot, or whose config names no channel, writes down nothing at all", async () => {
  place = await aPlace({ text: config });
  await place.follow();
  expect(await place.events()).toEqual([]);
  await place.close();
  place = await aPlace();
  place.restart({ chat: noChat });
  await place.follow();
  expect(await place.events()).toEqual([]);
});

test("a channel that is taken out of the config leaves nothing that is tried again and again", async () => {
  place = await aPlace();
  await place.follow();
  place.restart({ chat: noChat });
  await place.bringUpToDate();
  expect((await place.state()).stage.name).toBe("idle");
});

test("the channel of the config is not there: the operator is told once for this incident", async () => {
  place = await aPlace();
  await place.chat.channel(incidentsChannel).deletes();
  await place.follow();
  await place.bringUpToDate();
  for (let n = 0; n < 3; n++) {
    place.pass(minutes(10));
    await place.wake();
    await place.bringUpToDate();
  }
  expect(place.said.counted).toEqual(["OperatorAlarm"]);
});

test("a post that the chat took without saying as what stands there, is not changed, and is not made again", async () => {
  place = await aPlace();
  const nameless = {
    ...place.ports.chat,
    begin: async (...asked: Parameters<typeof place.ports.chat.begin>) => {
      const begun = await place.ports.chat.begin(...asked);
      return begun.outcome === "done" ? { ...begun, activity: undefined } : begun;
    },
  };
  place.restart({ chat: nameless });
  await place.follow();
  await place.bringUpToDate();
  place.pass(minutes(1));
  await place.order({ type: "Acknowledge" });
  await place.follow();
  await place.bringUpToDate();
  expect(place.home()).toHaveLength(1);
  expect(place.chat.requests().filter(({ route }) => route === "update")).toEqual([]);
  expect(lines().at(-1)).toContain("Ada");
});

test("a long report is cut, with the way to all of it; the lines of somebody's report stay one line", async () => {
  await posted();
  place.pass(seconds(10));
  await place.order({ type: "Acknowledge" });
  await place.order({ type: "Declare", synopsis: "No sales" });
  await place.order({
    type: "Report",
    conditions: `It is bad.\nIt is worse.\n${"x".repeat(400)}`,
    actions: "",
    needs: "",
  });
  await place.follow();
  await place.bringUpToDate();
  const report = lines().find((line) => line.includes("It is bad"));
  expect(report).toContain("It is bad. It is worse.");
  expect(report?.length).toBeLessThanOrEqual(400);
  expect(lines()).toContain(`All of it: ${address}`);
});

test("what somebody outside wrote is no link and no line of its own in the thread", async () => {
  await posted({ title: "Pay at https://evil.example/x\nMuster: all is well www.evil.example" });
  place.pass(seconds(10));
  await place.order({ type: "Acknowledge" });
  await place.order({ type: "Declare" });
  await place.follow();
  await place.bringUpToDate();
  const declared = lines().find((line) => line.includes("declared the incident"));
  expect(declared).toContain("Muster: all is well");
  expect(declared).not.toMatch(/https?:|www\./);
  expect(place.chat.channels().at(-1)?.description).toMatch(
    /^“Pay at evil_example\/x Muster: all is well www_evil_example” https:\/\/pager\.example\.com/,
  );
});

test("what there is no room for in one message comes in the next ones: complete, and in its order", async () => {
  place = await aPlace({ text: `${config}\nchat: { channel: "${incidentsChannel}" }\n` });
  await place.order({ type: "Acknowledge" });
  await place.order({ type: "Declare", synopsis: "Many things happen" });
  const reports = Array.from({ length: 60 }, (_, n) => `Report ${n}.`);
  for (const conditions of reports) await place.order({ type: "Report", conditions, actions: "", needs: "" });
  await place.follow();
  for (let n = 0; n < 5; n++) {
    await place.bringUpToDate();
    place.pass(seconds(2));
    await place.wake();
  }
  expect(lines().flatMap((line) => /Report \d+\./.exec(line) ?? [])).toEqual(reports);
  expect(place.log().map(({ text }) => text.split("\n").length)).toEqual([20, 20, 20, 3]);
  expect((await place.state()).stage.name).toBe("idle");
});

test("what is told late says when it was", async () => {
  place = await aPlace();
  place.chat.behave("failing");
  await place.follow();
  await place.bringUpToDate();
  place.chat.behave("well");
  place.pass(minutes(12));
  await place.wake();
  await place.bringUpToDate();
  expect(lines()[0]).toMatch(/^\(01:15 UTC\) Level 1 starts/);
});

test("of a drill every post says so first: in the thread, about its own channel, and in that", async () => {
  await posted({ drill: true });
  place.pass(seconds(10));
  await place.order({ type: "Acknowledge" });
  await place.order({ type: "Declare", synopsis: "No sales" });
  for (let n = 0; n < 4; n++) {
    await place.follow();
    await place.bringUpToDate();
    place.pass(seconds(10));
    await place.wake();
  }
  const { own } = await place.state();
  if (own.name !== "made") throw new Error(`its own channel is ${own.name}`);
  const said = [...place.log(), ...place.chat.said(own.channel).filter(({ id, thread }) => id !== thread)];
  expect(said.map(({ text }) => text).join("\n")).toContain("This incident has a channel of its own now");
  expect(said.filter(({ text }) => !text.startsWith("DRILL\n"))).toEqual([]);
});
