// The last-resort card in words.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { commandRoles } from "../../functions/core/roles.ts";
import { cardMessage, type EmergencyCard, longestCard } from "../../functions/wording/card.ts";
import { gsm } from "../../functions/wording/gsm.ts";

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

test("the longest that a config allows fits whole: nobody falls off the end, and every character is one septet", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 });
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
      expect(text.length).toBeLessThanOrEqual(longestCard);
      expect(text).toMatch(/takes the place of any earlier card\.$/);
      for (let n = 0; n < 5; n++)
        for (let m = 0; m < 6; m++) expect(text).toContain(`+12345678901${n}${m}00`);
      expect([...new Set(text)].filter((one) => one !== " " && gsm(one) !== one)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
