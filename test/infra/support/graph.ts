// Reads a template back into rows like those of subscriptions.ts, following its own arrows only.
import {
  at,
  type Found,
  functionsOf,
  ofType,
  resolved,
  type Template,
  target,
  targets,
  textsAt,
} from "./template.ts";

export interface Row {
  readonly routes?: readonly string[];
  readonly signedIn?: true;
  readonly on?: readonly string[];
  readonly hears?: {
    readonly source: readonly string[];
    readonly detailType: readonly string[];
    readonly ownAccount?: true;
  };
  readonly texts?: true;
  readonly feed?: true;
  readonly wakeUps?: true;
  readonly every?: "1 minute";
  readonly onDeploy?: true;
}

export const rowsIn = (template: Template): Readonly<Record<string, Row>> =>
  Object.fromEntries([...functionsOf(template)].map(([name, { id }]) => [name, rowIn(template, id)]));

function rowIn(template: Template, id: string): Row {
  const queues = mappingsOf(template, id).flatMap(({ properties }) => targets(properties["EventSourceArn"]));
  const tables = new Set(ofType(template, "AWS::DynamoDB::Table").map((table) => table.id));
  const rules = ofType(template, "AWS::Events::Rule");
  const heard = rules.filter(({ properties }) => queues.some((queue) => aims(properties, queue)));
  const onMain = heard.filter((rule) => isMain(template, rule));
  const onOthers = heard.filter((rule) => !isMain(template, rule));
  const swept = rules.filter(
    ({ properties }) => aims(properties, id) && properties["ScheduleExpression"] === "rate(1 minute)",
  );
  const fed = ofType(template, "AWS::SNS::Subscription").flatMap(({ properties }) =>
    targets(properties["Endpoint"]),
  );
  const texted = queues.some((queue) => fed.includes(queue));
  const isWoken = queues.some((queue) => !tables.has(queue) && heard.length === 0 && !texted);
  return {
    ...routesOf(template, id),
    ...(onMain.length > 0 ? { on: onMain.flatMap(({ properties }) => detailTypes(properties)) } : {}),
    ...(onOthers.length > 0 ? { hears: sameOf(onOthers) } : {}),
    ...(queues.some((queue) => tables.has(queue)) ? { feed: true } : {}),
    ...(texted ? { texts: true } : {}),
    ...(isWoken ? { wakeUps: true } : {}),
    ...(swept.length > 0 ? { every: "1 minute" } : {}),
    ...(isRunOnDeploy(template, id) ? { onDeploy: true } : {}),
  };
}

export const mappingsOf = (template: Template, id: string): readonly Found[] =>
  ofType(template, "AWS::Lambda::EventSourceMapping").filter(
    ({ properties }) => target(properties["FunctionName"]) === id,
  );

const aims = (rule: Found["properties"], id: string): boolean =>
  Array.isArray(rule["Targets"]) && rule["Targets"].some((one) => target(at(one, "Arn")) === id);

const detailTypes = (rule: Found["properties"]): readonly string[] =>
  textsAt(rule["EventPattern"], "detail-type");

/** Ours is the bus that our functions publish to. */
const isMain = (template: Template, { properties }: Found): boolean => {
  const bus = target(properties["EventBusName"]);
  return bus !== undefined && publishedTo(template).includes(bus);
};

const publishedTo = (template: Template): readonly string[] =>
  [...functionsOf(template).values()].flatMap(({ properties }) =>
    targets(at(properties, "Environment", "Variables", "BUS_NAME")),
  );

/** The same pattern on each of the buses that others speak on, or on the account's own alone. */
function sameOf(rules: readonly Found[]): NonNullable<Row["hears"]> {
  const patterns = new Set(rules.map(({ properties }) => JSON.stringify(properties["EventPattern"])));
  const [rule] = rules;
  if (patterns.size !== 1 || rule === undefined || rules.length > 2)
    throw new Error(`expected one pattern on two buses, found ${patterns.size} on ${rules.length}`);
  const pattern = rule.properties["EventPattern"];
  const heard = { source: textsAt(pattern, "source"), detailType: textsAt(pattern, "detail-type") };
  if (rules.length === 2) return heard;
  if (rule.properties["EventBusName"] !== "default")
    throw new Error("what comes from one bus only has to come from the account's own");
  return { ...heard, ownAccount: true };
}

function routesOf(template: Template, id: string): Pick<Row, "routes" | "signedIn"> {
  const integrations = new Set(
    ofType(template, "AWS::ApiGatewayV2::Integration")
      .filter(({ properties }) => target(properties["IntegrationUri"]) === id)
      .map((integration) => integration.id),
  );
  const routes = ofType(template, "AWS::ApiGatewayV2::Route").filter(({ properties }) =>
    targets(properties["Target"]).some((one) => integrations.has(one)),
  );
  if (routes.length === 0) return {};
  const guarded = routes.filter(({ properties }) => properties["AuthorizationType"] === "JWT");
  if (guarded.length !== 0 && guarded.length !== routes.length)
    throw new Error(`${id} is guarded on some routes only`);
  return {
    routes: routes.map(({ properties }) => resolved(properties["RouteKey"])),
    ...(guarded.length > 0 ? { signedIn: true } : {}),
  };
}

const isRunOnDeploy = (template: Template, id: string): boolean =>
  ofType(template, "Custom::Trigger").some(({ properties }) => {
    const version = target(properties["HandlerArn"]);
    return ofType(template, "AWS::Lambda::Version").some(
      (one) => one.id === version && target(one.properties["FunctionName"]) === id,
    );
  });
