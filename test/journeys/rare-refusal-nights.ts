// Refusals of somebody with a long history, which only the cloud keeps in pieces.
import { describe, expect, test } from "vitest";
import { seconds } from "../../functions/core/time.ts";
import { agePerson, ageProvider } from "../support/cloud/age.ts";
import type { CloudWorld } from "../support/cloud.ts";
import { phones, sampleConfig, type WorldSettings } from "../support/world.ts";

const { ada } = phones;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

export function rareRefusalNights(aWorld: (settings?: WorldSettings) => Promise<CloudWorld>): void {
  describe("a person of a long history", () => {
    test("is refused in a notice and in a call into the room, and found under `ready`", async () => {
      const world = await aWorld({ config: sampleConfig() });
      try {
        const problems = async () => {
          await ageProvider(world.table, "twilio");
          world.cool();
          const { findings } = await world.get<{ findings: readonly { about: string; says: string }[] }>(
            "/api/readiness",
          );
          return findings.map(({ about, says }) => `${about}: ${says}`);
        };
        const age = async () => {
          await agePerson(world.table, "ada");
          world.cool();
        };
        await world.alert(outage);
        const { id } = await world.theIncident();
        await world.order(id, "acknowledge");
        await world.order(id, "open-bridge");
        await world.pass(seconds(40));

        world.hold("call-in");
        await world.post(`/api/incidents/${id}/commands`, { type: "call-in", person: "ada" });
        await age();
        world.fail({ kind: "status", to: ada, status: 400, code: 21215, times: 100 });
        await world.letGo("call-in");
        expect((await problems()).join()).toContain("ada: Twilio refuses calls to Ada Okafor");

        world.hold("send-notice");
        await world.order(id, "resolve");
        await age();
        await world.letGo("send-notice");
        expect((await problems()).join()).toContain("ada: Twilio refuses texts to Ada Okafor");

        await age(); // show-providers
        const { providers } = await world.get<{ providers: readonly { text: string }[] }>("/api/providers");
        expect(providers[0]?.text).toContain("It refuses messages to Ada Okafor");
      } finally {
        await world.end();
      }
    });
  });
}
