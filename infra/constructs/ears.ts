// Lets a function hear what its row says: our events and those of others, each through a queue of its own.

import { Duration } from "aws-cdk-lib";
import type { IEventBusRef } from "aws-cdk-lib/aws-events";
import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { Construct } from "constructs";
import type { FunctionName } from "../../functions/subscriptions.ts";
import { sizeOf } from "../sizing.ts";
import type { Buses } from "./buses.ts";
import { type QueuePair, queueWithDeadLetters } from "./encrypted-queue.ts";
import { rowOf, titleOf } from "./naming.ts";

/** The source that our own events bear. */
export const ownSource = "muster";

/** Longer than any outage of a queue that we would want to sit out; then it is put aside, not dropped. */
const worthDelivering = Duration.hours(24);

/** Undefined for a function that hears no events. */
export function ears(
  scope: Construct,
  name: FunctionName,
  { main, intake, account }: Buses,
): QueuePair | undefined {
  const { on, hears } = rowOf(name);
  if (on === undefined && hears === undefined) return undefined;
  const title = titleOf(name);
  const pair = queueWithDeadLetters(scope, title, sizeOf(name).timeout);
  const listen = (
    id: string,
    eventBus: IEventBusRef,
    source: readonly string[],
    detailType: readonly string[],
  ): void => {
    new Rule(scope, `${title}${id}`, {
      eventBus,
      description: `Muster: what ${name} hears`,
      eventPattern: { source: [...source], detailType: [...detailType] },
      targets: [
        new SqsQueue(pair.queue, {
          deadLetterQueue: pair.deadLetters,
          maxEventAge: worthDelivering,
          retryAttempts: 185,
        }),
      ],
    });
  };
  if (on !== undefined) listen("Rule", main, [ownSource], on);
  if (hears !== undefined) {
    if (hears.ownAccount !== true) listen("IntakeRule", intake, hears.source, hears.detailType);
    listen("AccountRule", account, hears.source, hears.detailType);
  }
  return pair;
}
