// Wake-ups on AWS: a delayed message is a hint that arrives about a second late, where the sweep comes once a minute.
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { hours, seconds } from "../../core/time.ts";
import type { WakeUps } from "../../ports.ts";
import { isPassing } from "./passing.ts";

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html
const longestDelay = 900;
/** Farther off, a minute more or less is nothing, and the sweep is free. */
const horizon = hours(1);

export const sqsWakeUps = (client: SQSClient, queueUrl: string): WakeUps => ({
  async hint(stream, due, now) {
    if (due - now > horizon) return;
    // Rounded up: a wake-up that comes a moment too early would only be sent again.
    const delay = Math.max(0, Math.ceil((due - now) / seconds(1)));
    const message = new SendMessageCommand({
      QueueUrl: queueUrl,
      DelaySeconds: Math.min(longestDelay, delay),
      MessageBody: JSON.stringify({ stream, due }),
    });
    try {
      await client.send(message);
    } catch (cause) {
      // A hint may be lost: failing here would hold up the pages of everybody else for a minute of precision.
      if (isPassing(cause)) return;
      throw new Error(`The wake-up queue ${queueUrl} takes nothing from this function`, { cause });
    }
  },
});
