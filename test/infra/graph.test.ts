// The template against the table it was made from: what stands in one stands in the other, and nothing beside it.
import { describe, expect, test } from "vitest";
import { type Subscription, subscriptions } from "../../functions/subscriptions.ts";
import { drawing } from "./support/drawing.ts";
import { mappingsOf, rowsIn } from "./support/graph.ts";
import { at, functionsOf, listAt, ofType, target, targets, textsAt } from "./support/template.ts";

const { plain: template } = drawing();
const rows: Readonly<Record<string, Subscription>> = subscriptions;
const functions = functionsOf(template);

test("the cloud has the functions of the table and no other", () => {
  expect([...functions.keys()].sort()).toEqual(Object.keys(rows).sort());
});

test.each(Object.keys(rows))("%s hears in the cloud what its row says", (name) => {
  const {
    uses: _granted,
    only: _of,
    reads: _these,
    writes: _those,
    carries: _them,
    // Checked by the function itself.
    proof: _shown,
    signedIn,
    ...rest
  } = rows[name] as Subscription;
  // The right is asked for in the function; the cloud knows that there is a sign-in.
  const wanted = { ...rest, ...(signedIn === undefined ? {} : { signedIn: true }) };
  const found = rowsIn(template)[name];
  expect({ ...found, routes: [...(found?.routes ?? [])].sort(), on: [...(found?.on ?? [])].sort() }).toEqual({
    ...wanted,
    routes: [...(wanted.routes ?? [])].sort(),
    on: [...(wanted.on ?? [])].sort(),
  });
});

describe("every arrow may be walked", () => {
  const permissions = ofType(template, "AWS::Lambda::Permission").map(({ properties }) => ({
    function: target(properties["FunctionName"]),
    principal: properties["Principal"],
    source: targets(properties["SourceArn"]),
  }));

  test.each([...functions])("whoever calls %s is let in, and nobody else", (name, { id }) => {
    const { routes = [], every } = rows[name] ?? { uses: [] };
    const callers = permissions
      .filter((permission) => permission.function === id)
      .map(({ principal }) => principal);
    expect(callers).toEqual([
      ...routes.map(() => "apigateway.amazonaws.com"),
      ...(every === undefined ? [] : ["events.amazonaws.com"]),
    ]);
  });

  test("every permission names the one caller it is for", () => {
    expect(permissions.filter(({ source }) => source.length === 0)).toEqual([]);
  });
});

test("every queue with a reader puts aside what fails five times, and somebody is told", () => {
  const watched = ofType(template, "AWS::CloudWatch::Alarm").flatMap(({ properties }) =>
    targets([properties["Dimensions"] ?? [], properties["Metrics"] ?? []]),
  );
  for (const [name, { id }] of functions) {
    for (const { properties } of mappingsOf(template, id)) {
      const source = target(properties["EventSourceArn"]) ?? "";
      const resource = template.Resources[source];
      if (resource?.Type !== "AWS::SQS::Queue") continue;
      const redrive = at(resource.Properties, "RedrivePolicy");
      expect(at(redrive, "maxReceiveCount")).toBe(5);
      expect(watched).toContain(target(at(redrive, "deadLetterTargetArn")));
      if (rows[name]?.wakeUps !== true) expect(watched).toContain(source);
    }
  }
});

describe("what people text to the second carrier", () => {
  const [, topic] = ofType(template, "AWS::SNS::Topic");
  const [, subscription] = ofType(template, "AWS::SNS::Subscription");
  const queue = targets(subscription?.properties["Endpoint"])[0] ?? "";

  test("comes as it is from its topic into the queue of the function that hears texts, or is put aside", () => {
    expect(subscription?.properties).toMatchObject({ Protocol: "sqs", RawMessageDelivery: true });
    expect(targets(subscription?.properties["TopicArn"])).toEqual([topic?.id]);
    const row = Object.keys(rows).find((name) => rows[name]?.texts) ?? "";
    const [mapping] = mappingsOf(template, functions.get(row)?.id ?? "");
    expect(target(mapping?.properties["EventSourceArn"])).toBe(queue);
    const dead = targets(at(subscription?.properties, "RedrivePolicy", "deadLetterTargetArn"));
    expect(dead).toEqual(
      targets(at(template.Resources[queue]?.Properties, "RedrivePolicy", "deadLetterTargetArn")),
    );
  });

  test("may be published by that service for this account, and by nobody else", () => {
    const statements = ofType(template, "AWS::SNS::TopicPolicy")
      .filter(({ properties }) => targets(properties["Topics"]).includes(topic?.id ?? ""))
      .flatMap(({ properties }) => listAt(properties, "PolicyDocument", "Statement"))
      .filter((statement) => at(statement, "Effect") === "Allow");
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({
      Action: "sns:Publish",
      Principal: { Service: "sms-voice.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
    expect(JSON.stringify(statements[0])).toContain(":sms-voice:eu-west-1:111122223333:*");
  });

  test("the operator is told which topic the number has to send it to", () => {
    expect(target(at(template.Outputs?.["TextsTopicArn"], "Value"))).toBe(topic?.id);
  });
});

test("the operator hears by mail, past the dispatcher, when nobody can be reached", () => {
  const [topic] = ofType(template, "AWS::SNS::Topic");
  const rules = ofType(template, "AWS::Events::Rule").filter(({ properties }) =>
    textsAt(properties["EventPattern"], "detail-type").includes("NobodyReachable"),
  );
  expect(rules.map(({ properties }) => target(at(properties, "Targets", 0, "Arn")))).toContain(topic?.id);
  const [subscription] = ofType(template, "AWS::SNS::Subscription");
  expect(subscription?.properties).toMatchObject({ Protocol: "email", Endpoint: "operator@example.com" });
  for (const { properties } of ofType(template, "AWS::CloudWatch::Alarm"))
    expect(targets(properties["AlarmActions"])).toEqual([topic?.id]);
});
