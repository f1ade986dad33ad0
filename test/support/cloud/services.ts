// EventBridge, SQS and Parameter Store as the SDK meets them: their own protocols over HTTP, their limits, and their habit
// of taking one part of a batch and refusing the other.
import { createHash, randomUUID } from "node:crypto";
import { matches } from "../../infra/support/pattern.ts";
import type { Answer, Asked } from "../aws-server.ts";
import type { Chance } from "./chance.ts";
import { account, queueAt, region, rules, texted } from "./deployment.ts";
import type { Queue } from "./queues.ts";

export interface Services {
  /** To whatever was let through to them. */
  readonly answer: (asked: Asked) => Answer;
  /** What the bus was given, as its rules see it. */
  readonly events: readonly BusEvent[];
  /** As if somebody put an event on one of the buses. */
  put(bus: string, event: Omit<BusEvent, "id" | "version" | "time" | "region">): void;
  /** As if the second carrier published a text to the topic. */
  publish(text: string): void;
}

export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Resources?: readonly string[];
}

export interface World {
  readonly now: () => number;
  readonly chance: Chance;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly parameters: Readonly<Record<string, string>>;
}

const refused = 0.05;
const mostBytes = 262_144;

export function awsServices({ now, chance, queues, parameters }: World): Services {
  const events: BusEvent[] = [];
  const queue = (addressOrArn: unknown): Queue => {
    const found = queues.get(queueAt(String(addressOrArn)));
    if (found === undefined) throw new Error(`There is no queue ${String(addressOrArn)}`);
    return found;
  };

  function put(bus: string, event: Omit<BusEvent, "id" | "version" | "time" | "region">): string {
    const id = randomUUID();
    const whole: BusEvent = { ...event, version: "0", id, time: new Date(now()).toISOString(), region };
    events.push(whole);
    const hearing = rules.filter((rule) => rule.bus === bus && matches(rule.pattern, whole));
    for (const id of hearing.flatMap((rule) => rule.queues)) queue(id).send(JSON.stringify(whole));
    return id;
  }

  const putEvents = (entries: readonly Entry[]): Answer => {
    if (entries.length > 10) return invalid("ValidationException", "at most 10 entries");
    const bytes = entries.reduce((sum, { Detail }) => sum + Buffer.byteLength(Detail), 0);
    if (bytes > mostBytes) return invalid("ValidationException", "at most 256 KB");
    const answers = entries.map((entry) => {
      if (chance.hits(refused)) return { ErrorCode: "InternalException", ErrorMessage: "Try again" };
      const { EventBusName, Source: source, Detail, DetailType, Resources: resources = [] } = entry;
      const detail = JSON.parse(Detail) as unknown;
      return {
        EventId: put(EventBusName, { source, "detail-type": DetailType, account, resources, detail }),
      };
    });
    const failed = answers.filter((answer) => "ErrorCode" in answer).length;
    return { body: { FailedEntryCount: failed, Entries: answers } };
  };

  const operations: Readonly<Record<string, (input: Asked["input"]) => Answer>> = {
    PutEvents: ({ Entries }) => putEvents(Entries as readonly Entry[]),
    SendMessage({ QueueUrl, DelaySeconds = 0, MessageBody }) {
      const seconds = Number(DelaySeconds);
      if (!Number.isInteger(seconds) || seconds < 0 || seconds > 900)
        return invalid("InvalidParameterValue", `DelaySeconds ${seconds}`);
      const MessageId = queue(QueueUrl).send(String(MessageBody), seconds * 1000);
      const MD5OfMessageBody = createHash("md5").update(String(MessageBody)).digest("hex");
      return { body: { MessageId, MD5OfMessageBody } };
    },
    GetQueueAttributes: ({ QueueUrl }) => ({
      body: { Attributes: { ApproximateNumberOfMessages: String(queue(QueueUrl).messages.size) } },
    }),
    StartMessageMoveTask({ SourceArn, DestinationArn }) {
      const from = queue(SourceArn);
      for (const { id, body } of from.messages.values()) {
        from.remove(id);
        queue(DestinationArn).send(body);
      }
      return { body: { TaskHandle: randomUUID() } };
    },
    GetParameter({ Name }) {
      const Value = parameters[String(Name)];
      if (Value === undefined) return invalid("ParameterNotFound", String(Name));
      return { body: { Parameter: { Name, Value, Type: "SecureString" } } };
    },
  };

  const answer = ({ operation, input }: Asked): Answer =>
    operations[operation]?.(input) ?? invalid("UnknownOperationException", operation);
  const publish = (text: string): void => {
    for (const id of texted) queue(id).send(text);
  };
  return { answer, events, put, publish };
}

const invalid = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } });
