// Each arrow from a service of AWS to a resource of ours, held against that resource's own policy. Neither cdk-nag nor the
// validator sees one that ends at a closed door: the alarm that nobody hears is found on the night it is needed.
import { describe, expect, test } from "vitest";
import { type Arrow, arrowsIn } from "./support/arrows.ts";
import { drawing } from "./support/drawing.ts";
import { admitted, refused } from "./support/resource-policy.ts";
import { productionAccount } from "./support/said.ts";
import { at, type Json, listAt, ofType, type Template } from "./support/template.ts";

const { plain, dressed } = drawing();

describe.each([
  ["as little as possible", plain],
  ["with everything that may be left out", dressed],
])("a hub %s", (_, template) => {
  const arrows = arrowsIn(template);

  test("has no arrow that ends at a closed door", () => {
    expect(refused(template, arrows)).toEqual([]);
  });

  test("is reached by every service that acts for it", () => {
    expect(new Set(arrows.map(({ service }) => service))).toEqual(
      new Set(
        ["apigateway", "cloudwatch", "events", "lambda", "sms-voice", "sns"].map(
          (one) => `${one}.amazonaws.com`,
        ),
      ),
    );
    expect(arrows.length).toBeGreaterThan(200);
  });

  test("opens none of its doors to a service that has no arrow to it", () => {
    for (const id of Object.keys(template.Resources)) {
      const asked = arrows.filter(({ to }) => to === id).map(({ service }) => service);
      expect(new Set([id, ...admitted(template, id)])).toEqual(new Set([id, ...asked]));
    }
  });
});

describe("the judge finds", () => {
  const arrows = arrowsIn(plain);
  const [operator] = ofType(plain, "AWS::SNS::Topic").map(({ id }) => id);
  const to =
    (type: string) =>
    ({ to }: Arrow): boolean =>
      plain.Resources[to]?.Type === type;

  test.each<[string, (arrow: Arrow) => boolean]>([
    [
      "an alarm that may not publish to the operator's topic",
      ({ service, to: id }) => service === "cloudwatch.amazonaws.com" && id === operator,
    ],
    [
      "a rule that may not write to its queue",
      (arrow) => arrow.service === "events.amazonaws.com" && to("AWS::SQS::Queue")(arrow),
    ],
    ["a topic that may not fill its queue", ({ service }) => service === "sns.amazonaws.com"],
    ["a route that may not call its function", ({ service }) => service === "apigateway.amazonaws.com"],
    ["a function whose role Lambda may not take", ({ service }) => service === "lambda.amazonaws.com"],
  ])("%s", (_, isMeant) => {
    const [meant] = arrows.filter(isMeant);
    if (meant === undefined) throw new Error("no such arrow");
    const found = refused(without(plain, meant), arrows);
    expect(found).toContainEqual(meant);
    expect(found.filter(({ service, to: id }) => service !== meant.service || id !== meant.to)).toEqual([]);
  });

  test("a statement for another account's alarms, and one that denies", () => {
    const meant = arrows.filter(({ service }) => service === "cloudwatch.amazonaws.com");
    const foreign = changed(plain, meant[0], (statement) => ({
      ...(statement as object),
      Condition: {
        ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${productionAccount}:alarm:*` },
      },
    }));
    expect(refused(foreign, arrows)).toEqual(meant);
    const denied = changed(plain, meant[0], (statement) => ({ ...(statement as object), Effect: "Deny" }));
    expect(refused(denied, arrows)).toEqual(meant);
  });
});

/** The template without what lets this arrow's service in at its head. */
const without = (template: Template, arrow: Arrow): Template => changed(template, arrow, () => undefined);

function changed(
  template: Template,
  { service, to }: Arrow = { service: "", source: "", action: "", to: "" },
  change: (statement: Json) => Json | undefined,
): Template {
  const isItsDoor = (properties: unknown): boolean => JSON.stringify(properties).includes(to);
  const opened = (statement: Json): boolean => listAt(statement, "Principal", "Service").includes(service);
  const put = (value: Json): Json | undefined => {
    if (Array.isArray(value)) return value.flatMap((one: Json) => put(one) ?? []);
    if (typeof value !== "object" || value === null) return value;
    if (at(value, "Effect") === "Allow" && opened(value)) return change(value);
    return Object.fromEntries(
      Object.entries(value).flatMap(([field, one]) => {
        const kept = put(one);
        return kept === undefined ? [] : [[field, kept]];
      }),
    );
  };
  const kinds = ["AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::IAM::Role"];
  return {
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).flatMap(([id, resource]) => {
        const { Type: type, Properties: properties = {} } = resource;
        if (
          type === "AWS::Lambda::Permission" &&
          isItsDoor(properties) &&
          properties["Principal"] === service
        )
          return [];
        const isDoor = id === to || isItsDoor(properties);
        if (!kinds.includes(type) || !isDoor) return [[id, resource]];
        return [[id, { ...resource, Properties: put(properties) as typeof properties }]];
      }),
    ),
  };
}
