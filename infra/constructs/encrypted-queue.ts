// A queue of the house: encrypted, reached by TLS only, and nothing in it is ever thrown away unseen.
import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";

/** How often a message is tried before it is put aside for a person to look at. */
const tries = 5;
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: at least six times the function's time.
const visibilityFactor = 6;

// EventBridge can't use the account's default KMS key for SQS; it can write to queues that SQS encrypts by itself:
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
const house = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

export interface QueuePair {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

export function queueWithDeadLetters(scope: Construct, id: string, consumerSeconds: number): QueuePair {
  const deadLetters = deadLetterQueue(scope, `${id}DeadLetters`);
  const queue = new Queue(scope, `${id}Queue`, {
    ...house,
    visibilityTimeout: Duration.seconds(consumerSeconds * visibilityFactor),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: tries },
  });
  return { queue, deadLetters };
}

export const deadLetterQueue = (scope: Construct, id: string): Queue => new Queue(scope, id, house);
