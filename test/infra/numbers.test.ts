// Times, sizes and encryption that AWS asks for, or that a page depends on.
import { describe, expect, test } from "vitest";
import { tabScope } from "../../functions/core/account/token.ts";
import type { Metric } from "../../functions/lambda.ts";
import { type Subscription, subscriptions } from "../../functions/subscriptions.ts";
import { drawing } from "./support/drawing.ts";
import { mappingsOf } from "./support/graph.ts";
import { dressed as said } from "./support/said.ts";
import { at, functionsOf, listAt, ofType, resolved, target, textsAt } from "./support/template.ts";

const { plain: template, dressed, files } = drawing();
const rows: Readonly<Record<string, Subscription>> = subscriptions;
const functions = [...functionsOf(template)];

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const mostEnvironment = 4096;

describe.each(functions)("%s", (name, { id, properties }) => {
  const seconds = Number(properties["Timeout"]);

  test("runs on the Node and the processor that it was tested for", () => {
    expect(properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
    });
  });

  test("gives up before its queue gives the message to another: visibility is six times its time", () => {
    for (const mapping of mappingsOf(template, id)) {
      const queue = template.Resources[target(mapping.properties["EventSourceArn"]) ?? ""];
      if (queue?.Type === "AWS::SQS::Queue")
        expect(at(queue.Properties, "VisibilityTimeout")).toBe(seconds * 6);
    }
  });

  test("gives back only the messages that failed", () => {
    for (const mapping of mappingsOf(template, id))
      expect(textsAt(mapping.properties, "FunctionResponseTypes")).toEqual(["ReportBatchItemFailures"]);
  });

  test("keeps its own log, for a time", () => {
    const log = template.Resources[target(at(properties, "LoggingConfig", "LogGroup")) ?? ""];
    expect(at(log?.Properties, "RetentionInDays")).toBe(90);
  });

  test.each([
    ["plain", template],
    ["dressed", dressed],
  ])("has an environment that fits (%s)", (_, drawn) => {
    const variables = at(functionsOf(drawn).get(name)?.properties, "Environment", "Variables") ?? {};
    // A name that AWS makes up is at most 80 characters long, and takes a reference's place.
    const text = JSON.stringify(Object.entries(variables).map(([key, value]) => [key, resolved(value)]));
    const named = text
      .replaceAll("<AWS::URLSuffix>", "amazonaws.com.cn")
      .replaceAll(/<[^>]*>/g, "x".repeat(80));
    expect(named.length).toBeLessThan(mostEnvironment);
  });

  test("is not traced, by choice", () => {
    expect(properties).not.toHaveProperty("TracingConfig");
  });
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html allows 500 resources, 200 parameters,
// 200 outputs and 1 MB; who finds it full only while deploying has to cut a stack in a hurry.
describe.each(Object.entries(files.dressed))("the template of %s", (_, file) => {
  const count = (part: Readonly<Record<string, unknown>> = {}) => Object.keys(part).length;

  test("has room for more", () => {
    expect(count(file.Resources)).toBeGreaterThan(0);
    expect(count(file.Resources)).toBeLessThanOrEqual(450);
    expect(count(file.Parameters)).toBeLessThanOrEqual(180);
    expect(count(file.Outputs)).toBeLessThanOrEqual(180);
    expect(Buffer.byteLength(JSON.stringify(file))).toBeLessThan(900_000);
  });
});

test("what would be lost with a stack, or has an address, stands in the hub's own and in none that is nested in it", () => {
  const nested = Object.entries(files.dressed).filter(([name]) => name !== "Muster");
  expect(nested.map(([name]) => name)).toEqual(["Muster/Alarms", "Muster/Routes"]);
  const types = nested.flatMap(([, { Resources }]) => Object.values(Resources).map(({ Type }) => Type));
  expect([...new Set(types)].sort()).toEqual([
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::CloudWatch::Alarm",
    "AWS::Lambda::Permission",
    "AWS::Logs::MetricFilter",
  ]);
});

test("an alarm bears the hub's name and its own, so that a mail's subject tells it, and no two the same", () => {
  const alarms = ofType(template, "AWS::CloudWatch::Alarm").map(({ properties }) =>
    resolved(properties["AlarmName"]),
  );
  expect(alarms.filter((name) => !/^Muster-[A-Z]\w{4,50}$/.test(name))).toEqual([]);
  expect(new Set(alarms).size).toBe(alarms.length);
});

test("a page's send fits between a provider's patience and a lease", () => {
  // An update of an incident's place in the chat is several calls, each of which may be told to wait.
  const isPatient = (name: string): boolean => rows[name]?.carries?.includes("post") === true;
  for (const [name, { properties }] of functions)
    if (rows[name]?.uses.includes("leases")) expect(properties["Timeout"]).toBe(isPatient(name) ? 30 : 15);
});

describe("in a new account of ten calls at once", () => {
  const atOnce = functions.flatMap(([name, { id }]) =>
    mappingsOf(template, id).flatMap(({ properties }) => {
      const most = at(properties, "ScalingConfig", "MaximumConcurrency");
      return most === undefined ? [] : [{ name, most: Number(most) }];
    }),
  );
  const speaksToTheChat = (name: string): boolean => name.startsWith("update-");

  test("what a storm of alerts can fill leaves room for pages", () => {
    const filled = atOnce.filter(({ name }) => !speaksToTheChat(name));
    expect(filled.length).toBeGreaterThanOrEqual(4);
    expect(filled.reduce((sum, { most }) => sum + most, 0)).toBeLessThanOrEqual(8);
  });

  test("what a chat that hangs can fill is as little as a queue can be held to", () => {
    const held = atOnce.filter(({ name }) => speaksToTheChat(name));
    expect(held.map(({ most }) => most)).toEqual([2, 2]);
  });
});

describe("the feed", () => {
  const relay = functions.find(([name]) => rows[name]?.feed)?.[1].id ?? "";
  const [feed] = mappingsOf(template, relay);

  test("is heard from its oldest record, split when it fails, and tried again for as long as the stream remembers", () => {
    expect(feed?.properties).toMatchObject({
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 24 * 3_600,
    });
    expect(feed?.properties).not.toHaveProperty("MaximumRetryAttempts");
  });

  test("tells of what it gave up", () => {
    const queue = target(at(feed?.properties, "DestinationConfig", "OnFailure", "Destination")) ?? "";
    expect(template.Resources[queue]?.Type).toBe("AWS::SQS::Queue");
    const alarms = ofType(template, "AWS::CloudWatch::Alarm").map(({ properties }) =>
      JSON.stringify(properties),
    );
    expect(alarms.some((alarm) => alarm.includes(queue))).toBe(true);
  });
});

test("every queue is encrypted by SQS itself, for EventBridge can't use the account's default key", () => {
  for (const { properties } of ofType(template, "AWS::SQS::Queue")) {
    expect(properties["SqsManagedSseEnabled"]).toBe(true);
    expect(properties).not.toHaveProperty("KmsMasterKeyId");
  }
});

test("every queue and the operator's topic refuse whoever comes without TLS", () => {
  const guarded = [
    ...ofType(template, "AWS::SQS::QueuePolicy"),
    ...ofType(template, "AWS::SNS::TopicPolicy"),
  ].filter(({ properties }) =>
    listAt(properties, "PolicyDocument", "Statement").some(
      (statement) =>
        at(statement, "Effect") === "Deny" &&
        at(statement, "Condition", "Bool", "aws:SecureTransport") === "false",
    ),
  );
  expect(guarded.length).toBe(
    ofType(template, "AWS::SQS::Queue").length + ofType(template, "AWS::SNS::Topic").length,
  );
});

test("alerts have a measure of their own, so that a storm can't use up the share of answers", () => {
  const [stage] = ofType(template, "AWS::ApiGatewayV2::Stage");
  const routes = rows["receive-alert"]?.routes ?? [];
  expect(Object.keys(at(stage?.properties, "RouteSettings") ?? {}).sort()).toEqual([...routes].sort());
  expect(at(stage?.properties, "DefaultRouteSettings")).toMatchObject({ ThrottlingRateLimit: 100 });
});

test("a sweep that comes late is dropped for the next one, and a missing one raises an alarm", () => {
  expect(
    ofType(template, "AWS::Lambda::EventInvokeConfig").map(({ properties }) => properties),
  ).toMatchObject(
    Object.values(rows)
      .filter(({ every }) => every !== undefined)
      .map(() => ({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 })),
  );
  const silent = ofType(template, "AWS::CloudWatch::Alarm").filter(
    ({ properties }) => properties["TreatMissingData"] === "breaching",
  );
  expect(silent.map(({ properties }) => properties["MetricName"])).toEqual(["PulseLateness"]);
});

// The compiler names a count that is missing here.
const counted: Readonly<Record<Metric, boolean>> = {
  ChatLost: true,
  EmergencyRoom: true,
  NobodyReachable: true,
  OperatorAlarm: true,
  RefusedIntake: true,
  OddIntake: true,
  TextUnanswered: true,
  TimerLateness: true,
  PulseLateness: true,
  UnsettledAge: true,
  RecordFailed: true,
  WakeUpLost: true,
  // Every stranger can cause it, and no alert of ours is lost.
  UnknownSource: false,
};

test("each count of our functions, and what the door's log counts, is watched by an alarm", () => {
  const watched = ofType(template, "AWS::CloudWatch::Alarm")
    .filter(({ properties }) => properties["Namespace"] === "Muster")
    .map(({ properties }) => {
      expect(properties).not.toHaveProperty("Dimensions");
      return resolved(properties["MetricName"]);
    });
  const filtered = ofType(template, "AWS::Logs::MetricFilter").flatMap(({ properties }) =>
    textsAt(properties, "MetricTransformations", 0, "MetricName"),
  );
  const heard = Object.entries(counted).flatMap(([metric, isHeard]) => (isHeard ? [metric] : []));
  expect(watched.sort()).toEqual([...heard, ...filtered].sort());
});

test("an alarm that people outside can cause rings at once, and once in six hours at most", () => {
  const alarms = ofType(template, "AWS::CloudWatch::Alarm").map(({ properties }) => properties);
  const named = (name: string) => alarms.find(({ MetricName }) => MetricName === name) ?? {};
  for (const name of ["RefusedIntake", "OddIntake", "OversizeRequest", "TextUnanswered"]) {
    const alarm = named(name);
    expect(Number(alarm["Period"]) * Number(alarm["EvaluationPeriods"])).toBe(6 * 3_600);
    expect(alarm["DatapointsToAlarm"]).toBe(1);
    expect(listAt(alarm, "AlarmActions")).toHaveLength(1);
    expect(alarm).not.toHaveProperty("OKActions");
  }
  // A sender that comes once in some minutes, and loses each of its alerts, is heard within the hour.
  expect(named("RefusedIntake")).toMatchObject({ Period: 3_600, Threshold: 3 });
  for (const name of ["NobodyReachable", "OperatorAlarm"])
    expect(named(name)).toMatchObject({ Period: 60, EvaluationPeriods: 1, OKActions: [expect.anything()] });
});

test("a request too large for alerts rings, and one at any other address does not", () => {
  const [filter] = ofType(template, "AWS::Logs::MetricFilter");
  expect(filter?.properties["FilterPattern"]).toContain('($.route = "POST /alerts/*") && (');
});

test("people sign in by tokens of the issuer and the audience that were named", () => {
  const [authorizer] = ofType(template, "AWS::ApiGatewayV2::Authorizer");
  expect(at(authorizer?.properties, "JwtConfiguration")).toEqual({
    Audience: ["muster"],
    Issuer: "https://issuer.example.com",
  });
});

test("with a tab in Teams its tokens are taken as well, of the one tenant that the issuer names, and no bot's are", () => {
  const [authorizer] = ofType(dressed, "AWS::ApiGatewayV2::Authorizer");
  expect(at(authorizer?.properties, "JwtConfiguration")).toEqual({
    Audience: [said.signInAudience, said.teamsTabApp, `api://${said.domain}/${said.teamsTabApp}`],
    Issuer: `https://login.microsoftonline.com/${said.teamsTenant}/v2.0`,
  });
  expect(JSON.stringify(authorizer?.properties)).not.toContain(said.teamsBotApp);
});

test("where Muster has a scope of its own every route behind the sign-in needs it, or that of the tab, and no other does", () => {
  const scopes = (drawn: typeof template) =>
    ofType(drawn, "AWS::ApiGatewayV2::Route").map(({ properties }) => ({
      isSignedIn: properties["AuthorizationType"] === "JWT",
      scopes: textsAt(properties, "AuthorizationScopes"),
    }));
  for (const { isSignedIn, scopes: needed } of scopes(dressed))
    expect(needed).toEqual(isSignedIn ? [said.signInScope, tabScope] : []);
  expect(scopes(template).flatMap((route) => route.scopes)).toEqual([]);
  expect(new Set(scopes(dressed).map(({ isSignedIn }) => isSignedIn))).toEqual(new Set([true, false]));
});
