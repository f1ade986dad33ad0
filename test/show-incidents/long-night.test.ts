// A night of storms and failing carriers has more events than are shown: what stands there is so all the same.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { byHub } from "../../functions/core/command.ts";
import type { IncidentEvent } from "../../functions/core/incident/events.ts";
import { make } from "../../functions/show-incidents/handler.ts";
import { aCallHouse } from "../support/a-call.ts";
import { signedInAs } from "../support/accounts.ts";

let house: Awaited<ReturnType<typeof aCallHouse>>;
beforeAll(async () => {
  house = await aCallHouse();
});
afterAll(() => house.close());

test("however long its timeline is, an incident is shown as it is now", async () => {
  const { stream, order } = await house.page();
  const now = house.ports.clock.now();
  const { actor: by, causeId } = byHub("test", "storm", now);
  const fold: IncidentEvent = { type: "AlertsFolded", until: now, at: now, by, causeId, configVersion: "v1" };
  for (let commits = 0; commits < 6; commits++) {
    const { version, epoch } = await house.house.incidents.load(stream);
    const events = Array.from({ length: 1000 }, () => fold);
    const rest = { nextDue: now, epoch, summary: undefined, cause: undefined, drill: false, at: now };
    await house.ports.journal.append({ stream, expected: version, events, claims: [], ...rest });
  }
  await order(
    { type: "Acknowledge", page: "p1" },
    { kind: "person", id: "ada", via: "sms", assurance: "number" },
  );
  const { body = "" } = await make(house.ports)(
    {
      routeKey: "GET /api/incidents/{id}",
      headers: {},
      pathParameters: { id: stream.slice("incident/".length) },
      requestContext: signedInAs("ada@test.example"),
    } as unknown as APIGatewayProxyEventV2,
    house.said.tools,
  );
  const shown = JSON.parse(body);
  expect(shown).toMatchObject({ owner: { id: "ada" }, pages: [{ state: "acknowledged" }] });
  expect(shown.version).toBe((await house.house.incidents.load(stream)).version);
  expect(shown.timeline).toHaveLength(5000);
  expect(shown.timeline.at(-1)).toMatchObject({ type: "RequestSatisfied" });
});
