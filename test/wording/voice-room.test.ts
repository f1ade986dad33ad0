// What is spoken on the way into a room, and in it, whatever the monitoring wrote.
import fc from "fast-check";
import { expect, test } from "vitest";
import { twimlScripts } from "../../functions/adapters/twilio/twiml.ts";
import { minutes } from "../../functions/core/time.ts";
import { roomWords } from "../../functions/wording/voice-room.ts";
import { hostile } from "../support/intake.ts";
import { readScript } from "../support/twiml-table.ts";

const words = roomWords();
const about = { service: "Checkout", severity: "critical", symptom: "500s", drill: false } as const;
const standing = { ...about, lasts: minutes(90), owner: "Ada", here: 3, unknown: 2 };
const nasty = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.constantFrom(...hostile));

test("a drill says so first of all", () => {
  expect(words.asks({ ...about, drill: true, cause: "absent", key: "4" })[0]).toMatch(
    /^This is a drill\. Drill\. This is/,
  );
  for (const kind of ["cadence", "return-to-chat", "ending"] as const)
    expect(words.announcement(kind, { ...standing, drill: true })).toMatch(/^This is a drill\. Drill\. /);
});

test("numbers are said as people say them", () => {
  expect(words.announcement("cadence", standing)).toBe(
    "How it stands. Checkout, critical. The alert reads: “500s.” End of alert. It goes on for 1 hour 30 minutes. Ada has it. Three are in the room. Two of them are not known: please say who you are.",
  );
});

test("10,000 hostile lines are spoken as words, never as markup, and never at length", {
  timeout: 60_000,
}, () => {
  const scripts = twimlScripts("https://pager.example.com");
  fc.assert(
    fc.property(nasty, nasty, nasty, (service, symptom, name) => {
      const texts = [
        ...words.asks({ ...about, service, symptom, cause: "ordered", by: name, key: "4" }),
        words.announcement("cadence", { ...standing, service, symptom, owner: name }),
        words.announcement("ending", { ...standing, service }),
      ];
      const steps = texts.map((text) => ({ do: "say", text }) as const);
      const { faults, verbs, spoken } = readScript(scripts.render({ language: words.language, steps }));
      expect(faults).toEqual([]);
      expect(new Set(verbs)).toEqual(new Set(["Say"]));
      expect(spoken).toContain("Press 4 to get into the room.");
      expect(spoken).not.toMatch(/[<>&{}\p{C}]/u);
      expect(spoken.length).toBeLessThan(1_200);
    }),
    { numRuns: 3_400 },
  );
});
