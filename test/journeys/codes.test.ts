// Reply codes are few, and nights can be long.
import { afterEach, expect, test } from "vitest";
import { minutes } from "../../functions/core/time.ts";
import { aWorld, type World } from "../support/world.ts";

const crowd = Array.from({ length: 25 }, (_, n) => `p${n}`);
const config = {
  organisation: "A long night",
  people: Object.fromEntries(
    crowd.map((id, n) => [id, { name: id, time_zone: "Europe/London", sms: `+1202555${String(1000 + n)}` }]),
  ),
  policies: {
    small: { levels: [{ page: ["p0"], within: "30s" }], catch_all: ["p1", "p2"], catch_all_every: "30s" },
    big: { levels: [{ page: crowd, within: "10m" }] },
  },
  services: { small: { name: "Small", policy: "small" }, big: { name: "Big", policy: "big" } },
  sources: { anything: { kind: "generic", key: "demo-anything-key-0001" } },
  routing: [
    { labels: { service: "big" }, service: "big" },
    { service: "small", group_by: ["n"] },
  ],
};

let world: World;
afterEach(() => world.end());

test("many incidents that nobody answers leave codes enough for a large one", async () => {
  world = await aWorld({ config });
  await world.alert({
    alerts: Array.from({ length: 20 }, (_, n) => ({ title: `t${n}`, labels: { n: String(n) } })),
  });
  await world.pass(minutes(3));
  const before = await world.open();
  const pages = before.flatMap((incident) => incident.pages);
  expect(pages.length).toBeGreaterThan(200);
  // A person keeps one code per incident, however often it is repeated.
  expect(new Set(pages.map(({ code }) => code)).size).toBe(20 * 3);
  await world.alert({ title: "big", service: "big" });
  const big = (await world.open()).find(({ title }) => title === "big");
  expect(big?.pages).toHaveLength(25);
}, 60_000);
