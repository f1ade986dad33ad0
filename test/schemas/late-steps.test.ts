// Contact steps that no level has time for: told before the night in which the second phone stays silent.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spanText } from "../../schemas/config/duration.ts";
import { loadConfig } from "../../schemas/load-config.ts";

interface Parts {
  readonly rules?: string;
  readonly levels?: string;
  readonly more?: string;
  readonly people?: string;
  readonly services?: string;
}

const file = ({
  rules,
  levels,
  more = "",
  people = "",
  services = "",
}: Parts): string => `organisation: Test Works
people:
  joan:
    name: Joan
    time_zone: America/Chicago
    contact:
      - { id: work, phone: "+12025550143" }
      - { id: private, sms: "+12025550144" }
${rules === undefined ? "" : `    rules: ${rules}\n`}  mei: { name: Mei, time_zone: Asia/Tokyo, sms: "+12025550155" }
${people}policies:
  shop:
    levels: ${levels ?? "[{ page: [joan], within: 5m }]"}
    catch_all: [mei, joan]
    ${more}
${services === "" ? "services:\n  website: { name: Website, policy: shop }" : services}
sources:
  anything: { kind: generic, key: anything-key-0001 }
routing:
  - { service: website }
`;

const toldOf = (parts: Parts) => {
  const loaded = loadConfig(file(parts));
  if ("problems" in loaded) return { problems: loaded.problems };
  // How people sign in has a test of its own (identity.test.ts).
  return { warnings: loaded.warnings.filter(({ message }) => !message.includes("recognised at sign-in")) };
};
const late = "{ low: [work-sms, { method: private, after: 10m }] }";

describe("a step behind the end of every level that names the person", () => {
  test("is a warning with its place, what it is, and what to do", () => {
    expect(toldOf({ rules: late })).toEqual({
      warnings: [
        {
          path: "people.joan.rules.low[1].after",
          line: 9,
          column: 56,
          message: "private after 10m lies behind the end of every level that names joan; the longest is 5m",
          advice:
            "give it less than 5m, or a level that names joan more than 10m; as it is, it begins only when a way before it fails",
        },
      ],
    });
  });

  test("is one warning where it is a phone, which is a text and a call", () => {
    const { warnings } = toldOf({ rules: "{ high: [private, { method: work, after: 6m }] }" });
    expect(warnings).toMatchObject([{ message: expect.stringMatching(/^work after 6m lies behind/) }]);
  });

  test("is told for each urgency by itself", () => {
    const rule = "[work-sms, { method: private, after: 7m }]";
    expect(toldOf({ rules: `{ high: ${rule}, low: ${rule} }` }).warnings).toHaveLength(2);
  });

  test.each([
    ["exactly at the end", "5m", 1],
    ["a second before it", "4m59s", 0],
  ])("%s: the level is over at its last instant", (_, after, warnings) => {
    const rules = `{ low: [work-sms, { method: private, after: ${after} }] }`;
    expect(toldOf({ rules }).warnings).toHaveLength(warnings);
  });

  test("is judged by the longest level, which the default of five minutes may be", () => {
    expect(toldOf({ rules: late, levels: "[{ page: [joan] }]" }).warnings).toHaveLength(1);
    const levels = "[{ page: [joan], within: 5m }, { page: [mei, joan], within: 11m }]";
    expect(toldOf({ rules: late, levels }).warnings).toEqual([]);
  });

  test("is not helped by a level of somebody else, by repeats, or by the pace of the catch-all", () => {
    const levels = "[{ page: [joan], within: 5m }, { page: [mei], within: 1h }]";
    expect(toldOf({ rules: late, levels, more: "repeats: 3" }).warnings).toHaveLength(1);
    expect(toldOf({ rules: late, more: "catch_all_every: 1h" }).warnings).toHaveLength(1);
  });

  test("is not helped by a policy that no service uses", () => {
    const more = "\n  spare:\n    levels: [{ page: [joan], within: 1h }]";
    expect(toldOf({ rules: late, more }).warnings).toHaveLength(1);
  });

  test("is judged over all policies in use", () => {
    const more = "\n  slow:\n    levels: [{ page: [joan], within: 1h }]";
    const services = "services:\n  website: { name: W, policy: shop }\n  batch: { name: B, policy: slow }";
    expect(toldOf({ rules: late, more, services }).warnings).toEqual([]);
  });
});

test("who is paged by the catch-all alone, or by nobody, is paged on all ways at once: no warning", () => {
  expect(toldOf({ rules: late, levels: "[{ page: [mei] }]" }).warnings).toEqual([]);
  expect(toldOf({ rules: late, levels: "[{ page: [mei] }]", more: "catch_all_every: 1m" }).warnings).toEqual(
    [],
  );
});

describe("a rule of which every step is late", () => {
  const vain = "{ low: [{ method: work, after: 6m }, { method: private, after: 10m }] }";

  test("is a mistake: no level would page that person at all", () => {
    expect(toldOf({ rules: vain })).toMatchObject({
      problems: [
        {
          path: "people.joan.rules.low",
          line: 9,
          message: expect.stringContaining("no level would reach joan"),
          advice: "begin with a step that has no delay, or one under 5m",
        },
      ],
    });
  });

  test("is a warning at the level that is too short where another is long enough", () => {
    const levels = "[{ page: [mei, joan], within: 5m }, { page: [joan], within: 15m }]";
    expect(toldOf({ rules: vain, levels }).warnings).toMatchObject([
      {
        path: "policies.shop.levels[0].page[1]",
        message: "this level ends after 5m, before the first step of joan's rule for low urgency",
      },
    ]);
  });
});

test("levels too short for the delays that a person without a rule gets are told once, for all of them", () => {
  const people = ["ada", "bob", "cid", "dee", "eve"].map(
    (id, n) => `  ${id}: { name: ${id}, time_zone: UTC, phone: "+1202555016${n}" }\n`,
  );
  const levels = "[{ page: [ada, bob, cid, dee, eve], within: 2m }]";
  expect(toldOf({ people: people.join(""), levels }).warnings).toMatchObject([
    {
      path: "people.ada",
      message:
        "voice after 3m, the default for low urgency, lies behind the end of every level that names ada, bob, cid and 2 more; the longest is 2m",
    },
  ]);
});

test("the sample has no such step", async () => {
  const { readFile } = await import("node:fs/promises");
  const loaded = loadConfig(await readFile("muster.yaml", "utf8"));
  if ("problems" in loaded) throw new Error("the sample is broken");
  expect(loaded.warnings.filter(({ message }) => message.includes("lies behind"))).toEqual([]);
});

test("a span is written as it would be read", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_400 }), (seconds) => {
      const [, h = 0, m = 0, s = 0] =
        /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(spanText(seconds * 1000)) ?? [];
      expect(Number(h) * 3600 + Number(m) * 60 + Number(s)).toBe(seconds);
    }),
  );
});
