// Signed links: for one page, for a time, made by this hub and by nobody else.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secureMint } from "../../../functions/adapters/aws/mint.ts";
import { type HubKey, readHubKey } from "../../../functions/adapters/hub-key/hub-key.ts";
import { signedLinks } from "../../../functions/adapters/hub-key/links.ts";
import { hours } from "../../../functions/core/time.ts";
import { night } from "../../support/moments.ts";

const key: HubKey = { key: "the key of a hub that is only a test" };
const hub = (hubKey = key) => signedLinks(() => Promise.resolve(hubKey), "https://pager.example.com/");
const mint = secureMint({ now: () => night }, "A");
const until = night + hours(4);
const tokenOf = (address: string): string => address.split("/a/")[1] ?? "";

const page = fc.record({
  stream: fc.constant(null).map(() => `incident/${mint.id()}` as const),
  page: fc.integer({ min: 1, max: 100_000 }).map((n) => `p${n}`),
});

test("stand for their page, until their time", async () => {
  await fc.assert(
    fc.asyncProperty(page, async (about) => {
      const token = tokenOf(await hub().sign(about, until));
      expect(await hub().read(token, night)).toEqual(about);
      expect(await hub().read(token, until - 60_000)).toEqual(about);
      expect(await hub().read(token, until)).toBeUndefined();
    }),
  );
});

test("fit beside a page in two text messages, whatever the host", async () => {
  const about = { stream: `incident/${mint.id()}`, page: "p140" } as const;
  const address = await hub().sign(about, until);
  expect(address).toMatch(/^https:\/\/pager\.example\.com\/a\/[\w-]{44}$/);
  const aws = signedLinks(
    () => Promise.resolve(key),
    "https://a1b2c3d4e5.execute-api.ap-southeast-2.amazonaws.com",
  );
  expect(160 + " or ".length + (await aws.sign(about, until)).length).toBeLessThanOrEqual(2 * 153);
});

test("of which any bit was changed are refused", async () => {
  await fc.assert(
    fc.asyncProperty(page, async (about) => {
      const bytes = Buffer.from(tokenOf(await hub().sign(about, until)), "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await hub().read(changed.toString("base64url"), night)).toBeUndefined();
      }
    }),
    { numRuns: 10 },
  );
});

test("of which any sign was changed, added or left out are refused", async () => {
  await fc.assert(
    fc.asyncProperty(
      page,
      fc.nat(),
      fc.constantFrom(...Array.from("AZaz09-_=.+/ %")),
      async (about, at, sign) => {
        const token = tokenOf(await hub().sign(about, until));
        const place = at % token.length;
        const changed = [
          token.slice(0, place) + sign + token.slice(place + 1),
          token.slice(0, place) + sign + token.slice(place),
          token.slice(0, place) + token.slice(place + 1),
          token + sign,
        ];
        for (const other of changed)
          if (other !== token) expect(await hub().read(other, night)).toBeUndefined();
      },
    ),
  );
});

test("whatever else is asked for is no link", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: "binary" })),
      async (token) => {
        expect(await hub().read(token, night)).toBeUndefined();
      },
    ),
  );
  expect(await hub().read("A".repeat(100_000), night)).toBeUndefined();
});

test("of another hub are refused", async () => {
  const about = { stream: `incident/${mint.id()}`, page: "p1" } as const;
  const other = hub({ key: "the key of another hub, as long as ours" });
  expect(await hub().read(tokenOf(await other.sign(about, until)), night)).toBeUndefined();
});

test("go on working while the key is exchanged", async () => {
  const about = { stream: `incident/${mint.id()}`, page: "p1" } as const;
  const token = tokenOf(await hub().sign(about, until));
  const next = { key: "the next key, which is as long as the other" };
  expect(await hub({ ...next, previousKey: key.key }).read(token, night)).toEqual(about);
  expect(await hub(next).read(token, night)).toBeUndefined();
});

test("are not made for names of another form, rather than for a page that they do not mean", async () => {
  for (const stream of [
    "incident/1",
    "person/01KAJ1BWY00000000000000000",
    `incident/${"Z".repeat(26)}`,
  ] as const)
    await expect(hub().sign({ stream, page: "p1" }, until)).rejects.toThrow("no link");
  for (const name of ["p0", "p01", "p-1", "p1.5", "q1", "p99999999"])
    await expect(hub().sign({ stream: `incident/${mint.id()}`, page: name }, until)).rejects.toThrow(
      "no link",
    );
});

describe("the hub's key", () => {
  test.each([
    ["no object", "text"],
    ["none", {}],
    ["too short to be one", { key: "short" }],
    ["a number", { key: 12345678901234567890n.toString().length }],
    ["a former one that is too short", { ...key, previousKey: "former" }],
  ])("%s is refused without being quoted", (_, json) => {
    expect(() => readHubKey(json)).toThrow(/key/i);
    expect(() => readHubKey(json)).not.toThrow(/short"|former"/);
  });
});
