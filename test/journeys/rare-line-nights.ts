// Long histories behind a call to the hub's number: only the cloud has them.
import { expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import { ageIncident, agePerson } from "../support/cloud/age.ts";
import { ageHeldCalls, ageLimits, ageTexters } from "../support/cloud/age-line.ts";
import type { CloudWorld } from "../support/cloud.ts";
import { asAda, phones } from "../support/world.ts";

const { ada } = phones;
const stranger = "+12025550176";

export function rareLineNights(aWorld: () => Promise<CloudWorld>): void {
  test("a line, an incident and people of long histories are served like any others", async () => {
    const world = await aWorld();
    try {
      await world.alert({ title: "Payments time out", service: "checkout", severity: "critical" });
      await world.reply(ada, "1");
      const { id } = await world.theIncident();
      await world.order(id, "open-bridge");
      const age = async () => {
        await ageLimits(world.table);
        await ageHeldCalls(world.table);
        await agePerson(world.table, "ada");
        await ageIncident(world.table, `incident/${id}`);
        world.cool();
      };

      await age();
      const presses = [
        { on: "to call for help", press: "2" },
        { on: "now, press (\\d)" },
        { on: "Press (\\d) for Checkout" },
        { on: "Press (\\d) to wait for the people" },
      ];
      world.simulator.callHub(stranger, { presses });
      await world.pass(seconds(20));
      const waitingRoom = world.roomOf(stranger);
      expect(waitingRoom).toBeDefined();
      await world.order(id, "let-in", {}, "ada@brightwater.example");
      await world.pass(seconds(5));
      expect(world.roomOf(stranger)).not.toBe(waitingRoom);

      await age();
      const pin =
        /PIN (\d{6})\./.exec(world.texts(ada).find((text) => text.startsWith("BRIDGE")) ?? "")?.[1] ?? "";
      const wrong = String((Number(pin) + 1) % 1_000_000).padStart(6, "0");
      const dialling = [
        { on: "to join a bridge", press: "1" },
        { on: "Type the six digits", press: wrong },
        { on: "Type the six digits", press: pin },
      ];
      world.simulator.callHub("+12025550177", { presses: dialling, says: ["Grace"] });
      await world.pass(seconds(30));
      expect(world.roomOf("+12025550177")).toBe(world.roomOf(stranger));

      const { bridge } = await world.get<{
        bridge: { callers: readonly { recordings: readonly { id: string }[] }[] };
      }>(`/api/incidents/${id}`);
      const said = bridge.callers.flatMap(({ recordings }) => recordings)[0];
      await age();
      const played = `${world.url}/api/incidents/${id}/recordings/${said?.id}`;
      expect((await fetch(played, { headers: asAda })).status).toBe(200);
    } finally {
      await world.end();
    }
  });

  test("calls that are held page, however long the history of those that were", async () => {
    const world = await aWorld();
    try {
      world.simulator.callHub(stranger, {
        presses: [{ on: "to call for help", press: "2" }],
        hangsUpIn: 60_000,
      });
      await world.pass(minutes(2));
      await ageHeldCalls(world.table);
      world.cool();
      await world.pass(minutes(10));
      expect(world.pages(ada)).toHaveLength(1);
    } finally {
      await world.end();
    }
  });

  test("a number that has texted for years is answered, or not, like any other", async () => {
    const world = await aWorld();
    try {
      const answersTo = (number: string) => world.texts(number).length;
      for (const number of [stranger, "+12025550177"]) {
        const say = (words: string) =>
          number === stranger ? world.reply(number, words) : world.secondCarrier.text(number, words);
        await say("hello");
        await world.rest();
        await ageTexters(world.table);
        world.cool();
        const before = answersTo(number);
        for (let n = 0; n < 8; n++) {
          await say("hello");
          await world.rest();
        }
        // What a queue brings twice is answered twice.
        expect([5, 6]).toContain(answersTo(number) - before);
      }
    } finally {
      await world.end();
    }
  });
}
