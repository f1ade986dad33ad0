// Nights on call by phone, wherever the hub runs: what rings, who picks up, and which key is pressed.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import { phones, told, type World } from "../support/world.ts";

const { ada, linus, joan } = phones;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

export function callNights(aWorld: () => Promise<World>): void {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  afterEach(() => world.end());

  const calls = (phone: string) => world.simulator.phone(phone).calls;
  const presses = (...on: readonly string[]) =>
    ({ kind: "human", presses: on.map((words) => ({ on: words })) }) as const;

  describe("somebody picks up", () => {
    test("and presses the key that is spoken: the page is taken, and nobody else is rung", async () => {
      world.simulator.callee(ada, presses("Press (\\d) to take it"));
      await world.alert(outage);
      await world.pass(seconds(60));
      const incident = await world.theIncident();
      expect(incident.owner?.id).toBe("ada");
      expect(calls(ada).map(({ status }) => status)).toEqual(["completed"]);
      expect(told(incident)).toMatch(
        /Paging Ada Okafor by phone[^]*The call to Ada Okafor was picked up[^]*answered: yes/,
      );
      expect(told(incident)).not.toMatch(/led to nothing/);
      await world.pass(minutes(10));
      expect(calls(linus)).toEqual([]);
    });

    test("and promises to come: the promise is on the timeline, and asked after when it passes", async () => {
      world.simulator.callee(ada, presses("(\\d) if you can be there"));
      await world.alert(outage);
      await world.pass(minutes(1));
      expect(told(await world.theIncident())).toContain("Ada Okafor promised to be there in 20 minutes.");
      await world.pass(minutes(18));
      expect(told(await world.theIncident())).not.toContain("Nothing heard from");
      await world.pass(minutes(3));
      expect(told(await world.theIncident())).toContain("Nothing heard from Ada Okafor");
    });

    test("and says no: the next level rings at once", async () => {
      world.simulator.callee(ada, presses("(\\d) for no\\b"));
      await world.alert(outage);
      await world.pass(minutes(1));
      expect(calls(linus)).toHaveLength(1);
      expect(calls(joan)).toHaveLength(1);
    });

    test("and listens to more before taking it", async () => {
      world.simulator.callee(ada, presses("(\\d) to hear more", "Press (\\d) to take it"));
      await world.alert(outage);
      await world.pass(minutes(1));
      expect((await world.theIncident()).owner?.id).toBe("ada");
    });
  });

  describe("nobody presses anything", () => {
    test.each([
      ["voicemail", { kind: "voicemail", answersIn: 15_000 }, /A machine picked up the call to Ada Okafor/],
      ["a screener that sounds like a person", { kind: "screener" }, /A person listens/],
      ["a phone that rings out", { kind: "no-answer" }, /led to nothing: nobody picked up/],
      ["a busy line", { kind: "busy" }, /led to nothing: the line was busy/],
      ["somebody who hangs up at once", { kind: "hangs-up" }, /led to nothing: it ended without a key/],
    ] as const)("%s answers nothing, and the next level is paged in its time", async (_, callee, line) => {
      world.simulator.callee(ada, callee);
      await world.alert(outage);
      await world.pass(minutes(4));
      const before = await world.theIncident();
      expect(before.owner).toBeUndefined();
      expect(told(before)).toMatch(line);
      expect(calls(linus)).toEqual([]);
      await world.pass(minutes(1) + seconds(20));
      expect(calls(linus)).toHaveLength(1);
      // Missed once, called once more, and no third time.
      expect(calls(ada)).toHaveLength(2);
      expect(Date.parse(calls(ada)[1]?.at ?? "") - Date.parse(calls(ada)[0]?.at ?? "")).toBeLessThan(
        minutes(2),
      );
    });
  });

  describe("what still rings for nothing", () => {
    test("a call is taken back when its page was answered by text", async () => {
      await world.alert(outage);
      await world.pass(seconds(5));
      expect(calls(ada).map(({ status }) => status)).toEqual(["ringing"]);
      expect(await world.reply(ada, "1")).toBe("You have it.");
      expect(calls(ada).map(({ status }) => status)).toEqual(["canceled"]);
      expect(told(await world.theIncident())).toContain("taken back before anybody picked up");
    });

    test("and everybody else's, when one of a level was first", async () => {
      await world.alert(outage);
      await world.pass(minutes(5) + seconds(5));
      expect(calls(joan).map(({ status }) => status)).toEqual(["ringing"]);
      await world.reply(linus, "1");
      expect([...calls(joan), ...calls(linus)].map(({ status }) => status)).toEqual(["canceled", "canceled"]);
    });

    test("whoever picks up after somebody was first hears who has it", async () => {
      await world.alert(outage);
      await world.pass(minutes(5) + seconds(5));
      const [ringing] = calls(joan);
      world.simulator.answer(ringing?.sid ?? "");
      await world.rest();
      await world.reply(linus, "1");
      world.simulator.press(ringing?.sid ?? "", "0");
      await world.rest();
      expect(calls(joan)[0]?.spoken.join(" ")).toContain("It is already answered by Linus Ekdahl.");
    });
  });

  test("what is not urgent is texted, and called about when no answer came", async () => {
    await world.alert({ title: "Pictures load slowly", service: "website", severity: "warning" });
    expect(told(await world.theIncident())).toContain("low urgency");
    expect(world.pages(ada)).toHaveLength(1);
    await world.pass(minutes(2));
    expect(calls(ada)).toEqual([]);
    await world.pass(minutes(1) + seconds(30));
    expect(calls(ada)).toHaveLength(1);
  });
}
