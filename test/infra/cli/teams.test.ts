// `muster teams package`, run as an operator runs it.
import { strFromU8, unzipSync } from "fflate";
import { beforeEach, expect, test } from "vitest";
import { run } from "../../../infra/cli/run.ts";
import { config } from "../../support/intake.ts";

const settings = {
  domain: "muster.example.com",
  teamsBotApp: "b0700b07-70a5-4b1e-8e57-000000000002",
  teamsTabApp: "7ab07ab0-1111-4222-8333-444455556666",
};
const files = new Map<string, string>();
const written = new Map<string, Uint8Array>();
let refusal: string | undefined;

beforeEach(() => {
  files.clear();
  written.clear();
  refusal = undefined;
  files.set("muster.yaml", config);
  files.set("cdk.json", JSON.stringify({ context: { domain: "old.example.com" } }));
  files.set("cdk.context.json", JSON.stringify(settings));
});

async function muster(line: string) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(line.split(" "), {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    read: async (file) => files.get(file),
    write: async (file, bytes) => {
      written.set(file, bytes);
      return refusal;
    },
    aws: {},
    program: () => Promise.reject(new Error("no program is run here")),
    env: {},
    fetch,
    colour: false,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const manifestIn = (file: string) =>
  JSON.parse(
    strFromU8(unzipSync(written.get(file) ?? new Uint8Array())["manifest.json"] ?? new Uint8Array()),
  ) as {
    readonly validDomains: readonly string[];
    readonly developer: { readonly name: string };
    readonly version: string;
  };

test("packs the app by the deployment's settings and the organisation's name", async () => {
  const { code, out } = await muster("teams package");
  expect(code).toBe(0);
  expect(out).toBe(
    "ok  muster-teams.zip: Muster 1.0.0 at muster.example.com; may TeamMember.Read.Group, ChannelMessage.Send.Group",
  );
  expect(manifestIn("muster-teams.zip")).toMatchObject({
    validDomains: ["muster.example.com"],
    developer: { name: "Test Works" },
  });
});

test("what is said beats what is set, and --json is for programs", async () => {
  const { code, out } = await muster(
    "teams package --host other.example.com --version 1.2.3 --out app.zip --json",
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    file: "app.zip",
    version: "1.2.3",
    host: "other.example.com",
  });
  expect(manifestIn("app.zip")).toMatchObject({ version: "1.2.3", validDomains: ["other.example.com"] });
});

test("may make channels where the config says that incidents get their own", async () => {
  files.set(
    "muster.yaml",
    `${config}\nchat: { channel: "19:incidents@thread.tacv2", team: 11111111-2222-4333-8444-555566667777, own_channels: true }\n`,
  );
  expect((await muster("teams package")).out).toContain("Channel.Create.Group");
});

test("without settings each missing one is named, and nothing is written", async () => {
  files.delete("cdk.context.json");
  files.delete("cdk.json");
  const { code, err } = await muster("teams package");
  expect(code).toBe(1);
  expect(err).toMatch(/domain \(--host\)[^]*teamsBotApp \(--bot\)[^]*teamsTabApp \(--tab\)/);
  expect(JSON.parse((await muster("teams package --json")).out)).toMatchObject({
    ok: false,
    faults: { length: 3 },
  });
  expect(written.size).toBe(0);
});

test("settings that are no JSON, a config with mistakes and a file that can't be written are told", async () => {
  refusal = "EACCES: permission denied";
  expect(await muster("teams package")).toMatchObject({
    code: 1,
    err: expect.stringContaining("permission denied") as string,
  });
  files.set("cdk.context.json", "{");
  expect(await muster("teams package")).toMatchObject({
    code: 1,
    err: "muster: cdk.context.json is no JSON",
  });
  files.set("muster.yaml", "organisation: 1");
  expect((await muster("teams package")).code).toBe(1);
});

test("another word is not understood, and --help says what is", async () => {
  expect((await muster("teams unpack")).code).toBe(2);
  expect((await muster("teams")).code).toBe(2);
  const { code, out } = await muster("teams --help");
  expect(code).toBe(0);
  for (const option of ["--host HOST", "--bot ID", "--tab ID", "--out FILE", "--version N.N.N"])
    expect(out).toContain(option);
});
