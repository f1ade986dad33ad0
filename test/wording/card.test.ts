// The last-resort card in words.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { commandRoles } from "../../functions/core/roles.ts";
import { cardMessage, type EmergencyCard } from "../../functions/wording/card.ts";
import { gsm } from "../../functions/wording/gsm.ts";
import { tappable, tappableExamples } from "../support/tappable.ts";

const card: EmergencyCard = {
  organisation: "Brightwater Books",
  number: "+12025550100",
  roles: [{ role: "ic", pin: "042042" }],
  roster: [
    {
      role: "ic",
      people: [
        { name: "Ada Okafor", number: "+12025550101" },
        { name: "Joan Whitfield", number: "+12025550143" },
      ],
    },
    { role: "tl", people: [{ name: "Linus Ekdahl", number: undefined }] },
  ],
};

test("it says how to meet, and whom to call in which order, by full numbers", () => {
  expect(cardMessage(card)).toBe(
    "LAST-RESORT CARD Brightwater Books. When nothing else works: Emergency room: dial +12025550100, PIN 042042 as IC. " +
      "Call in this order. IC: Ada Okafor +12025550101, Joan Whitfield +12025550143. TL: Linus Ekdahl (no number). " +
      "Keep it; tell nobody the PIN. It takes the place of any earlier card.",
  );
});

test("whoever holds two roles has a PIN for each", () => {
  const roles = [...card.roles, { role: "scribe", pin: "111111" } as const];
  expect(cardMessage({ ...card, roles })).toContain("PIN 042042 as IC, PIN 111111 as Scribe.");
});

test("where the hub can't be called it names no room, and no PIN that opens nothing", () => {
  expect(cardMessage({ ...card, number: undefined })).not.toMatch(/PIN \d|room/);
});

test.each(tappableExamples)(
  "a name holds no number or address that could be tapped beside ours: %s",
  (name) => {
    const people = [{ name, number: "+12025550101" }];
    const text = cardMessage({ ...card, organisation: name, roster: [{ role: "ic", people }] });
    expect(text.match(/\+1202555\d{4}/g)).toEqual(["+12025550100", "+12025550101"]);
    expect(tappable(text.replace(/\+1202555\d{4}/g, "(ours)"))).toEqual([]);
  },
);

test("names in another alphabet are written in it", () => {
  const roster = [{ role: "ic", people: [{ name: "Владимир Иванов", number: "+12025550101" }] }] as const;
  expect(cardMessage({ ...card, roster })).toContain("IC: Владимир Иванов +12025550101.");
});

test("the longest that a config allows fits whole: nobody falls off the end, in whatever alphabet", () => {
  const name = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
    fc.string({ unit: fc.constantFrom(...Array.from("Владимир Иванов")), minLength: 1, maxLength: 100 }),
    fc.string({ unit: fc.constantFrom(...Array.from("Łukasz Żółć")), minLength: 1, maxLength: 100 }),
  );
  const longest = fc.record({ organisation: name, names: fc.array(name, { minLength: 30, maxLength: 30 }) });
  fc.assert(
    fc.property(longest, ({ organisation, names }) => {
      const text = cardMessage({
        organisation,
        number: "+123456789012345",
        roles: commandRoles.map((role, n) => ({ role, pin: `00000${n}` })),
        roster: commandRoles.map((role, n) => ({
          role,
          people: names
            .slice(n * 6, n * 6 + 6)
            .map((one, m) => ({ name: one, number: `+12345678901${n}${m}00` })),
        })),
      });
      // Of ten parts of septets, or of what Twilio takes at once.
      const isGsm = Array.from(text).every((one) => one === " " || gsm(one) === one);
      expect(text.length).toBeLessThanOrEqual(isGsm ? 1530 : 1340);
      expect(text).toMatch(/takes the place of any earlier card\.$/);
      for (let n = 0; n < 5; n++)
        for (let m = 0; m < 6; m++) expect(text).toContain(`+12345678901${n}${m}00`);
    }),
    { numRuns: 50 },
  );
});
