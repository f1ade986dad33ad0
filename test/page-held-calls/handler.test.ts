// What was held for ten minutes becomes one alert of the line's first service.
import { afterEach, beforeEach, expect, test } from "vitest";
import { byHub } from "../../functions/core/command.ts";
import { type HeldOrder, heldStream } from "../../functions/core/limits/held.ts";
import { minutes } from "../../functions/core/time.ts";
import { heldCallsOf } from "../../functions/decisions.ts";
import { make } from "../../functions/page-held-calls/handler.ts";
import { aCallHouse, type CallHouse } from "../support/a-call.ts";
import { records } from "../support/intake.ts";

let house: CallHouse;
beforeEach(async () => {
  house = await aCallHouse();
});
afterEach(() => house.close());

async function order(given: HeldOrder): Promise<number> {
  const { ports } = house;
  const streams = heldCallsOf(ports.journal, () => house.house.directory.version());
  const envelope = byHub("test", `o${Math.random()}`, ports.clock.now());
  const dispatched = await streams.dispatch(heldStream, { ...envelope, ...given });
  return dispatched.outcome === "done" ? dispatched.current.version : 0;
}

async function pageHeld(): Promise<readonly { readonly title: string; readonly service: string }[]> {
  const accepted: { readonly title: string; readonly service: string }[] = [];
  house.pass(minutes(10));
  const version = await order({ type: "PassTime" });
  const detail = { stream: heldStream, version, index: 0, drill: false };
  const alerts = {
    ...house.ports.alerts,
    accept: (...given: Parameters<typeof house.ports.alerts.accept>) => {
      accepted.push(...given[0]);
      return house.ports.alerts.accept(...given);
    },
  };
  const event = records({ "detail-type": "HeldCallsPaged", detail });
  const twice = [make({ ...house.ports, alerts }), make({ ...house.ports, alerts })];
  for (const handler of twice) expect((await handler(event, house.said.tools)).batchItemFailures).toEqual([]);
  return accepted;
}

test("one call pages by the digits of its number", async () => {
  await order({ type: "HoldCall", call: "CA1", ending: "0171" });
  const alerts = await pageHeld();
  expect(alerts[0]).toMatchObject({
    title: "Unanswered call for help from a number ending in 0171",
    service: "checkout",
    source: "phone",
    severity: "error",
    drill: false,
  });
  // What a queue brings again is the same alert.
  expect(alerts[1]).toMatchObject({ id: (alerts[0] as { readonly id?: string }).id });
});

test("several page together, and a person is named", async () => {
  await order({ type: "HoldCall", call: "CA1", ending: "0171" });
  await order({ type: "HoldCall", call: "CA2", person: "ada" });
  await order({ type: "HoldCall", call: "CA3" });
  await order({ type: "HoldCall", call: "CA4", ending: "0172" });
  const [alert] = await pageHeld();
  expect(alert?.title).toBe(
    "4 unanswered calls for help from a number ending in 0171, Ada, an unknown caller and others",
  );
});
