// Which steps a level has time for: what the config's check says has to be what the night does.
import fc from "fast-check";
import { expect, test } from "vitest";
import { beginsWithin } from "../../functions/core/step-reach.ts";
import { minutes, seconds } from "../../functions/core/time.ts";
import { alert, contact, handed, target } from "../support/on-call.ts";
import { nightOf, pass, withContacts, withPlan } from "../support/spec.ts";

const spans = fc.integer({ min: 1, max: 40 }).map((n) => seconds(30 * n));

test("a step begins by its delay if, and only if, the level does not end before", () => {
  fc.assert(
    fc.property(spans, spans, (after, within) => {
      const night = nightOf(
        withContacts(
          contact("ada", [
            { method: "work", channel: "sms", after: 0 },
            { method: "private", channel: "sms", after },
          ]),
        ),
        withPlan({ levels: [{ targets: [target("ada")], within }], catchAll: [target("joan")] }),
        alert("critical"),
        handed("p1.0.1"),
        pass(minutes(60)),
      );
      const begun = night.history.some(
        (event) => event.type === "DeliveryWanted" && event.method === "private" && event.person === "ada",
      );
      expect(begun).toBe(beginsWithin({ after }, within));
    }),
  );
});
