// Whoever holds a command role is texted a card: somebody without a number for texts goes without.
import { waysOf } from "./people.ts";
import type { Finding } from "./problem.ts";
import { entriesOf, fieldOf, itemsOf } from "./raw.ts";

export const cardWarnings = (root: unknown): readonly Finding[] =>
  entriesOf(fieldOf(root, "emergency")).flatMap(([role, list]) =>
    itemsOf(list).flatMap((id, n) => {
      if (typeof id !== "string") return [];
      const ways = waysOf(fieldOf(fieldOf(root, "people"), id), []);
      if (ways.length === 0 || ways.some(({ channel }) => channel === "sms")) return [];
      return [
        {
          path: ["emergency", role, n],
          message: `the last-resort card can't be texted to "${id}"`,
          advice: "add a number that takes texts: phone or sms",
        },
      ];
    }),
  );
