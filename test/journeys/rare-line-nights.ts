// Long histories behind a call to the hub's number: only the cloud has them.
import { expect, test } from "vitest";
import { seconds } from "../../functions/core/time.ts";
import { ageIncident, agePerson } from "../support/cloud/age.ts";
import { ageLine, ageTexter } from "../support/cloud/age-line.ts";
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
        await ageLine(world.table);
        await agePerson(world.table, "ada");
        await ageIncident(world.table, `incident/${id}`);
        world.cool();
      };

      await age();
      const presses = [
        { on: "to call for help", press: "2" },
        { on: "now, press (\\d)" },
        { on: "Press (\\d) for Checkout" },
        { on: "Press (\\d) to join it" },
      ];
      world.simulator.callHub(stranger, { presses });
      await world.pass(seconds(20));
      expect(world.roomOf(stranger)).toBeDefined();

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

  test("a number that has texted for years is answered, or not, like any other", async () => {
    const world = await aWorld();
    try {
      const answersTo = (number: string) => world.texts(number).length;
      for (const number of [stranger, "+12025550177"]) {
        const say = (words: string) =>
          number === stranger ? world.reply(number, words) : world.secondCarrier.text(number, words);
        await say("hello");
        await world.rest();
        await ageTexter(world.table, number);
        world.cool();
        const before = answersTo(number);
        for (let n = 0; n < 8; n++) {
          await say("hello");
          await world.rest();
        }
        expect(answersTo(number) - before).toBe(5);
      }
    } finally {
      await world.end();
    }
  });
}
