// What the recorded calls reach, by its name in the template.
import { at, functionsOf, listAt, ofType, resolved, type Template, target, textsAt } from "./template.ts";

export interface Arns {
  (resource: string): string;
  /** All queues that stand for the one that a recorded call named; for anything else, itself. */
  queues(resource: string): readonly string[];
}

const queueName = /^(?:https:\/\/sqs\..*\/|arn:aws:sqs:.*:)(queue|letters)$/;

export function arnsIn(template: Template): Arns {
  const [table] = ofType(template, "AWS::DynamoDB::Table");
  const variables = (name: string) =>
    at(functionsOf(template).get(name)?.properties, "Environment", "Variables");
  const bus = `<${target(at(variables("relay-events"), "BUS_NAME"))}.Arn>`;
  const wakeUps = `<${target(at(variables("relay-events"), "WAKE_UPS_URL"))}.Arn>`;
  const pairs = ofType(template, "AWS::SQS::Queue").flatMap(({ id, properties }) => {
    const letters = target(at(properties, "RedrivePolicy", "deadLetterTargetArn"));
    return letters === undefined ? [] : [{ queue: `<${id}.Arn>`, letters: `<${letters}.Arn>` }];
  });
  const statements = ofType(template, "AWS::IAM::Policy").flatMap(({ properties }) =>
    listAt(properties, "PolicyDocument", "Statement"),
  );
  const parameters = statements
    .filter((statement) => listAt(statement, "Action").includes("ssm:GetParameter"))
    .flatMap((statement) => [at(statement, "Resource")].flat().map(resolved));

  const origins = statements
    .filter((statement) => textsAt(statement, "Action").some((action) => action.startsWith("sms-voice:")))
    .map((statement) => resolved(at(statement, "Resource")));

  const arnOf = (resource: string): string => {
    if (resource.startsWith("<")) return resource;
    if (resource === "table") return `<${table?.id}.Arn>`;
    if (resource.startsWith("index/")) return `<${table?.id}.Arn>/${resource}`;
    if (resource === "bus") return bus;
    if (resource === "wake-ups") return wakeUps;
    if (/^(phone|pool)-/.test(resource))
      return origins.find((one) => one.endsWith(`/${resource}`)) ?? resource;
    if (resource.startsWith("/"))
      return parameters.find((one) => one.endsWith(`:parameter${resource}`)) ?? resource;
    return queues(resource)[0] ?? resource;
  };
  const queues = (resource: string): readonly string[] => {
    const [, kind] = queueName.exec(resource) ?? [];
    return kind === undefined
      ? [resource]
      : pairs.map((pair) => pair[kind === "queue" ? "queue" : "letters"]);
  };
  return Object.assign(arnOf, { queues });
}
