// What a deployment would make of the synthesized template, read from the template alone: queues, mappings, rules, the
// feed's filter and each function's environment.
import type { FunctionName } from "../../../functions/subscriptions.ts";
import { arnsIn } from "../../infra/support/arns.ts";
import { drawing } from "../../infra/support/drawing.ts";
import { mappingsOf } from "../../infra/support/graph.ts";
import { dressed as said } from "../../infra/support/said.ts";
import {
  at,
  functionsOf,
  isFields,
  type Json,
  listAt,
  ofType,
  resolved,
  target,
} from "../../infra/support/template.ts";

export const account = "111122223333";
export const region = "eu-west-1";
/** With all that may be left out, so that everything is used. */
export const { dressed: template } = drawing();

/** Every resource is called by its logical id; a queue's `Ref` is its address. */
export const sqs = `https://sqs.${region}.amazonaws.com`;
export const queueUrl = (id: string): string => `${sqs}/${account}/${id}`;
export const publicUrl = `https://${said.domain}`;

export const timeoutOf = (name: FunctionName): number =>
  Number(functionsOf(template).get(name)?.properties["Timeout"]);
export const queueAt = (addressOrArn: string): string => addressOrArn.split(/[/:]/).at(-1) ?? "";

const queueIds = new Set(ofType(template, "AWS::SQS::Queue").map(({ id }) => id));
const named = arnsIn(template);

/** What a recorded resource is called in the template. */
export function arnOf(resource: string): string {
  const id = queueAt(resource);
  if (/^(phone|pool)-/.test(resource)) return named(resource);
  if (queueIds.has(id) || template.Resources[id]?.Type === "AWS::Events::EventBus") return `<${id}.Arn>`;
  return named(resource);
}

export interface QueueShape {
  readonly id: string;
  readonly visibility: number;
  readonly maxReceives: number;
  readonly deadLetters: string | undefined;
}

export const queues: readonly QueueShape[] = ofType(template, "AWS::SQS::Queue").map(
  ({ id, properties }) => ({
    id,
    visibility: Number(properties["VisibilityTimeout"] ?? 30) * 1000,
    maxReceives: Number(at(properties, "RedrivePolicy", "maxReceiveCount") ?? Number.POSITIVE_INFINITY),
    deadLetters: target(at(properties, "RedrivePolicy", "deadLetterTargetArn")),
  }),
);

export interface Mapping {
  readonly name: FunctionName;
  readonly source: string;
  readonly batch: number;
  readonly concurrency: number;
  /** Undefined for a queue. */
  readonly filters: readonly Json[] | undefined;
}

export const names = [...functionsOf(template).keys()] as readonly FunctionName[];

export const mappings: readonly Mapping[] = [...functionsOf(template)].flatMap(([name, { id }]) =>
  mappingsOf(template, id).map(({ properties }) => ({
    name: name as FunctionName,
    source: target(properties["EventSourceArn"]) ?? "",
    batch: Number(properties["BatchSize"]),
    concurrency: Number(at(properties, "ScalingConfig", "MaximumConcurrency") ?? 8),
    filters: isFields(properties["FilterCriteria"])
      ? listAt(properties, "FilterCriteria", "Filters").map(
          (filter) => JSON.parse(resolved(at(filter, "Pattern"))) as Json,
        )
      : undefined,
  })),
);

export interface Rule {
  readonly bus: string;
  readonly pattern: Json;
  readonly queues: readonly string[];
}

/** Rules with a pattern; the one with a schedule is the sweep's. */
export const rules: readonly Rule[] = ofType(template, "AWS::Events::Rule").flatMap(({ properties }) =>
  properties["EventPattern"] === undefined
    ? []
    : [
        {
          bus: target(properties["EventBusName"]) ?? resolved(properties["EventBusName"]),
          pattern: properties["EventPattern"],
          queues: listAt(properties, "Targets").flatMap((aim) => {
            const id = target(at(aim, "Arn")) ?? "";
            return queueIds.has(id) ? [id] : [];
          }),
        },
      ],
);

/** What people text comes out of the topic into these queues, as it is. */
export const texted: readonly string[] = ofType(template, "AWS::SNS::Subscription").flatMap(
  ({ properties }) => {
    const id = target(properties["Endpoint"]) ?? "";
    return queueIds.has(id) && properties["RawMessageDelivery"] === true ? [id] : [];
  },
);

export const swept: readonly FunctionName[] = ofType(template, "AWS::Events::Rule").flatMap(
  ({ properties }) => {
    if (properties["ScheduleExpression"] === undefined) return [];
    const aims = listAt(properties, "Targets").map((aim) => target(at(aim, "Arn")));
    return names.filter((name) => aims.includes(functionsOf(template).get(name)?.id));
  },
);

/** The variables of a function. `ours`: what is called otherwise here, how it begins there → how it begins here. */
export function environmentOf(
  name: FunctionName,
  table: string,
  ours: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const variables = at(functionsOf(template).get(name)?.properties, "Environment", "Variables");
  const said = isFields(variables) ? Object.entries(variables) : [];
  const physical = (_: string, id: string, attribute?: string): string => {
    if (id === "AWS::Region") return region;
    if (id === "AWS::AccountId") return account;
    if (id === "AWS::URLSuffix") return "amazonaws.com";
    if (template.Resources[id]?.Type === "AWS::DynamoDB::Table") return table;
    return queueIds.has(id) && attribute === undefined ? queueUrl(id) : id;
  };
  return Object.fromEntries(
    said.map(([variable, value]) => {
      const there = resolved(value).replaceAll(/<([\w:]+)(?:\.(\w+))?>/g, physical);
      return [variable, Object.entries(ours).reduce((text, [from, to]) => text.replaceAll(from, to), there)];
    }),
  );
}
