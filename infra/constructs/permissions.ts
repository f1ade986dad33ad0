// Turns grants into statements on exact resources.
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Grant } from "../grants.ts";

/** ARNs of what functions may reach. */
export interface Reachable {
  readonly table: string;
  readonly bus: string;
  readonly wakeUps: string;
  readonly twilio: string;
  readonly hubKey: string;
  /** The numbers or pools of the second carrier; undefined where the deployment has none. */
  readonly secondSms: string | undefined;
  readonly secondVoice: string | undefined;
  /** The parameter with what the chat lets us in by; undefined while there is no chat. */
  readonly chat: string | undefined;
  /** Queues and their dead letters, as redriving needs them. */
  readonly queues: readonly string[];
  readonly deadLetters: readonly string[];
}

export function statementsFor(grants: readonly Grant[], reachable: Reachable): readonly PolicyStatement[] {
  const allowed = new Map<
    string,
    { readonly resources: readonly string[]; readonly action: string; readonly keys: Set<string> }
  >();
  const allow = (
    actions: readonly string[],
    resources: readonly string[],
    keys: readonly string[] = [],
  ): void => {
    for (const action of actions) {
      const name = JSON.stringify([resources, action]);
      const known = allowed.get(name) ?? { resources, action, keys: new Set<string>() };
      for (const key of keys) known.keys.add(key);
      allowed.set(name, known);
    }
  };
  for (const grant of grants) {
    switch (grant.on) {
      case "table":
        allow(
          grant.may.map((action) => `dynamodb:${action}`),
          [reachable.table],
          grant.keys,
        );
        break;
      case "index":
        allow(["dynamodb:Query"], [`${reachable.table}/index/${grant.index}`], grant.keys);
        break;
      case "bus":
        allow(["events:PutEvents"], [reachable.bus]);
        break;
      case "wakeUps":
        allow(["sqs:SendMessage"], [reachable.wakeUps]);
        break;
      case "twilio":
        // The key of a SecureString is the account's own for SSM, which lets in whoever may read the parameter:
        // https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
        allow(["ssm:GetParameter"], [reachable.twilio]);
        break;
      case "hubKey":
        allow(["ssm:GetParameter"], [reachable.hubKey]);
        break;
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_pinpoint-sms-voice-v2.html
      case "secondSms":
        if (reachable.secondSms !== undefined) allow(["sms-voice:SendTextMessage"], [reachable.secondSms]);
        break;
      case "secondVoice":
        if (reachable.secondVoice !== undefined)
          allow(["sms-voice:SendVoiceMessage"], [reachable.secondVoice]);
        break;
      case "chat":
        if (reachable.chat !== undefined) allow(["ssm:GetParameter"], [reachable.chat]);
        break;
      case "deadLetters":
        allow(["sqs:GetQueueAttributes"], reachable.deadLetters);
        break;
      case "queues":
        // What moving letters back asks for on either side: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
        allow(["sqs:StartMessageMoveTask", "sqs:ReceiveMessage", "sqs:DeleteMessage"], reachable.deadLetters);
        allow(["sqs:SendMessage"], reachable.queues);
        break;
    }
  }
  return statements([...allowed.values()]);
}

/**
 * An action on a resource stands in one statement, with all kinds of items that it may reach: a transaction or a batch brings
 * the keys of several kinds at once, and the condition asks for all of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function statements(
  allowed: readonly {
    readonly resources: readonly string[];
    readonly action: string;
    readonly keys: ReadonlySet<string>;
  }[],
): readonly PolicyStatement[] {
  const alike = Object.groupBy(allowed, ({ resources, keys }) =>
    JSON.stringify([resources, [...keys].sort()]),
  );
  return Object.values(alike).flatMap((group = []) => {
    const [first] = group;
    if (first === undefined) return [];
    const keys = [...first.keys].sort();
    return new PolicyStatement({
      actions: group.map(({ action }) => action).sort(),
      resources: [...first.resources],
      ...(keys.length === 0
        ? {}
        : { conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys } } }),
    });
  });
}
