// A sensitive incident as the command post shows it: whole to those who work on it, by its codename to everybody else.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { make } from "../../functions/show-incidents/handler.ts";
import { aCallHouse, bothSignIn, hubNumber } from "../support/a-call.ts";
import { signedInAs } from "../support/accounts.ts";
import { signedIn } from "../support/on-call.ts";

let house: Awaited<ReturnType<typeof aCallHouse>>;
beforeAll(async () => {
  house = await aCallHouse(bothSignIn);
});
afterAll(() => house.close());

type Call = Awaited<ReturnType<typeof house.page>>;

async function look({ stream }: Call, email: string) {
  const { body = "", headers = {} } = await make(house.ports)(
    {
      routeKey: "GET /api/incidents/{id}",
      headers: {},
      pathParameters: { id: stream.slice("incident/".length) },
      requestContext: signedInAs(email),
    } as unknown as APIGatewayProxyEventV2,
    house.said.tools,
  );
  return { body, etag: headers["etag"], view: JSON.parse(body) as { title: string; codename: string } };
}
const [ada, eve] = ["ada@test.example", "eve@test.example"];

async function aTheft() {
  const call = await house.page("Money is missing");
  await call.order({ type: "Acknowledge" }, signedIn("ada"));
  await call.order({ type: "Declare", synopsis: "A thief in the books", sensitive: true }, signedIn("ada"));
  const report = { conditions: "Two accounts", actions: "Police called", needs: "" };
  await call.order({ type: "Report", ...report }, signedIn("ada"));
  await call.openBridge();
  return call;
}

test("whoever works on it reads all of it", async () => {
  const { body } = await look(await aTheft(), ada);
  for (const said of ["Money is missing", "A thief in the books", "Police called", hubNumber])
    expect(body).toContain(said);
});

test("whoever does not reads its codename and who has it, and nothing of the matter, nor the way into the room", async () => {
  const call = await aTheft();
  const { body, view } = await look(call, eve);
  expect(view).toMatchObject({ sensitive: true, yours: false, owner: { id: "ada" }, timeline: [] });
  expect(view.codename).toMatch(/^\w+$/);
  // What is written into the view next stays inside, until somebody says here that it may be shown.
  const shown =
    "id version codename sensitive service serviceName severity phase drill openedAt owner yours you title more worst " +
    "urgency since alerts requests pages roster bridge samples moreSamples timeline";
  expect(Object.keys(view).sort()).toEqual(shown.split(" ").sort());
  for (const secret of ["Money", "thief", "Two accounts", "Police", hubNumber])
    expect(body).not.toContain(secret);
  expect(body).not.toContain(await house.ports.dialIn.pin(call.stream, 1));
});

test("what one of them was shown is not taken for what the other may see", async () => {
  const call = await aTheft();
  expect((await look(call, eve)).etag).not.toBe((await look(call, ada)).etag);
});

test("whoever is not part of it can't let themselves in, by any order", async () => {
  const call = await aTheft();
  const eve = signedIn("eve");
  for (const order of [
    { type: "SignIn" },
    { type: "Acknowledge" },
    { type: "Escalate" },
    { type: "Report", conditions: "x", actions: "", needs: "" },
    { type: "OpenBridge" },
    { type: "CallIn" },
  ] as const)
    expect(await call.dispatch(order, eve)).toMatchObject({
      outcome: "refused",
      refusal: { reason: "not-invited" },
    });
  expect((await look(call, "eve@test.example")).view).toMatchObject({
    yours: false,
    you: { mayOrder: false },
  });
});

test("whoever is paged by somebody of it is part of it from then on", async () => {
  const call = await aTheft();
  expect((await look(call, "linus@test.example")).body).not.toContain("thief");
  await call.order({ type: "PagePerson", person: "linus" }, signedIn("ada"));
  expect((await look(call, "linus@test.example")).body).toContain("A thief in the books");
});
