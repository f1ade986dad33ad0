// The app for Teams as it is uploaded: valid by Microsoft's own schema, the same for the same settings, and allowed the
// least.
import ours from "@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json" with {
  type: "json",
};
import newest from "@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json" with {
  type: "json",
};
import Ajv from "ajv-draft-04";
import formats from "ajv-formats";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readTyped } from "../../../functions/core/chat-words.ts";
import { typedForms } from "../../../functions/receive-activity/commands/registry.ts";
import { readTeamsApp, type TeamsApp } from "../../../infra/teams/app.ts";
import { inChannels, inPerson } from "../../../infra/teams/command-list.ts";
import { colourIcon, outlineIcon } from "../../../infra/teams/icons.ts";
import { manifestOf } from "../../../infra/teams/manifest.ts";
import { packageOf } from "../../../infra/teams/package.ts";

function judge(schema: object) {
  const ajv = new Ajv.default({ strict: false, allErrors: true });
  formats.default(ajv);
  const valid = ajv.compile(schema);
  return (manifest: unknown): readonly string[] =>
    valid(manifest)
      ? []
      : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
const problemsOf = judge(ours);

const botApp = "b0700b07-70a5-4b1e-8e57-000000000002";
const tabApp = "7ab07ab0-1111-4222-8333-444455556666";
const given = {
  host: "muster.example.com",
  botApp,
  tabApp,
  version: undefined,
  privacy: undefined,
  terms: undefined,
};
const about = { organisation: "Brightwater Books", ownChannels: false };

function anApp(change: Partial<typeof given> | object = {}, of = about): TeamsApp {
  const app = readTeamsApp({ ...given, ...change }, of);
  if ("faults" in app) throw new Error(app.faults.join("; "));
  return app;
}

describe("the manifest", () => {
  test("is valid by Microsoft's schema, and the judge can refuse", () => {
    const manifest = manifestOf(anApp());
    expect(problemsOf(manifest)).toEqual([]);
    expect(problemsOf({ ...manifest, name: { short: "x".repeat(31) } }).join()).toContain("/name/short");
    expect(problemsOf({ ...manifest, unheardOf: 1 })).not.toEqual([]);
  });

  test("would be valid by the newest one as well", () => {
    expect(judge(newest)({ ...manifestOf(anApp()), manifestVersion: "1.30" })).toEqual([]);
  });

  test("is valid whatever the organisation is called, and whatever it is given", () => {
    const word = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
        word,
        fc.boolean(),
        fc.tuple(fc.nat(99_999), fc.nat(99_999), fc.nat(99_999)),
        (organisation, name, ownChannels, version) => {
          const app = anApp(
            { host: `${name}.example.com`, version: version.join(".") },
            { organisation, ownChannels },
          );
          const manifest = manifestOf(app);
          expect(problemsOf(manifest)).toEqual([]);
          // No half of a character at the end of what was cut.
          expect(manifest.developer.name.isWellFormed() || !organisation.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  test("names the two apps apart: the bot's speaks, the tab's signs in to our API", () => {
    const { bots, webApplicationInfo, validDomains, staticTabs, configurableTabs } = manifestOf(anApp());
    expect(bots).toMatchObject([{ botId: botApp, scopes: ["personal", "team", "groupChat"] }]);
    expect(webApplicationInfo).toEqual({ id: tabApp, resource: `api://muster.example.com/${tabApp}` });
    expect(validDomains).toEqual(["muster.example.com"]);
    for (const url of [staticTabs[0]?.contentUrl, configurableTabs[0]?.configurationUrl])
      expect(url).toMatch(/^https:\/\/muster\.example\.com\/\?/);
  });

  test("asks for no more than it uses, and never for what people write to each other", () => {
    const asked = (ownChannels: boolean) =>
      manifestOf(anApp({}, { ...about, ownChannels })).authorization.permissions.resourceSpecific.map(
        ({ name }) => name,
      );
    expect(asked(false)).toEqual(["TeamMember.Read.Group", "ChannelMessage.Send.Group"]);
    expect(asked(true)).toEqual([...asked(false), "Channel.Create.Group"]);
  });

  test("offers what the bot understands, and not more than Teams shows", () => {
    for (const list of [inChannels, inPerson]) {
      expect(list.length).toBeLessThanOrEqual(10);
      expect(list.filter(({ title }) => readTyped(title, typedForms) === undefined)).toEqual([]);
    }
  });
});

describe("what is missing or wrong is named by its field, all at once:", () => {
  const faultsOf = (change: object) => {
    const app = readTeamsApp({ ...given, ...change }, about);
    return "faults" in app ? app.faults.join("\n") : "";
  };

  test("nothing given", () => {
    expect(faultsOf({ host: undefined, botApp: "", tabApp: " " }).split("\n")).toEqual([
      expect.stringMatching(/^domain \(--host\) is missing/),
      expect.stringMatching(/^teamsBotApp \(--bot\) is missing/),
      expect.stringMatching(/^teamsTabApp \(--tab\) is missing/),
    ]);
  });

  test.each([
    ["https://muster.example.com", "domain (--host)"],
    ["muster.example.com/path", "domain (--host)"],
    ["localhost", "domain (--host)"],
    ["127.0.0.1", "domain (--host)"],
    ["-a.example", "domain (--host)"],
    [`${"a".repeat(64)}.example`, "domain (--host)"],
  ])("the host %s", (host, field) => {
    expect(faultsOf({ host })).toContain(`${field} is "`);
  });

  test.each(["1", "1.0", "01.0.0", "1.0.0-beta", "v1.0.0", "1.0.0.0"])("the version %s", (version) => {
    expect(faultsOf({ version })).toContain("--version is");
  });

  test("ids that are none, and one app for both", () => {
    expect(faultsOf({ botApp: "bot", tabApp: "{7ab07ab0}" })).toMatch(/teamsBotApp[^]*teamsTabApp/);
    expect(faultsOf({ tabApp: botApp.toUpperCase() })).toContain("are one app");
  });

  test("pages that are not behind https", () => {
    expect(faultsOf({ privacy: "http://example.com", terms: "javascript:alert(1)" })).toMatch(
      /--privacy[^]*--terms/,
    );
  });
});

describe("the package", () => {
  const files = () => unzipSync(packageOf(anApp()));

  test("holds the manifest and the two pictures that it names, and is the same each time", () => {
    const manifest = JSON.parse(strFromU8(files()["manifest.json"] ?? new Uint8Array())) as ReturnType<
      typeof manifestOf
    >;
    expect(Object.keys(files()).sort()).toEqual(["manifest.json", ...Object.values(manifest.icons)].sort());
    expect(problemsOf(manifest)).toEqual([]);
    expect(Buffer.from(packageOf(anApp())).equals(packageOf(anApp()))).toBe(true);
  });

  test.each([
    ["color.png", 192],
    ["outline.png", 32],
  ])("%s is a picture of %d pixels", (name, size) => {
    const picture = Buffer.from(files()[name] ?? []);
    expect(picture.subarray(1, 4).toString()).toBe("PNG");
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([size, size]);
  });

  test("the pictures are small", () => {
    expect(colourIcon().length).toBeLessThan(10_000);
    expect(outlineIcon().length).toBeLessThan(2000);
  });
});
