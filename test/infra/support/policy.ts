// Judges recorded calls by a function's synthesized policy, both ways: calls that it does not allow, and what it allows
// that was never called.
import type { Call } from "../../support/record-aws.ts";
import {
  at,
  functionsOf,
  isFields,
  type Json,
  listAt,
  ofType,
  resolved,
  type Template,
  target,
  targets,
  textsAt,
} from "./template.ts";

interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Patterns of partition keys; undefined: any. */
  readonly keys: readonly string[] | undefined;
}

/** What the template allows a function, without what Lambda itself needs to run it. */
export function grantedTo(template: Template, name: string): readonly Statement[] {
  const found = functionsOf(template).get(name);
  if (found === undefined) throw new Error(`${name} is not in the template`);
  const role = target(found.properties["Role"]);
  return ofType(template, "AWS::IAM::Policy")
    .filter(({ properties }) => targets(properties["Roles"]).includes(role ?? ""))
    .flatMap(({ properties }) => listAt(properties, "PolicyDocument", "Statement"))
    .map(statement)
    .map((one) => ({
      ...one,
      actions: one.actions.filter((action) => !isForLambda(template, found.id, action, one)),
    }))
    .filter(({ actions }) => actions.length > 0);
}

function statement(said: Json): Statement {
  if (at(said, "Effect") !== "Allow") throw new Error("A statement that denies: say here how it is judged");
  const condition = at(said, "Condition");
  const pattern = ["ForAllValues:StringLike", "dynamodb:LeadingKeys"] as const;
  const keys = condition === undefined ? undefined : textsAt(condition, ...pattern);
  const isKnown =
    condition === undefined || (isFields(condition) && Object.keys(condition).join() === pattern[0]);
  if (!isKnown || keys?.length === 0)
    throw new Error(`Say here how this is judged: ${JSON.stringify(condition)}`);
  return { actions: textsAt(said, "Action"), resources: listAt(said, "Resource").map(resolved), keys };
}

/** Its log, its own queue or stream, and where its mapping puts what it gave up: nothing that our code calls. */
function isForLambda(template: Template, id: string, action: string, { resources }: Statement): boolean {
  if (action.startsWith("logs:")) return true;
  const mappings = ofType(template, "AWS::Lambda::EventSourceMapping").filter(
    ({ properties }) => target(properties["FunctionName"]) === id,
  );
  const sources = mappings.map(({ properties }) => resolved(properties["EventSourceArn"]));
  const givenUp = mappings.map(({ properties }) =>
    resolved(at(properties, "DestinationConfig", "OnFailure", "Destination")),
  );
  const within = (known: readonly string[]) => resources.every((resource) => known.includes(resource));
  if (/^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/.test(action))
    return within(sources);
  if (
    /^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility)$/.test(action) &&
    within(sources)
  )
    return true;
  return action.startsWith("sqs:") && within(givenUp);
}

/** `arnOf` says what a recorded resource is called in the template. */
export const missing = (
  granted: readonly Statement[],
  calls: readonly Call[],
  arnOf: (resource: string) => string,
): readonly Call[] => calls.filter((call) => !granted.some((one) => allows(one, call, arnOf)));

const allows = (
  { actions, resources, keys }: Statement,
  call: Call,
  arnOf: (resource: string) => string,
): boolean =>
  actions.includes(call.action) &&
  resources.includes(arnOf(call.resource)) &&
  (keys === undefined || call.keys.every((key) => keys.some((pattern) => isLike(key, pattern))));

/** Every action on every resource and kind of item that no call made use of. */
export const unused = (
  granted: readonly Statement[],
  calls: readonly Call[],
  arnOf: (resource: string) => string,
): readonly string[] =>
  granted.flatMap(({ actions, resources, keys }) =>
    actions.flatMap((action) =>
      resources.flatMap((resource) =>
        (keys ?? [undefined])
          .filter((pattern) => !calls.some((call) => uses(call, action, resource, pattern, arnOf)))
          .map((pattern) => [action, resource, pattern].filter((part) => part !== undefined).join(" ")),
      ),
    ),
  );

const uses = (
  call: Call,
  action: string,
  resource: string,
  pattern: string | undefined,
  arnOf: (resource: string) => string,
): boolean =>
  call.action === action &&
  arnOf(call.resource) === resource &&
  (pattern === undefined || call.keys.some((key) => isLike(key, pattern)));

export const isLike = (key: string, pattern: string): boolean =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`, "s").test(key);

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
