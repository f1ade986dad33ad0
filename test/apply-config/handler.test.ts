// A deployment's config, put into force or refused as a whole.
import { expect, test } from "vitest";
import { derivedDialIn } from "../../functions/adapters/hub-key/dial-in.ts";
import { make } from "../../functions/apply-config/handler.ts";
import { directory } from "../../functions/directory.ts";
import { anEntrance, config, listening } from "../support/intake.ts";

const deploy = async (hub: Awaited<ReturnType<typeof anEntrance>>, text: string) => {
  const said = listening();
  const dialIn = derivedDialIn(() => Promise.resolve({ key: "a key".repeat(8) }), "+12025550100");
  const ports = { ...hub, dialIn, configAsset: { read: async () => text } };
  return { applied: await make(ports)({}, said.tools), said };
};

test("a changed config is put into force, and the same one again changes nothing", async () => {
  const hub = await anEntrance();
  const changed = config.replace("name: Ada,", "name: Ada Lovelace,");
  const first = await deploy(hub, changed);
  expect(first.applied.outcome).toBe("applied");
  expect((await deploy(hub, `# a comment\n${changed}`)).applied).toMatchObject({
    outcome: "unchanged",
    version: first.applied.version,
  });
  expect((await directory(hub.configItems, hub.clock).person("ada"))?.name).toBe("Ada Lovelace");
});

test("what works less well than it looks is applied, and stands in the answer and in the log", async () => {
  const hub = await anEntrance();
  const rule = 'rules: { low: [sms, { method: voice, after: 10m }] }, voice: "+447700900001"';
  const { applied, said } = await deploy(hub, config.replace("name: Ada,", `name: Ada, ${rule},`));
  const warning = {
    path: "people.ada.rules.low[1].after",
    line: 4,
    column: expect.any(Number),
    message: "voice after 10m lies behind the end of every level that names ada; the longest is 5m",
  };
  expect(applied).toMatchObject({
    outcome: "applied",
    warnings: expect.arrayContaining([expect.objectContaining(warning)]),
  });
  expect(said.lines.join()).toContain("voice after 10m lies behind");
});

test("a config with mistakes fails the deployment, lists them all, and leaves the old one in force", async () => {
  const hub = await anEntrance();
  const before = await hub.configItems.pointer();
  const broken = config
    .replace("page: [ada]", "page: [adda]")
    .replace("kind: alertmanager", "kind: alertmanger");
  await expect(deploy(hub, broken)).rejects.toThrow(/13:\d+ kind.*|no person "adda"/s);
  await expect(deploy(hub, broken)).rejects.toThrow(/alertmanager, generic, cloudwatch/);
  expect(await hub.configItems.pointer()).toBe(before);
});

test("a config whose last-resort cards can't be made is in force all the same, and the operator is told", async () => {
  const hub = await anEntrance();
  const said = listening();
  const noKey = () => Promise.reject(new Error("ParameterNotFound: /muster/hub-key"));
  const text = `${config}\nemergency: { ic: [ada] }\n`;
  const dialIn = derivedDialIn(noKey, "+12025550100");
  const applied = await make({ ...hub, dialIn, configAsset: { read: async () => text } })({}, said.tools);
  expect(applied).toMatchObject({ outcome: "applied", cards: "failed" });
  expect(await hub.configItems.pointer()).toBe(applied.version);
  expect([said.counted, said.lines.join()]).toEqual([
    ["OperatorAlarm"],
    expect.stringContaining("apply the config again"),
  ]);
});

test("no phone number and no key reaches the log", async () => {
  const hub = await anEntrance();
  const { said } = await deploy(hub, config.replaceAll("Ada", "Ida"));
  expect(said.lines.join()).toContain("in no range");
  expect(said.lines.join()).not.toMatch(/447700900001|anything-key/);
});
