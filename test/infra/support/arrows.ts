// Every arrow of a template at whose head a resource says for itself who may come: a service of AWS that acts on a queue, a
// topic, a function or a role because some resource of ours told it to.
import { ownAccount, plain } from "./said.ts";
import { at, type Found, listAt, ofType, resolved, type Template, target, targets } from "./template.ts";

export interface Arrow {
  /** The service that comes, and for which of our resources; undefined where the service does not say. */
  readonly service: string;
  readonly source: string | undefined;
  readonly action: string;
  /** The logical id of what it comes to. */
  readonly to: string;
}

const arn = "arn:<AWS::Partition>";
const here = `${plain.region}:${ownAccount}`;

export const arrowsIn = (template: Template): readonly Arrow[] => [
  ...ofType(template, "AWS::Events::Rule").flatMap((rule) => ofRule(template, rule)),
  ...ofType(template, "AWS::CloudWatch::Alarm").flatMap(ofAlarm),
  ...ofType(template, "AWS::SNS::Subscription").flatMap(ofSubscription),
  ...ofType(template, "AWS::ApiGatewayV2::Route").map((route) => ofRoute(template, route)),
  ...ofType(template, "AWS::Lambda::Function").map(({ properties }) => ofFunction(properties)),
  ...ofOutside(template),
];

const sending: Readonly<Record<string, string>> = {
  "AWS::SQS::Queue": "sqs:SendMessage",
  "AWS::SNS::Topic": "sns:Publish",
  "AWS::Lambda::Function": "lambda:InvokeFunction",
};

function to(template: Template, id: string | undefined, from: Omit<Arrow, "to" | "action">): Arrow {
  const action = sending[template.Resources[id ?? ""]?.Type ?? ""];
  if (id === undefined || action === undefined)
    throw new Error(`${from.source} acts on ${id}: say here what it has to be allowed`);
  return { ...from, action, to: id };
}

function ofRule(template: Template, { id, properties }: Found): readonly Arrow[] {
  const from = { service: "events.amazonaws.com", source: `<${id}.Arn>` };
  return listAt(properties, "Targets").flatMap((aim) => {
    const dead = at(aim, "DeadLetterConfig", "Arn");
    return [at(aim, "Arn"), ...(dead === undefined ? [] : [dead])].map((each) =>
      to(template, target(each), from),
    );
  });
}

const ofAlarm = ({ properties }: Found): readonly Arrow[] =>
  ["AlarmActions", "OKActions", "InsufficientDataActions"]
    .flatMap((when) => targets(properties[when]))
    .map((topic) => ({
      service: "cloudwatch.amazonaws.com",
      source: `${arn}:cloudwatch:${here}:alarm:${resolved(properties["AlarmName"])}`,
      action: "sns:Publish",
      to: topic,
    }));

function ofSubscription({ properties }: Found): readonly Arrow[] {
  if (properties["Protocol"] !== "sqs") return [];
  const queues = [properties["Endpoint"], at(properties, "RedrivePolicy", "deadLetterTargetArn")];
  return queues.flatMap(targets).map((queue) => ({
    service: "sns.amazonaws.com",
    source: resolved(properties["TopicArn"]),
    action: "sqs:SendMessage",
    to: queue,
  }));
}

function ofRoute(template: Template, { properties }: Found): Arrow {
  const integration = targets(properties["Target"])[0] ?? "";
  const handler = target(template.Resources[integration]?.Properties?.["IntegrationUri"]);
  const [method, path = ""] = resolved(properties["RouteKey"]).split(" ");
  const api = resolved(properties["ApiId"]);
  return to(template, handler, {
    service: "apigateway.amazonaws.com",
    source: `${api}/$default/${method}${path}`,
  });
}

const ofFunction = (properties: Found["properties"]): Arrow => ({
  service: "lambda.amazonaws.com",
  source: undefined,
  action: "sts:AssumeRole",
  to: target(properties["Role"]) ?? "",
});

/** What the operator points at us outside of the template: the number of the second carrier. */
const ofOutside = (template: Template): readonly Arrow[] =>
  targets(at(template.Outputs?.["TextsTopicArn"], "Value")).map((topic) => ({
    service: "sms-voice.amazonaws.com",
    source: `${arn}:sms-voice:${here}:phone-number/phone-1`,
    action: "sns:Publish",
    to: topic,
  }));
