// A deployment goes out only where everything was found ready, and a first one leaves nothing behind if it fails.
import { beforeEach, expect, test } from "vitest";
import { aReadyWorld, type World } from "../../support/preflight-world.ts";

let world: World;
beforeEach(async () => {
  world = await aReadyWorld();
});

const own = "Muster-Store1D2A845B-ABC";

test("what is not ready is not deployed", async () => {
  world.aws.concurrency = 10;
  const { code, err } = await world.muster("deploy");
  expect({ code, programs: world.programs }).toEqual({ code: 1, programs: [] });
  expect(err).toBe("muster deploy: nothing was deployed: 1 fault, 0 warnings");
});

test("a first deployment goes out without protection, and once more with it", async () => {
  const { code, out } = await world.muster("deploy", "-c", "region=eu-west-1", "--profile", "muster");
  const settings = ["deploy", "Muster", "-c", "region=eu-west-1"];
  expect(world.programs).toEqual([
    ["cdk", ...settings, "-c", "protected=false", "--profile", "muster"],
    ["cdk", ...settings, "--profile", "muster"],
  ]);
  expect([code, out.split("\n").at(-1)]).toEqual([0, "ok  deployed"]);
});

test("a first deployment that fails is not tried with protection", async () => {
  world.codes.push(1);
  const { code, err } = await world.muster("deploy");
  expect([code, world.programs.length]).toEqual([1, 1]);
  expect(err).toMatch(/not deployed; no stack was made\. See "When a deployment fails"/);
});

test.each([
  ["ROLLBACK_COMPLETE", "CloudFormation took back what it could, and the next deployment deletes the rest"],
  ["ROLLBACK_FAILED", "CloudFormation took back what it could, and the next deployment deletes the rest"],
])("a first deployment that ends in %s says what it left", async (status, left) => {
  world.codes.push(1);
  world.meanwhile = () => void (world.aws.stack = { status });
  expect((await world.muster("deploy")).err).toContain(`not deployed; the stack is ${status}: ${left}`);
});

test("a later one that was taken back says that the hub goes on as it was", async () => {
  world.aws.stack = { status: "UPDATE_COMPLETE", table: own };
  world.aws.tables.set(own, {});
  world.codes.push(1);
  world.meanwhile = () => void (world.aws.stack = { status: "UPDATE_ROLLBACK_COMPLETE", table: own });
  expect((await world.muster("deploy")).err).toContain(
    "the stack is UPDATE_ROLLBACK_COMPLETE: the hub goes on as it was",
  );
});

test("a stack that can't be looked up afterwards is named as such", async () => {
  world.codes.push(1);
  world.meanwhile = () => void world.aws.denied.add("cloudformation:DescribeStacks");
  expect((await world.muster("deploy")).err).toContain("the stack could not be looked up");
});

test("one whose creation failed before is a first deployment again", async () => {
  world.aws.stack = { status: "ROLLBACK_COMPLETE" };
  await world.muster("deploy");
  expect(world.programs.map((args) => args.includes("protected=false"))).toEqual([true, false]);
});

test("a hub that could not be protected is there all the same, and the message says so", async () => {
  world.codes.push(0, 1);
  const { code, err } = await world.muster("deploy");
  expect([code, err]).toEqual([
    1,
    expect.stringContaining("not protected from deletion yet: run this again"),
  ]);
});

test("a later deployment goes out once, and keeps its protection", async () => {
  world.aws.stack = { status: "UPDATE_COMPLETE", isProtected: true, table: own };
  world.aws.tables.set(own, { isProtected: true });
  expect((await world.muster("deploy")).code).toBe(0);
  expect(world.programs).toEqual([["cdk", "deploy", "Muster"]]);
  world.codes.push(3);
  expect(await world.muster("deploy")).toMatchObject({
    code: 1,
    err: expect.stringContaining("not deployed"),
  });
});

test("who never wants protection gets one deployment", async () => {
  const { code, out } = await world.muster("deploy", "-c", "protected=false");
  expect([code, world.programs.length, out.split("\n").at(-1)]).toEqual([
    0,
    1,
    "ok  deployed without protection, as the setting `protected` says",
  ]);
});

test("what follows -- goes to the CDK as it is", async () => {
  world.aws.stack = { status: "UPDATE_COMPLETE", table: own };
  world.aws.tables.set(own, {});
  await world.muster("deploy", "--", "--require-approval", "never", "--json");
  expect(world.programs).toEqual([["cdk", "deploy", "Muster", "--require-approval", "never", "--json"]]);
});

test("for programs the whole outcome is one line of JSON", async () => {
  const { out } = await world.muster("deploy", "--json");
  expect(JSON.parse(out)).toMatchObject({ ok: true, outcome: "deployed", preflight: { ok: true } });
});
