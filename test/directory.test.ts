// The organisation as it is applied: read in small items, remembered, and followed when it changes.
import { expect, test } from "vitest";
import { applyOrganisation } from "../functions/apply-organisation.ts";
import type { Route } from "../functions/core/organisation.ts";
import { directory } from "../functions/directory.ts";
import { itemsOf } from "../functions/organisation-items.ts";
import { loadConfig } from "../schemas/load-config.ts";
import { anEntrance, config } from "./support/intake.ts";

type Hub = Awaited<ReturnType<typeof anEntrance>>;

/** Counts what is asked of the store. */
function counting(hub: Hub) {
  const asked = { pointer: 0, item: 0 };
  const configItems = {
    ...hub.configItems,
    pointer: () => ((asked.pointer += 1), hub.configItems.pointer()),
    item: (version: string, key: string) => ((asked.item += 1), hub.configItems.item(version, key)),
  };
  return { asked, house: directory(configItems, hub.clock) };
}

async function change(hub: Hub, text: string): Promise<void> {
  const loaded = loadConfig(text);
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
  await applyOrganisation(hub, loaded);
}

test("a service's plan is its policy with the defaults filled in", async () => {
  const { house } = counting(await anEntrance());
  expect(await house.plan("checkout")).toMatchObject({
    name: "Checkout",
    importance: "high",
    policy: { id: "shop", catchAll: [{ id: "ada" }, { id: "linus" }], askAfter: 900_000, repeats: 0 },
  });
  expect(await house.plan("nothing")).toBeUndefined();
});

test("people are found by number and by sign-in, and named", async () => {
  const { house } = counting(await anEntrance());
  expect(await house.peopleByNumber("+447700900001")).toEqual([{ person: "ada", method: "sms" }]);
  expect(await house.peopleByNumber("+447700900999")).toEqual([]);
  expect((await house.personBySignIn("Ada@Test.example"))?.id).toBe("ada");
  expect(await house.names(["ada", "gone", "ada"])).toEqual(
    new Map([
      ["ada", "Ada"],
      ["gone", "gone"],
    ]),
  );
  expect((await house.sourceOfAccount("111122223333"))?.id).toBe("aws");
  expect(await house.organisationName()).toBe("Test Works");
});

test("keys of sources are kept as hashes only", async () => {
  const loaded = loadConfig(config);
  if ("problems" in loaded) throw new Error("the config is right");
  expect(JSON.stringify([...itemsOf(loaded.organisation)])).not.toMatch(/key-0001|drill-key/);
});

test("a hundred questions within two seconds cost one look at the pointer and one at the item", async () => {
  const { asked, house } = counting(await anEntrance());
  await Promise.all(Array.from({ length: 100 }, () => house.person("ada")));
  expect(asked).toEqual({ pointer: 1, item: 1 });
});

test("a new config is followed within two seconds", async () => {
  const hub = await anEntrance();
  const { house } = counting(hub);
  expect((await house.person("ada"))?.name).toBe("Ada");
  await change(hub, config.replace("name: Ada,", "name: Countess,"));
  expect((await house.person("ada"))?.name).toBe("Ada");
  hub.pass(2000);
  expect((await house.person("ada"))?.name).toBe("Countess");
});

test("a store that fails once is asked again", async () => {
  const hub = await anEntrance();
  let broken = true;
  const flaky = {
    ...hub.configItems,
    item: async (version: string, key: string) => {
      if (broken) throw new Error("throttled");
      return hub.configItems.item(version, key);
    },
  };
  const house = directory(flaky, hub.clock);
  await expect(house.person("ada")).rejects.toThrow("throttled");
  broken = false;
  expect((await house.person("ada"))?.name).toBe("Ada");
});

test("before any config is applied the error says what to do", async () => {
  const hub = await anEntrance();
  const empty = { ...hub.configItems, pointer: async () => undefined };
  await expect(directory(empty, hub.clock).routes()).rejects.toThrow(/No config is applied yet; deploy one/);
});

test("ten thousand routes come back in order, each item below the store's limit", async () => {
  const hub = await anEntrance();
  const loaded = loadConfig(config);
  if ("problems" in loaded) throw new Error("the config is right");
  const last = loaded.organisation.routes.at(-1) as Route;
  const many = Array.from(
    { length: 10_000 },
    (_, n): Route => ({ labels: { host: `${n}-${"ü".repeat(300)}` }, service: "checkout", groupBy: [] }),
  );
  const organisation = { ...loaded.organisation, routes: [...many, last] };
  for (const item of itemsOf(organisation).values())
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(400_000);
  await applyOrganisation(hub, { organisation, version: "many" });
  expect(await directory(hub.configItems, hub.clock).routes()).toEqual(organisation.routes);
});

test("when two deployments switch at once, one is in force and both know the outcome", async () => {
  const hub = await anEntrance();
  const outcomes = await Promise.all(
    ["Ida", "Eda"].map(async (name) => {
      const loaded = loadConfig(config.replace("name: Ada,", `name: ${name},`));
      if ("problems" in loaded) throw new Error("the config is right");
      return applyOrganisation(hub, loaded);
    }),
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
  expect(outcomes.map(({ version }) => version)).toContain(await hub.configItems.pointer());
});
