// An alert by its id: nothing of a sensitive incident for those who are not part of it, and no payload for a viewer.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RoutedAlert } from "../../functions/core/alert.ts";
import { make } from "../../functions/show-incidents/handler.ts";
import { aCallHouse, bothSignIn } from "../support/a-call.ts";
import { signedInAs } from "../support/accounts.ts";
import { signedIn } from "../support/on-call.ts";

let house: Awaited<ReturnType<typeof aCallHouse>>;
beforeAll(async () => {
  house = await aCallHouse(bothSignIn);
});
afterAll(() => house.close());

const [ada, linus, viewer] = ["ada@test.example", "linus@test.example", "nobody@test.example"];

async function look(id: string, email: string) {
  const { body = "", statusCode } = await make(house.ports)(
    {
      routeKey: "GET /api/alerts/{id}",
      headers: {},
      pathParameters: { id },
      requestContext: signedInAs(email),
    } as unknown as APIGatewayProxyEventV2,
    house.said.tools,
  );
  expect(statusCode).toBe(200);
  return body;
}

const alert = (id: string, more: Partial<RoutedAlert> = {}): RoutedAlert => ({
  id,
  fingerprint: id,
  status: "firing",
  severity: "critical",
  title: "Money is missing",
  description: "From the till of the shop in Hull",
  labels: { till: "seven" },
  link: "https://monitoring.test.example/till",
  since: house.ports.clock.now(),
  source: "anything",
  service: "checkout",
  correlation: `checkout/till-of-hull-${id}`,
  drill: false,
  copies: 1,
  ...more,
});

/** An alert that belongs to this incident. */
async function memberOf(stream: string, id: string) {
  await house.ports.alerts.accept([alert(id)], house.ports.clock.now());
  const [record] = await house.ports.alerts.read([id]);
  const disposition = { kind: "joined", incident: stream } as const;
  await house.ports.alerts.settle([{ id, revision: record?.revision ?? 0, disposition }]);
}

const secrets = ["Money", "Hull", "till"];

test("of a sensitive incident's alert others see that there is one, and what it is about only those who are part of it", async () => {
  const call = await house.page("Money is missing");
  await memberOf(call.stream, "a1");
  for (const secret of secrets) expect(await look("a1", linus)).toContain(secret);
  await call.order({ type: "Acknowledge" }, signedIn("ada"));
  await call.order({ type: "Declare", sensitive: true }, signedIn("ada"));
  for (const secret of secrets) expect(await look("a1", ada)).toContain(secret);
  for (const who of [linus, viewer]) {
    const body = await look("a1", who);
    for (const secret of secrets) expect(body).not.toContain(secret);
    expect(JSON.parse(body)).toMatchObject({
      id: "a1",
      service: "checkout",
      disposition: { kind: "joined", incident: call.stream },
    });
  }
});

test("so it stays when the alert is kept for what it once belonged to", async () => {
  const [secret, open] = [await house.page("Money is missing"), await house.page("Another one")];
  await memberOf(secret.stream, "a2");
  await secret.order({ type: "Acknowledge" }, signedIn("ada"));
  await secret.order({ type: "Declare", sensitive: true }, signedIn("ada"));
  // It ends, fires once more as a late copy, and then anew: in another incident.
  const { since = 0 } = alert("a2");
  const accept = (more: Partial<RoutedAlert>) =>
    house.ports.alerts.accept([alert("a2", more)], house.ports.clock.now());
  await accept({ status: "resolved", since, until: since + 1_000 });
  await accept({ since });
  const [record] = await house.ports.alerts.read(["a2"]);
  expect(record?.memory?.leftOut).toMatchObject([{ incident: secret.stream }]);
  await house.ports.alerts.settle([
    { id: "a2", revision: record?.revision ?? 0, disposition: { kind: "joined", incident: open.stream } },
  ]);
  for (const word of secrets) expect(await look("a2", linus)).not.toContain(word);
});

test("a viewer sees an alert's title, and nothing else of what its sender wrote", async () => {
  const call = await house.page("No sales");
  await memberOf(call.stream, "a3");
  const body = await look("a3", viewer);
  expect(body).toContain("Money is missing");
  for (const word of ["From the till", "seven", "monitoring.test.example"]) expect(body).not.toContain(word);
});
