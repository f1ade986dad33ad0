// Judges arrows by the policies of the resources at their heads, as IAM does: somebody has to allow it, nobody may deny it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { Arrow } from "./arrows.ts";
import { isLike } from "./policy.ts";
import { ownAccount } from "./said.ts";
import {
  at,
  isFields,
  type Json,
  listAt,
  ofType,
  resolved,
  type Template,
  target,
  targets,
} from "./template.ts";

/** The arrows that end at a closed door. */
export const refused = (template: Template, arrows: readonly Arrow[]): readonly Arrow[] =>
  arrows.filter((arrow) => {
    const judged = statementsAbout(template, arrow.to).filter((statement) => isAbout(statement, arrow));
    const of = (effect: string) => judged.some((statement) => at(statement, "Effect") === effect);
    return !of("Allow") || of("Deny");
  });

/** The services that the resource lets in, for whatever. */
export const admitted = (template: Template, id: string): readonly string[] =>
  statementsAbout(template, id)
    .filter((statement) => at(statement, "Effect") === "Allow")
    .flatMap((statement) => listAt(statement, "Principal", "Service").map(resolved));

const policies = [
  ["AWS::SQS::QueuePolicy", "Queues"],
  ["AWS::SNS::TopicPolicy", "Topics"],
] as const;

function statementsAbout(template: Template, id: string): readonly Json[] {
  const attached = policies.flatMap(([type, of]) =>
    ofType(template, type).filter(({ properties }) => targets(properties[of]).includes(id)),
  );
  const trust = template.Resources[id]?.Properties?.["AssumeRolePolicyDocument"];
  return [
    ...attached.flatMap(({ properties }) => listAt(properties, "PolicyDocument", "Statement")),
    ...listAt(trust, "Statement"),
    ...permissionsOf(template, id),
  ];
}

/** A function's policy is written a permission at a time. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const permissionsOf = (template: Template, id: string): readonly Json[] =>
  ofType(template, "AWS::Lambda::Permission")
    .filter(({ properties }) => target(properties["FunctionName"]) === id)
    .map(({ properties }) => ({
      Effect: "Allow",
      Principal: { Service: properties["Principal"] ?? null },
      Action: properties["Action"] ?? null,
      Condition: { ArnLike: { "aws:SourceArn": properties["SourceArn"] ?? null } },
    }));

function isAbout(statement: Json, arrow: Arrow): boolean {
  const services = listAt(statement, "Principal", "Service").map(resolved);
  const isEverybody = at(statement, "Principal") === "*" || at(statement, "Principal", "AWS") === "*";
  const resources = listAt(statement, "Resource").flatMap((one) => targets(one));
  return (
    (isEverybody || services.includes(arrow.service)) &&
    listAt(statement, "Action").some((action) => isLike(arrow.action, resolved(action))) &&
    (resources.length === 0 || resources.includes(arrow.to)) &&
    holds(at(statement, "Condition"), arrow)
  );
}

const operators = ["ArnEquals", "ArnLike", "StringEquals", "StringLike", "Bool"];

/** A condition on what the service does not say is not met. */
function holds(condition: Json | undefined, { source }: Arrow): boolean {
  if (condition === undefined) return true;
  const said: Readonly<Record<string, string | undefined>> = {
    "aws:SourceArn": source,
    "aws:SourceAccount": ownAccount,
    "aws:SecureTransport": "true",
  };
  return Object.entries(isFields(condition) ? condition : {}).every(([operator, keys]) => {
    if (!operators.includes(operator)) throw new Error(`Say here how IAM judges ${operator}`);
    return Object.entries(isFields(keys) ? keys : {}).every(([key, wanted]) => {
      const value = said[key];
      return value !== undefined && [wanted].flat().some((one) => isLike(value, patternOf(one)));
    });
  });
}

/** Of an API's address only what follows its id: the rest is the same for every one of ours. */
const patternOf = (value: Json): string => resolved(value).replace(/^arn:.*:execute-api:[^:]*:\d+:/, "");
