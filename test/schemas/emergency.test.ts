// Command roles and phone bridges in the config.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { minutes } from "../../functions/core/time.ts";
import { loadConfig } from "../../schemas/load-config.ts";
import { config } from "../support/intake.ts";

const loaded = (text: string) => {
  const found = loadConfig(text);
  if ("problems" in found) throw new Error(JSON.stringify(found.problems, null, 1));
  return found;
};
const problems = (text: string) => {
  const found = loadConfig(text);
  return "problems" in found ? found.problems : [];
};
const withRoles = (written: string) => `${config}emergency: ${written}\n`;

describe("who holds the command roles", () => {
  test("is kept in the order in which they are called; nobody where the file names nobody", () => {
    const { emergency } = loaded(withRoles("{ ic: [linus, ada], tl: [ada] }")).organisation;
    expect(emergency).toEqual({ ic: ["linus", "ada"], tl: ["ada"] });
    expect(loaded(config).organisation.emergency).toBeUndefined();
  });

  test("has to be somebody in the file: the mistake is shown where it stands", () => {
    const [problem] = problems(withRoles("{ ic: [ada, linux] }"));
    expect(problem).toMatchObject({
      path: "emergency.ic[1]",
      line: config.split("\n").length,
      message: 'there is no person "linux"',
      advice: 'did you mean "linus"?',
    });
    expect(problem?.column).toBeGreaterThan(10);
  });

  test.each([
    ["a role that is none", "{ chief: [ada] }", /"chief" is not known here/],
    ["nobody", "{ ic: [] }", /at least one person/],
    ["somebody twice", "{ ic: [ada, ada] }", /"ada" is named twice/],
    ["more than fit on a card", `{ ic: [${Array(7).fill("ada").join(", ")}] }`, /at most 6 people/],
  ])("is not %s", (_, written, message) => {
    expect(problems(withRoles(written)).map((one) => one.message)).toContainEqual(
      expect.stringMatching(message),
    );
  });

  test("should be somebody who can be texted", () => {
    const rings = config.replace('sms: "+447700900001"', 'voice: "+447700900001"');
    const { warnings } = loaded(`${rings}emergency: { ic: [ada] }\n`);
    expect(warnings).toContainEqual(
      expect.objectContaining({
        path: "emergency.ic[0]",
        message: 'the last-resort card can\'t be texted to "ada"',
      }),
    );
  });

  test("makes another version of the config with every change of the order", () => {
    const [one, other] = ["{ ic: [ada, linus] }", "{ ic: [linus, ada] }"].map(
      (written) => loaded(withRoles(written)).version,
    );
    expect(one).not.toBe(other);
  });
});

describe("a policy's bridge", () => {
  const policyWith = (bridge: string) =>
    loaded(config.replace("policies:\n  shop: { ", `policies:\n  shop: { bridge: ${bridge}, `)).organisation
      .policies[0]?.bridge;

  test("is what the file says, with the rest as usual", () => {
    expect(policyWith("{ opens: when-critical }")).toEqual({
      opens: "when-critical",
      announceEvery: minutes(30),
      recorded: false,
    });
    expect(policyWith("{ announce_every: 15m, record: true }")).toEqual({
      opens: "without-chat",
      announceEvery: minutes(15),
      recorded: true,
    });
  });

  test.each(["{ opens: never }", "{ announce_every: 1s }", "{ record: perhaps }", "{ colour: red }"])(
    "is not %s",
    (bridge) => {
      expect(() => policyWith(bridge)).toThrow();
    },
  );
});

test("the sample's lines about the card are right once the # is taken away", () => {
  const sample = readFileSync(new URL("../../muster.yaml", import.meta.url), "utf8");
  const open = sample.replace(/# emergency:\n#( {3}ic:.*)\n#( {3}tl:.*)\n/, "emergency:\n$1\n$2\n");
  expect(loaded(open).organisation.emergency).toEqual({ ic: ["ada", "joan"], tl: ["linus"] });
});
