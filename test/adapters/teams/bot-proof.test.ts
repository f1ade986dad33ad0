// Who is let in at the bot's door. Each row of this table is a token that somebody could really hold; one of them is Teams'.
import type { JWTPayload } from "jose";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { microsoft } from "../../../functions/adapters/teams/addresses.ts";
import { botProof, noBot } from "../../../functions/adapters/teams/bot-proof.ts";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import type { BotProof, ClaimedOrigin } from "../../../functions/ports.ts";
import {
  type Publisher,
  publisher,
  type SigningKey,
  signed,
  signedByPublicKey,
  signingKey,
  unsigned,
} from "../../support/signing-keys.ts";

const app = "b0700b07-70a5-4b1e-8e57-000000000002";
const tenant = "7e57ab1e-70a5-4b1e-8e57-000000000001";
const another = "0ddba110-70a5-4b1e-8e57-000000000009";
const serviceUrl = "https://smba.trafficmanager.net/emea/";
const night = Date.parse("2026-11-21T02:00:00Z");

const origin: ClaimedOrigin = { serviceUrl, channelId: "msteams", tenants: [tenant] };
/** As Teams says it. */
const right: JWTPayload = claimsAt(0);

function claimsAt(offset: number): JWTPayload {
  const issued = (night + offset) / 1000;
  return {
    serviceurl: serviceUrl,
    iss: "https://api.botframework.com",
    aud: app,
    iat: issued,
    nbf: issued,
    exp: issued + 3600,
  };
}
const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

let teams: SigningKey;
let unendorsed: SigningKey;
let skype: SigningKey;
let forEncryption: SigningKey;
/** Published, and no key. */
let broken: SigningKey;
/** Entra's own: published elsewhere. */
let entra: SigningKey;
let keys: Publisher;
let now: number;
let proof: BotProof;

beforeAll(async () => {
  [teams, unendorsed, skype, forEncryption, entra] = await Promise.all([
    signingKey("teams"),
    signingKey("unendorsed", {}),
    signingKey("skype", { endorsements: ["skype", "webchat"] }),
    signingKey("encryption", { use: "enc", endorsements: ["msteams"] }),
    signingKey("entra"),
  ]);
  broken = { ...teams, kid: "broken", shown: { kty: "RSA", kid: "broken", n: 7, endorsements: ["msteams"] } };
});
beforeEach(async () => {
  now = night;
  keys = await publisher(teams, unendorsed, skype, forEncryption, broken);
  proof = botProof({
    app,
    tenant,
    clock: { now: () => now },
    addresses: { keys: keys.url, trusts: microsoft.trusts },
  });
  return () => keys.stop();
});

const judged = async (token: string | Promise<string>, from: ClaimedOrigin = origin) =>
  proof.judge(`Bearer ${await token}`, from);
const outcomeOf = async (token: string | Promise<string>, from?: ClaimedOrigin) =>
  (await judged(token, from)).outcome;

describe("Teams' own activity is let in", () => {
  test("signed by a published key, for this bot, from where it says that it comes from", async () => {
    expect(await judged(signed(teams, right))).toEqual({ outcome: "proven" });
  });

  test.each([
    "https://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net/teams/",
    `https://smba.trafficmanager.net/amer/${tenant}/`,
    "https://smba.trafficmanager.net",
    "https://smba.infra.gcc.teams.microsoft.com/teams",
    "https://smba.onyx.prod.teams.trafficmanager.net/uk/",
  ])("from %s", async (address) => {
    const token = signed(teams, { ...right, serviceurl: address });
    expect(await outcomeOf(token, { ...origin, serviceUrl: address })).toBe("proven");
  });

  test("two minutes after its end, and two before its beginning: clocks differ", async () => {
    expect(await outcomeOf(signed(teams, claimsAt(-hours(1) - minutes(2))))).toBe("proven");
    expect(await outcomeOf(signed(teams, claimsAt(minutes(2))))).toBe("proven");
  });

  test("whatever case the word Bearer is in", async () => {
    const token = await signed(teams, right);
    expect(await proof.judge(`bearer ${token}`, origin)).toEqual({ outcome: "proven" });
  });
});

describe("refused is a token", () => {
  test.each<readonly [string, JWTPayload]>([
    ["for another bot", { ...right, aud: another }],
    ["for several bots, ours among them", { ...right, aud: [app, another] }],
    ["for ours, written as an API", { ...right, aud: `api://${app}` }],
    ["for nobody", without(right, "aud")],
    ["of another issuer", { ...right, iss: "https://api.botframework.us" }],
    ["of an issuer that only begins like it", { ...right, iss: "https://api.botframework.com/" }],
    ["of no issuer", without(right, "iss")],
    ["for another service address", { ...right, serviceurl: "https://smba.trafficmanager.net/amer/" }],
    [
      "for the same address in other letters",
      { ...right, serviceurl: "https://smba.trafficmanager.net/EMEA/" },
    ],
    ["for the same address without its last stroke", { ...right, serviceurl: serviceUrl.slice(0, -1) }],
    ["for no service address", without(right, "serviceurl")],
    ["for a list of service addresses", { ...right, serviceurl: [serviceUrl] }],
    ["that ended ten minutes ago", claimsAt(-hours(1) - minutes(10))],
    ["that begins in ten minutes", claimsAt(minutes(10))],
    ["that never ends", without(right, "exp")],
    ["whose end is no number", { ...right, exp: "tomorrow" as unknown as number }],
    ["for another tenant", { ...right, tid: another }],
  ])("%s", async (_, claims) => {
    expect(await outcomeOf(signed(teams, claims))).toBe("refused");
  });

  test("of Entra, as a person of our own tenant gets it for a tab", async () => {
    for (const aud of [app, `api://${app}`, `api://muster.example.com/${app}`])
      for (const iss of [
        `https://login.microsoftonline.com/${tenant}/v2.0`,
        `https://sts.windows.net/${tenant}/`,
      ]) {
        const claims = { ...right, aud, iss, tid: tenant, oid: another };
        expect(await outcomeOf(signed(entra, claims))).toBe("refused");
        // And were Entra's key among those of the chat.
        expect(await outcomeOf(signed(teams, claims))).toBe("refused");
      }
  });

  test("of Entra, of another tenant, or one that says that it is the chat's", async () => {
    const iss = `https://login.microsoftonline.com/${another}/v2.0`;
    expect(await outcomeOf(signed(entra, { ...right, iss, tid: another }))).toBe("refused");
    expect(await outcomeOf(signed(entra, right))).toBe("refused");
    expect(await outcomeOf(signed({ ...entra, kid: teams.kid }, right))).toBe("refused");
  });

  test("signed by a key that stands for no channel, for another one, or for no signatures", async () => {
    for (const key of [unendorsed, skype, forEncryption, broken]) {
      now += seconds(3);
      expect(await outcomeOf(signed(key, right))).toBe("refused");
    }
  });

  test("signed by nobody, or by the public key as if it were a secret", async () => {
    expect(await outcomeOf(unsigned(teams.kid, right))).toBe("refused");
    expect(await outcomeOf(signedByPublicKey(teams, right))).toBe("refused");
    expect(keys.asked).toBe(0);
  });

  test("changed by a single letter anywhere", async () => {
    const token = await signed(teams, right);
    for (let at = 0; at < token.length; at += 7) {
      if (token[at] === ".") continue;
      const flipped = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
      // The last letter of a part bears bits that nobody reads.
      if (flipped === token || token[at + 1] === "." || at === token.length - 1) continue;
      expect(await outcomeOf(flipped), `at ${at}`).toBe("refused");
    }
  });

  test.each([
    ["nothing", undefined],
    ["an empty header", ""],
    ["no token", "Bearer "],
    ["another scheme", "Basic bXVzdGVyOm11c3Rlcg=="],
    ["garbage", "Bearer garbage"],
    ["garbage in three parts", "Bearer a.b.c"],
    [
      "parts that are JSON and no objects",
      `Bearer ${["1", "[]", '""'].map((t) => Buffer.from(t).toString("base64url")).join(".")}`,
    ],
    ["one too long to be looked at", `Bearer ${"a".repeat(100_000)}`],
  ])("that is %s", async (_, authorization) => {
    expect((await proof.judge(authorization, origin)).outcome).toBe("refused");
    expect(keys.asked).toBe(0);
  });

  test("that comes twice in one header", async () => {
    const token = await signed(teams, right);
    expect((await proof.judge(`Bearer ${token}, Bearer ${token}`, origin)).outcome).toBe("refused");
  });

  test("for another audience, whose key is not even looked up", async () => {
    expect(await outcomeOf(signed({ ...entra, kid: "made-up" }, { ...right, aud: another }))).toBe("refused");
    expect(keys.asked).toBe(0);
  });

  test("whose reason is told without it", async () => {
    const token = await signed(teams, { ...right, aud: another });
    const said = JSON.stringify(await judged(token));
    expect(said).toContain("audience");
    for (const part of [...token.split("."), app, another]) expect(said).not.toContain(part);
  });
});

describe("with a right signature, refused is an activity", () => {
  test.each<readonly [string, Partial<ClaimedOrigin>]>([
    ["that does not say where it comes from", { serviceUrl: undefined }],
    ["of no channel", { channelId: undefined }],
    ["of another channel", { channelId: "webchat" }],
    ["of another tenant", { tenants: [another] }],
    ["of no tenant", { tenants: [] }],
    ["of an empty tenant", { tenants: [""] }],
    ["of our tenant in a conversation of another", { tenants: [tenant, another] }],
    ["of another tenant in a conversation of ours", { tenants: [another, tenant] }],
  ])("%s", async (_, differs) => {
    expect(await outcomeOf(signed(teams, right), { ...origin, ...differs })).toBe("refused");
  });

  // To each of these the bot would send its token with the next answer.
  test.each([
    "https://stranger.example.com/emea/",
    "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net@stranger.example.com/",
    "https://smba.trafficmanager.net:pass@stranger.example.com/",
    "https://user@smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net:8443/emea/",
    "https://smba.trafficmanager.net:443/emea/",
    "https://smba.trafficmanager.net.stranger.example.com/",
    "https://stranger.example.com/smba.trafficmanager.net/",
    "https://stranger.example.com#smba.trafficmanager.net/",
    "https://stranger.example.com?smba.trafficmanager.net/",
    "https://smba.trafficmanager.net?to=stranger.example.com",
    "https://smba.trafficmanager.net#stranger.example.com",
    "https://SMBA.trafficmanager.net/emea/",
    "HTTPS://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net./emea/",
    "https://smbа.trafficmanager.net/emea/", // its а is Cyrillic
    "https://xn--smb-7cd.trafficmanager.net/emea/",
    "https://smba。trafficmanager.net/emea/", // a full stop that browsers take for one
    "https://smba.trafficmanager.net\\@stranger.example.com/",
    "https:\\\\smba.trafficmanager.net/emea/",
    "https:/smba.trafficmanager.net/emea/",
    "//smba.trafficmanager.net/emea/",
    " https://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net/emea/\n",
    "https://smba.traffic\tmanager.net/emea/",
    "https://smba.trafficmanager.net/emea/../../x/",
    "https://trafficmanager.net/emea/",
    "https://evil.trafficmanager.net/emea/",
    "https://127.0.0.1/emea/",
    "http://127.0.0.1:3978/",
    "http://localhost:3978/",
    "https://169.254.169.254/latest/meta-data/",
    "javascript:alert(1)",
    "smba.trafficmanager.net",
    "",
  ])("that wants to be answered at %j", async (address) => {
    const token = signed(teams, { ...right, serviceurl: address });
    expect(await outcomeOf(token, { ...origin, serviceUrl: address })).toBe("refused");
    expect(keys.asked).toBe(0);
  });
});

describe("the keys", () => {
  test("are fetched once for many activities", async () => {
    const tokens = Array.from({ length: 20 }, () => signed(teams, right));
    expect(new Set(await Promise.all(tokens.map((token) => outcomeOf(token))))).toEqual(new Set(["proven"]));
    expect(keys.asked).toBe(1);
  });

  const madeUp = (kid: string) => outcomeOf(signed({ ...entra, kid }, right));

  test("are fetched once more for one that is not known; nobody can tell of others until they may be fetched again", async () => {
    expect(await outcomeOf(signed(teams, right))).toBe("proven");
    now += seconds(3);
    expect(await madeUp("made-up")).toBe("refused");
    for (let n = 0; n < 20; n++) expect(await madeUp(`made-up-${n}`)).toBe("unknown");
    expect(await outcomeOf(signed(teams, right))).toBe("proven");
    expect(keys.asked).toBe(2);
  });

  test("are not fetched for a key that was looked for in vain half a minute ago", async () => {
    expect(await madeUp("made-up")).toBe("refused");
    now += seconds(29);
    expect(await madeUp("made-up")).toBe("refused");
    expect(keys.asked).toBe(1);
    now += seconds(1);
    expect(await madeUp("made-up")).toBe("refused");
    expect(keys.asked).toBe(2);
  });

  test("are fetched ever more rarely for whoever makes keys up without end, at most twice a minute", async () => {
    for (let second = 0; second < 600; second++) {
      now += seconds(1);
      expect(await madeUp(`made-up-${second}`)).not.toBe("proven");
    }
    expect(keys.asked).toBeLessThan(25);
    now += seconds(30);
    keys.publish(entra);
    expect(await outcomeOf(signed(entra, claimsAt(now - night)))).toBe("proven");
  });

  test("one that is published a moment after a fetch opens as soon as they may be fetched again", async () => {
    expect(await outcomeOf(signed(teams, right))).toBe("proven");
    now += seconds(1);
    keys.publish(teams, entra);
    expect(await outcomeOf(signed(entra, claimsAt(seconds(1))))).toBe("unknown");
    now += seconds(2);
    expect(await outcomeOf(signed(entra, claimsAt(seconds(3))))).toBe("proven");
    expect(keys.asked).toBe(2);
  });

  test("that were being fetched already say nothing of one that came meanwhile", async () => {
    const [first, second] = await Promise.all([madeUp("one"), madeUp("two")]);
    expect([first, second].toSorted()).toEqual(["refused", "unknown"]);
    expect(keys.asked).toBe(1);
  });

  test("may be changed: the new one opens at once, and the old one no longer when it is taken back", async () => {
    expect(await outcomeOf(signed(teams, right))).toBe("proven");
    now += minutes(5);
    keys.publish(entra);
    expect(await outcomeOf(signed(teams, claimsAt(minutes(5))))).toBe("proven");
    expect(await outcomeOf(signed(entra, claimsAt(minutes(5))))).toBe("proven");
    expect(await outcomeOf(signed(teams, claimsAt(minutes(5))))).toBe("refused");
  });

  test("that were known open as long as nobody publishes any", async () => {
    expect(await outcomeOf(signed(teams, right))).toBe("proven");
    for (const trouble of [
      "reset",
      { status: 500, body: "" },
      { status: 200, body: "<html>a gateway's page</html>" },
      { status: 200, body: '{"keys":[]}' },
      { status: 200, body: '{"keys":[null,7,{"kty":"RSA"}]}' },
      { status: 302, body: "" },
    ] as const) {
      keys.fail(trouble);
      now += hours(20);
      expect(await outcomeOf(signed(teams, claimsAt(now - night)))).toBe("proven");
    }
    keys.fail(undefined);
    keys.publish(entra);
    now += hours(1);
    expect(await outcomeOf(signed(entra, claimsAt(now - night)))).toBe("proven");
  });

  test("of which nobody can tell whether they are published open nothing, and whoever holds one is to come again", async () => {
    expect(await outcomeOf(signed(teams, right))).toBe("proven");
    keys.fail("reset");
    now += hours(20);
    expect(await outcomeOf(signed(entra, claimsAt(now - night)))).toBe("unknown");
  });

  test("that nobody publishes open nothing, and are asked for again soon", async () => {
    keys.fail("reset");
    expect(await outcomeOf(signed(teams, right))).toBe("unknown");
    keys.fail(undefined);
    now += seconds(2);
    expect(await outcomeOf(signed(teams, right))).toBe("proven");
  });
});

test("a hub without a bot lets nobody in", async () => {
  expect(await noBot.judge(`Bearer ${await signed(teams, right)}`, origin)).toEqual({
    outcome: "refused",
    why: "there is no bot",
  });
});
