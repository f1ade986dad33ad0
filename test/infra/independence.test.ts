// Nothing of production: the template needs no other stack, account or network, holds no secret and grants no more than it says.
import { describe, expect, test } from "vitest";
import { drawing } from "./support/drawing.ts";
import { dressed, ownAccount, productionAccount } from "./support/said.ts";
import {
  at,
  functionsOf,
  listAt,
  ofType,
  resolved,
  type Template,
  texts,
  textsAt,
} from "./support/template.ts";

const { plain, dressed: full } = drawing();

/** What Entra calls its tenants and apps by: it may end like an account. */
const guid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

describe.each([
  ["as little as possible", plain],
  ["everything", full],
])("a hub that was told %s", (_, template) => {
  const everything = JSON.stringify(template);

  test("imports nothing from another stack and looks nothing up", () => {
    expect(everything).not.toContain("Fn::ImportValue");
    expect(everything).not.toContain("{{resolve:");
    expect(everything).not.toMatch(/dummy-value|vpc-12345/);
  });

  test("has no network of its own and joins nobody's", () => {
    expect(Object.values(template.Resources).filter(({ Type }) => Type.startsWith("AWS::EC2::"))).toEqual([]);
    for (const { properties } of functionsOf(template).values())
      expect(properties).not.toHaveProperty("VpcConfig");
  });

  test("names no account but its own, except those whose alarms it lets in", () => {
    const { Resources } = template;
    const others = Object.entries(Resources).filter(([, { Type }]) => Type !== "AWS::Events::EventBusPolicy");
    const named = others.flatMap(([id, resource]) =>
      (
        JSON.stringify(resource)
          .replaceAll(guid, "")
          .match(/(?<![0-9a-f])\d{12}(?![0-9a-f])/g) ?? []
      ).map((account) => `${account} in ${id}`),
    );
    expect(named.filter((one) => !one.startsWith(ownAccount))).toEqual([]);
  });

  test("keeps the store when the stack goes", () => {
    const [table, ...more] = ofType(template, "AWS::DynamoDB::Table");
    expect(more).toEqual([]);
    expect(table?.properties).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(template.Resources[table?.id ?? ""]?.DeletionPolicy).toBe("RetainExceptOnCreate");
  });

  test("grants no wildcard: no action, no resource but a log's own streams and a function's own versions", () => {
    const broad = statementsIn(template)
      .filter(({ statement }) => at(statement, "Effect") === "Allow")
      .flatMap(({ id, statement }) => [
        ...textsAt(statement, "Action").filter((action) => action.includes("*")),
        ...listAt(statement, "Resource")
          .map(resolved)
          .filter((arn) => arn.includes("*"))
          .map((arn) => `${id}: ${arn}`),
      ]);
    // The deployment's helper runs apply-config, each time a new version of it.
    expect(broad.filter((one) => !/^AWSCDKTrigger\w+: <ApplyConfig\w+\.Arn>:\*$/.test(one))).toEqual([]);
  });

  test("no function can change what it may do, nor reach another account's roles", () => {
    const actions = statementsIn(template).flatMap(({ statement }) => textsAt(statement, "Action"));
    expect(
      actions.filter((action) => /^(iam|kms|lambda:Update|cloudformation|organizations):?/.test(action)),
    ).toEqual([]);
  });

  test("no secret lies in an environment, only the name under which it is kept", () => {
    for (const [name, { properties }] of functionsOf(template)) {
      for (const [variable, value] of Object.entries(at(properties, "Environment", "Variables") ?? {})) {
        expect(`${name} ${variable}`).not.toMatch(/token|secret|password|credential|_key$/i);
        expect(texts(value).join("")).not.toMatch(/\bSK[0-9a-f]{32}\b|\bAC[0-9a-f]{32}\b|-----BEGIN/);
      }
    }
  });

  test("the door's log keeps the route, never the path: a key may stand in it", () => {
    const [stage] = ofType(template, "AWS::ApiGatewayV2::Stage");
    const format = resolved(at(stage?.properties, "AccessLogSettings", "Format"));
    expect(format).toContain("$context.routeKey");
    expect(format).not.toMatch(/\$context\.(path|http\.path|customDomain|requestOverride)|authorization/);
  });
});

describe("the intake bus", () => {
  test("is closed while nobody is named", () => {
    expect(ofType(plain, "AWS::Events::EventBusPolicy")).toEqual([]);
  });

  test("lets in the accounts and the organization that were named, to put events and nothing else", () => {
    const statements = ofType(full, "AWS::Events::EventBusPolicy").map(
      ({ properties }) => properties["Statement"],
    );
    expect(statements.map((statement) => at(statement, "Action"))).toEqual([
      "events:PutEvents",
      "events:PutEvents",
    ]);
    const written = statements.map((statement) => JSON.stringify(statement));
    expect(written.some((one) => one.includes(productionAccount))).toBe(true);
    const open = statements.filter((statement) => texts(at(statement, "Principal")).includes("*"));
    expect(open.map((statement) => at(statement, "Condition"))).toEqual([
      { StringEquals: { "aws:PrincipalOrgID": dressed.senderOrganization } },
    ]);
  });
});

function statementsIn(template: Template) {
  return ["AWS::IAM::Policy", "AWS::IAM::Role"].flatMap((type) =>
    ofType(template, type).flatMap(({ id, properties }) =>
      [...listAt(properties, "PolicyDocument", "Statement"), ...inline(properties)].map((statement) => ({
        id,
        statement,
      })),
    ),
  );
}

const inline = (role: Parameters<typeof listAt>[0]) =>
  listAt(role, "Policies").flatMap((policy) => listAt(policy, "PolicyDocument", "Statement"));
