// The house middleware, the same on both hosts: what a function throws is caught here and nowhere else.
import middy from "@middy/core";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  SQSBatchItemFailure,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from "aws-lambda";
import type { BusDetail } from "./core/bus.ts";
import type { Log } from "./log.ts";
import { problemResult } from "./problem.ts";
import { type FunctionName, type Subscription, subscriptions } from "./subscriptions.ts";

/** What the operator's alarms count. */
export type Metric =
  | "OperatorAlarm"
  | "NobodyReachable"
  | "TimerLateness"
  /** How long the sweep's mark was on its way through the feed; every minute, so that its silence is heard. */
  | "PulseLateness"
  /** The age of the oldest alert that was taken and is not settled. */
  | "UnsettledAge"
  /** A record of a batch that failed: Lambda's own count of errors knows nothing of it. */
  | "RecordFailed"
  /** Costs the timer the wait for the next sweep. */
  | "WakeUpLost"
  /** Alerts of a source that is there were refused: a wrong key, or a body that says nothing. */
  | "RefusedIntake"
  /** A request to a source that is not in the config. Any stranger can send it, so no alarm watches it. */
  | "UnknownSource"
  | "OddIntake"
  | "EmergencyRoom"
  | "ChatLost"
  | "TextUnanswered";

export interface Tools {
  readonly log: Log;
  count(metric: Metric, value?: number): void;
}

export type Handler<Event = never, Result = unknown> = (event: Event, tools: Tools) => Promise<Result>;
export type HttpHandler = Handler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;
export type QueueHandler = Handler<SQSEvent, SQSBatchResponse>;

/** Wraps a function as Lambda calls it. */
export function lambda<Event, Result>(name: FunctionName, handler: Handler<Event, Result>, tools: Tools) {
  const row: Subscription = subscriptions[name];
  return middy<Event, Result>()
    .onError(({ error, response }) => {
      tools.log.error(`${name} failed`, { error: described(error) });
      // A caller is told; a queue or a clock brings it again, so there the error goes on.
      if (row.routes === undefined || response !== undefined) return undefined;
      return problemResult(mistake) as Result;
    })
    .handler((event) => handler(event, tools));
}

const mistake = {
  status: 500,
  code: "internal-error",
  title: "Muster made a mistake",
  detail: "Nothing was half done. Send it again; the operator has been told.",
};

/** An event as EventBridge puts it into a queue. */
export interface Envelope<Detail = BusDetail> {
  readonly id: string;
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly "detail-type": string;
  readonly resources?: readonly string[];
  readonly detail: Detail;
}

/** Nothing is wrong: whoever is at it, or what it waits for, is given time. The record is brought again. */
export class NotNow extends Error {
  override readonly name = "NotNow";
}

/** Takes the records of a batch singly: those that fail are brought again, alone. */
export const queue =
  (each: (body: unknown, tools: Tools, record: SQSRecord) => Promise<void>): QueueHandler =>
  async (event, tools) => {
    const outcomes = await Promise.allSettled(event.Records.map((record) => take(each, record, tools)));
    const failures = outcomes.flatMap((outcome, index) => {
      const messageId = event.Records[index]?.messageId;
      return outcome.status === "fulfilled" || messageId === undefined
        ? []
        : [{ messageId, cause: outcome.reason as unknown }];
    });
    for (const { messageId, cause } of failures) {
      if (cause instanceof NotNow) {
        tools.log.info("record is looked at again later", { messageId, reason: cause.message });
        continue;
      }
      tools.log.error("record failed", { messageId, error: described(cause) });
      tools.count("RecordFailed");
    }
    return {
      batchItemFailures: failures.map(({ messageId, cause }) => failure(messageId, described(cause))),
    };
  };

/** One message to bring again. The reason is for the host in this process: it is no part of the answer that Lambda writes. */
export const failure = (messageId: string, reason: string): SQSBatchItemFailure =>
  Object.defineProperty({ itemIdentifier: messageId }, "reason", { value: reason, enumerable: false });

// An own async function, so that a body which can't be parsed fails its record and not the batch.
const take = async (each: Parameters<typeof queue>[0], record: SQSRecord, tools: Tools): Promise<void> =>
  twice(() => each(bodyOf(record), tools, record), tools);

/** What can't be read is not quoted, as JSON.parse would: it may be somebody's number and words. */
function bodyOf({ body }: SQSRecord): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error("The record's body is not JSON");
  }
}

/** A passing failure must not cost the queue's whole visibility time, 90 s and more on AWS: it is tried again at once. */
export async function twice(act: () => Promise<void>, { log }: Tools): Promise<void> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof NotNow) throw error;
    log.warn("tried again at once", { error: described(error) });
    return act();
  }
}

export const described = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) + causeOf(error) : String(error);
const causeOf = ({ cause }: Error): string => (cause === undefined ? "" : `\ncaused by ${described(cause)}`);
