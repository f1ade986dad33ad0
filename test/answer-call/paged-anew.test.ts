// What somebody has in hand became urgent: the call that says so asks, as any page does, and does not say that all is well.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../../functions/core/command.ts";
import { aCallHouse, type CallHouse, keysIn, pathIn } from "../support/a-call.ts";

let house: CallHouse;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

const ada: Actor = { kind: "person", id: "ada", via: "sms", assurance: "number" };

async function pagedAnew() {
  const call = await house.page("Disk 81% full", "info");
  await call.order({ type: "Acknowledge", page: "p1" }, ada);
  const { signal } = await call.state();
  const { correlation, source, service } = signal;
  const about = { title: "Payments fail", severity: "critical", since: house.ports.clock.now() } as const;
  const samples = [{ alert: "payments", ...about }];
  await call.order({ type: "JoinAlerts", service, correlation, source, count: 1, samples, ...about });
  const page = Object.values((await call.state()).paging.pages).at(-1);
  expect(page).toMatchObject({ cause: "urgency-raised", state: "open", person: "ada" });
  return { ...call, page: page?.id ?? "", address: call.address.replace("p1.", `${page?.id}.`) };
}

test("an owner who is paged anew hears what became urgent, and by which key to say yes", async () => {
  const call = await pagedAnew();
  const script = await call.hear(call.address);
  expect(script.spoken).toContain("critical. The alert reads: Payments fail.");
  expect(script.spoken).not.toContain("You have it already");
  const { acknowledge } = keysIn(script.spoken);
  const after = await call.hear(pathIn(script), acknowledge);
  expect(after.spoken).toContain("Good. It stays yours.");
  expect((await call.state()).paging.pages[call.page]?.state).toBe("acknowledged");
  expect((await call.hear(call.address)).spoken).toContain("You have it already");
});

test("where a room is open the call asks as well, and a key leads into it", async () => {
  const call = await pagedAnew();
  await call.openBridge();
  const script = await call.hear(call.address);
  expect(script.spoken).toContain("critical. The alert reads: Payments fail.");
  expect(keysIn(script.spoken).join).toMatch(/^\d$/);
});
