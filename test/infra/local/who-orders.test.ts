// Who gives an order on one machine: its operator, or whoever of the config is played by an e-mail address as the token.
import { afterEach, beforeEach, expect, test } from "vitest";
import { aWorld, type World } from "../../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await aWorld();
  await world.alert({ title: "Payments time out", service: "checkout", severity: "critical" });
});
afterEach(() => world.end());

async function ownerAfter(token?: string): Promise<string | undefined> {
  const { id } = await world.theIncident();
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await world.post(`/api/incidents/${id}/commands`, { type: "acknowledge" }, headers);
  expect(answer.status).toBe(200);
  return (await world.incident(id)).owner?.id;
}

test("whoever sits at the machine is its operator, whatever token is sent", async () => {
  expect(await ownerAfter("something-secret")).toBe("operator");
});

test("an e-mail address of the config as the token plays that person", async () => {
  expect(await ownerAfter("ada@brightwater.example")).toBe("ada");
});
