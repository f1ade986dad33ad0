// The mappings by which a function hears: a queue, or the table's stream. A bad message never holds up a good one.
import { Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  EventSourceMapping,
  type Function as LambdaFunction,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import { SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { table as shape } from "../../functions/table.ts";
import type { Size } from "../sizing.ts";
import type { Store } from "./store.ts";

export function hearQueue(target: LambdaFunction, queue: Queue, { batch, concurrency }: Size): void {
  target.addToRolePolicy(
    new PolicyStatement({
      actions: [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ChangeMessageVisibility",
      ],
      resources: [queue.queueArn],
    }),
  );
  new EventSourceMapping(target, "Queue", {
    target,
    eventSourceArn: queue.queueArn,
    batchSize: batch,
    reportBatchItemFailures: true,
    ...(concurrency === undefined ? {} : { maxConcurrency: concurrency }),
  });
}

// What is deleted is news to nobody, and most kinds of items are the store's own affair.
const news = {
  eventName: ["INSERT", "MODIFY"],
  dynamodb: {
    Keys: { [shape.sort.name]: { S: shape.heard.map((key) => (key.endsWith("#") ? { prefix: key } : key)) } },
  },
};

export function hearFeed(
  target: LambdaFunction,
  { streamArn: stream }: Store,
  givenUp: Queue,
  { batch }: Size,
): void {
  target.addToRolePolicy(
    new PolicyStatement({
      actions: [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
      ],
      resources: [stream],
    }),
  );
  new EventSourceMapping(target, "Feed", {
    target,
    eventSourceArn: stream,
    batchSize: batch,
    // From the oldest record there is: what was written before the first deployment ended is heard too.
    startingPosition: StartingPosition.TRIM_HORIZON,
    parallelizationFactor: 4,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    // As long as the stream itself remembers: a bus that is away must not cost an alert. What would hold up its shard for all
    // that time the relay lays aside by itself.
    maxRecordAge: Duration.hours(24),
    onFailure: new SqsDlq(givenUp),
    filters: [{ pattern: JSON.stringify(news) }],
  });
}
