// What an incident's own channel is called.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { channelName } from "../../../functions/core/post/channel-name.ts";

const real = { id: "01JD5ZQ8E0", drill: false };

test("it is the codename, for whoever looks for it in a list of channels", () => {
  expect(channelName("Quiet Harbour", 0, real)).toBe("incident-quiet-harbour");
  expect(channelName("Quiet Harbour", 2, real)).toBe("incident-quiet-harbour-3");
  expect(channelName("Quiet Harbour", 0, { ...real, drill: true })).toBe("drill-quiet-harbour");
});

test("a codename of which nothing is left gives way to the incident's id", () => {
  expect(channelName("…", 0, real)).toBe("incident-01jd5zq8e0");
});

test("whatever the codename is: the chat takes it, and each next name is another one", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 80 })),
      fc.nat(20),
      fc.boolean(),
      (codename, taken, drill) => {
        const name = channelName(codename, taken, { ...real, drill });
        expect(name).toMatch(/^(incident|drill)-[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u);
        expect(name.length).toBeLessThanOrEqual(50);
        expect(channelName(codename, taken + 1, { ...real, drill })).not.toBe(name);
      },
    ),
  );
});
