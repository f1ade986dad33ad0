// Orders about the command of a response from the command post: what they have to say, and what came of them.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { make } from "../../functions/command-incident/handler.ts";
import { make as makeShow } from "../../functions/show-incidents/handler.ts";
import { aCallHouse, bothSignIn } from "../support/a-call.ts";
import { signedInAs } from "../support/accounts.ts";

let house: Awaited<ReturnType<typeof aCallHouse>>;
beforeAll(async () => {
  house = await aCallHouse(bothSignIn);
});
afterAll(() => house.close());

type Call = Awaited<ReturnType<typeof house.page>>;
const idOf = ({ stream }: Call) => stream.slice("incident/".length);
const requestOf = (call: Call, email: string, more: object) =>
  ({
    headers: {},
    pathParameters: { id: idOf(call) },
    isBase64Encoded: false,
    requestContext: signedInAs(email),
    ...more,
  }) as unknown as APIGatewayProxyEventV2;

interface Problem {
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

async function give(call: Call, order: unknown, email = "ada@test.example", headers = {}) {
  const body = JSON.stringify(order);
  const answered = await make(house.ports)(requestOf(call, email, { body, headers }), house.said.tools);
  const { detail = "", errors = [] } = JSON.parse(answered.body ?? "{}") as Problem;
  return { status: answered.statusCode, detail, fields: errors.map(({ field }) => field) };
}

async function look(call: Call, email = "ada@test.example") {
  const routeKey = "GET /api/incidents/{id}";
  const { body = "" } = await makeShow(house.ports)(requestOf(call, email, { routeKey }), house.said.tools);
  return JSON.parse(body) as Readonly<Record<string, unknown>> & {
    readonly codename?: string;
    readonly timeline: readonly { readonly text: string }[];
  };
}

test("a response is declared, signed in to, reported on and closed, and the command post shows all of it", async () => {
  const call = await house.page();
  expect((await give(call, { type: "acknowledge" })).status).toBe(200);
  expect((await give(call, { type: "sign-in" })).status).toBe(200);
  const synopsis = "Half of the payments fail";
  expect((await give(call, { type: "declare", synopsis, sensitive: true })).status).toBe(200);
  const said = { conditions: "Worse", actions: "", needs: "Network" };
  expect((await give(call, { type: "report", ...said })).status).toBe(200);
  const shown = await look(call);
  expect(shown).toMatchObject({
    phase: "declared",
    codename: expect.stringMatching(/^[A-Z][a-z]+$/),
    synopsis,
    sensitive: true,
    declaredBy: { id: "ada", name: "Ada" },
    roster: [{ person: { id: "ada", name: "Ada" }, signedInAt: expect.any(String) }],
    can: { ...said, by: { name: "Ada" } },
    nextUpdateDue: expect.any(String),
    you: { id: "ada", inCommand: true, signedIn: true },
    requests: [{ id: "owner", kind: "owner", state: "satisfied", owner: { id: "ada", name: "Ada" } }],
  });
  expect(shown.timeline.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      `Ada declared the incident, as sensitive: ${shown.codename}. “Half of the payments fail”.`,
      "Ada is here.",
      "Ada reports. Conditions: “Worse”. Needs: “Network”.",
    ]),
  );
  expect((await give(call, { type: "declare" })).status).toBe(409);
  expect((await give(call, { type: "close" })).status).toBe(200);
  expect(await look(call)).toMatchObject({ phase: "closed", codename: shown.codename });
  const { endedAt, ...ended } = await look(call);
  expect(ended).not.toHaveProperty("nextUpdateDue");
  house.pass(60_000);
  expect((await give(call, { type: "sign-in" })).status).toBe(409);
  expect(await look(call)).toMatchObject({ endedAt });
});

test("two live incidents never bear one codename, and what has ended gives its back", async () => {
  const calls = await Promise.all([house.page(), house.page(), house.page()]);
  for (const call of calls) expect((await give(call, { type: "declare" })).status).toBe(200);
  const names = await Promise.all(calls.map(async (call) => (await look(call)).codename));
  expect(new Set(names).size).toBe(calls.length);
  const held = await house.ports.claims.holder(
    `codename/${names[0]?.toLowerCase()}`,
    house.ports.clock.now(),
  );
  expect(held?.holder).toBe(calls[0]?.stream);
});

test("a codename that another live incident bears is passed over", async () => {
  const [first, second] = [await house.page(), await house.page()];
  const same = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
  const names: string[] = [];
  for (const call of [first, second]) {
    // The same chance for both at first.
    const chances = [same];
    const mint = { ...house.ports.mint, id: () => chances.shift() ?? house.ports.mint.id() };
    const order = { body: '{"type":"declare"}', headers: { "idempotency-key": `declare ${call.stream}` } };
    const answered = await make({ ...house.ports, mint })(
      requestOf(call, "ada@test.example", order),
      house.said.tools,
    );
    expect(answered.statusCode).toBe(200);
    names.push((await look(call)).codename ?? "");
  }
  expect(new Set(names).size).toBe(2);
});

test("the same order of the same person is carried out once; another person's of that number is another order", async () => {
  const call = await house.page();
  const reports = async () =>
    (await look(call)).timeline.filter(({ text }) => text.includes(" reports. ")).map(({ text }) => text);
  const order = { type: "report", conditions: "Worse" };
  for (const email of ["ada@test.example", "ada@test.example", "linus@test.example"])
    expect((await give(call, order, email, { "idempotency-key": "1" })).status).toBe(200);
  expect(await reports()).toHaveLength(2);
  // An empty one names no order.
  for (const _ of [1, 2]) await give(call, order, "ada@test.example", { "idempotency-key": "" });
  expect(await reports()).toHaveLength(4);
});

test("a person and a subject are paged by one order, which names one of them", async () => {
  const call = await house.page();
  await give(call, { type: "acknowledge" });
  expect((await give(call, { type: "page", person: "linus" })).status).toBe(200);
  expect(await give(call, { type: "page", person: "linus" })).toMatchObject({
    status: 409,
    detail: "somebody was asked for already, and has not answered yet",
  });
  expect((await give(call, { type: "page", service: "checkout" })).status).toBe(200);
  expect(await give(call, { type: "page", person: "nobody" })).toMatchObject({ status: 404 });
  expect(await give(call, { type: "page", person: "__proto__" })).toMatchObject({ status: 404 });
  expect(await give(call, { type: "page", service: "nothing" })).toMatchObject({ status: 404 });
  expect(await look(call)).toMatchObject({
    requests: [
      { id: "owner" },
      { id: "r1", kind: "person", about: { id: "linus" }, askedBy: { id: "ada" }, state: "open" },
      { id: "r2", kind: "subject", about: { id: "checkout" }, askedBy: { id: "ada" } },
    ],
  });
});

test.each([
  [{ type: "page" }, ["person"]],
  [{ type: "page", person: "ada", service: "checkout" }, ["person"]],
  [{ type: "page", person: "" }, ["person"]],
  [{ type: "report" }, ["conditions"]],
  [{ type: "report", conditions: " ", needs: "" }, ["conditions"]],
  [{ type: "report", conditions: "x".repeat(501), needs: 7 }, ["conditions", "needs"]],
  [{ type: "declare", synopsis: "x".repeat(201) }, ["synopsis"]],
  [{ type: "declare", sensitive: "yes" }, ["sensitive"]],
  [{ type: "declare", sensitiv: true }, []],
])("%j is wrong in %j, and nothing is ordered", async (order, fields) => {
  const call = await house.page();
  expect(await give(call, order)).toMatchObject({ status: 400, fields });
  expect((await call.state()).phase).toBe("triage");
});

test("whoever is not in command declares, closes and pages nobody, but may report and arrive", async () => {
  const call = await house.page();
  await give(call, { type: "acknowledge" });
  for (const order of [{ type: "declare" }, { type: "close" }, { type: "page", person: "ada" }])
    expect((await give(call, order, "linus@test.example")).status).toBe(403);
  for (const order of [{ type: "sign-in" }, { type: "report", needs: "coffee" }])
    expect((await give(call, order, "linus@test.example")).status).toBe(200);
  expect(await give(call, { type: "close" })).toMatchObject({ status: 409 });
});
