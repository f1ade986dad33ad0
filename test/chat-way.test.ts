// The way to somebody by the chat ends in time for another one to begin.
import { expect, test } from "vitest";
import { places } from "../functions/chat-places.ts";
import { chatWay } from "../functions/chat-way.ts";
import { aChatHouse, adasAccount } from "./support/chat-house.ts";

test("whoever is not found in time has to be told by another way now, and is found the next time", async () => {
  const house = await aChatHouse();
  try {
    const known = places(house.ports, house.decisions.directory);
    const message = {
      to: adasAccount,
      drill: false,
      reference: "A4821",
      reportTo: "",
      validFor: 300_000,
      message: { text: "No sales" },
    };
    const way = chatWay(house.ports.channels.teams, known, async () => message, 100);
    house.teams.fail({ mode: "late", route: "create", ms: 300 });
    const begun = performance.now();
    expect(await way.send()).toEqual({ outcome: "retry", reason: "timed-out" });
    expect(performance.now() - begun).toBeLessThan(280);
    expect(house.shown()).toEqual([]);
    // Whoever was asked goes on, and what comes of it is learned.
    await expect.poll(async () => (await known.known(adasAccount))?.conversation).toBeDefined();
    expect(await way.send()).toMatchObject({ outcome: "done" });
    expect(house.shown()).toHaveLength(1);
  } finally {
    await house.close();
  }
});
