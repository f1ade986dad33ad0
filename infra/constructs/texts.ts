// Texts from people, as the second carrier brings them: it publishes to a topic, and the topic fills a queue.
import { CfnOutput, type Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { QueuePair } from "./encrypted-queue.ts";

export function hearTexts(stack: Stack, { queue, deadLetters }: QueuePair): void {
  // Without a key of our own: the carrier could not use SNS's managed one, and a text lies in the topic only for a moment.
  const topic = new Topic(stack, "Texts", { enforceSSL: true });
  // https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-iam-policy-auto.html
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "SecondCarrier",
      principals: [new ServicePrincipal("sms-voice.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { "aws:SourceAccount": stack.account },
        ArnLike: { "aws:SourceArn": stack.formatArn({ service: "sms-voice", resource: "*" }) },
      },
    }),
  );
  topic.addSubscription(
    new SqsSubscription(queue, { rawMessageDelivery: true, deadLetterQueue: deadLetters }),
  );
  new CfnOutput(stack, "TextsTopicArn", {
    description: "Where the second carrier's number sends what people text to it",
    value: topic.topicArn,
  });
}
