// Who watches the dispatcher: alarms go to the operator by mail, past everything that may be broken.
import { ArnFormat, Duration, NestedStack, Stack } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { EventField, type IEventBusRef, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { FilterPattern, type LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { EventType } from "../../functions/subscriptions.ts";
import { ownSource } from "./ears.ts";
import { deadLetterQueue } from "./encrypted-queue.ts";

/** Where our functions write their own measures, and the access log those that are taken of it. */
const namespace = "Muster";
const minute = Duration.minutes(1);
const hour = Duration.hours(1);

/**
 * An alarm that people outside can cause mails at the first period over its measure, and stays on until this long after the
 * last one: however often they try, the operator gets four mails a day at most. Its end is not mailed.
 */
const quietFor = Duration.hours(6);

interface Watch {
  readonly metric: IMetric;
  readonly atLeast: number;
  readonly why: string;
  /** Minutes that are over the measure; 1 where a single one is too many. */
  readonly minutes?: number;
  /** Within so many; in a row where it is left out. */
  readonly within?: number;
  /** It lasts until a person has looked: that the measure is normal again says nothing. */
  readonly isOneTime?: true;
  /** Silence is the alarm. */
  readonly orSilence?: true;
  /** A caller without any credential of ours, or with the key of one source, can cause it. */
  readonly fromOutside?: true;
}

const lambdaMetric = (metricName: string): Metric =>
  new Metric({ namespace: "AWS/Lambda", metricName, statistic: "Sum", period: minute });

export class OperatorAlarm {
  readonly topic: Topic;
  readonly #scope: Construct;
  /** Nothing points at an alarm, so all of them fit into a stack of their own; what was confirmed by mail stays outside. */
  readonly #alarms: NestedStack;
  readonly #action: SnsAction;

  constructor(scope: Construct, email: string) {
    this.#scope = scope;
    this.#alarms = new NestedStack(scope, "Alarms", { description: "Muster: the operator's alarms" });
    this.topic = new Topic(scope, "Operator", { displayName: "Muster itself needs you", enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(email));
    this.#letAlarmsPublish(Stack.of(scope));
    this.#action = new SnsAction(this.topic);
  }

  /** The feed's own say, without any code of ours in between: nobody could be reached. */
  hear(bus: IEventBusRef, event: EventType, says: string): void {
    const unsaid = deadLetterQueue(this.#scope, `Operator${event}Unsaid`);
    this.deadLetters(`Operator${event}`, unsaid);
    new Rule(this.#scope, `Operator${event}`, {
      eventBus: bus,
      description: `Muster: tells the operator of ${event}`,
      eventPattern: { source: [ownSource], detailType: [event] },
      targets: [
        new SnsTopic(this.topic, {
          message: RuleTargetInput.fromText(`${says} See ${EventField.fromPath("$.detail.stream")}.`),
          deadLetterQueue: unsaid,
        }),
      ],
    });
  }

  /**
   * A topic with a policy of its own has lost SNS's default one, which lets in everything of the account. Rules are let in by
   * their target.
   * https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
   */
  #letAlarmsPublish(stack: Stack): void {
    const alarms = {
      service: "cloudwatch",
      resource: "alarm",
      resourceName: "*",
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    };
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "Alarms",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { ArnLike: { "aws:SourceArn": stack.formatArn(alarms) } },
      }),
    );
  }

  late(title: string, queue: Queue): void {
    this.#watch(`${title}Late`, {
      metric: queue.metricApproximateAgeOfOldestMessage({ period: minute, statistic: "Maximum" }),
      atLeast: 120,
      minutes: 2,
      why: `${title} is behind: its oldest message waits for minutes`,
    });
  }

  deadLetters(title: string, queue: Queue): void {
    const letters = queue.metricApproximateNumberOfMessagesVisible({ period: minute, statistic: "Maximum" });
    this.#watch(`${title}DeadLetter`, {
      // By how many there are more: while old ones lie there, a new one rings as well. A queue that has long been empty has no
      // numbers, and its numbers come minutes late.
      metric: new MathExpression({
        expression: "DIFF(FILL(letters, 0))",
        usingMetrics: { letters },
        period: minute,
        label: `New dead letters of ${title}`,
      }),
      atLeast: 1,
      within: 15,
      isOneTime: true,
      why: `${title} put a message aside; look at it, then redrive`,
    });
  }

  /** The account is Muster's own, so all that fails in it is ours; the log says which function. */
  errors(): void {
    this.#watch("Errors", {
      metric: lambdaMetric("Errors"),
      atLeast: 1,
      minutes: 2,
      within: 5,
      why: "a function fails again and again",
    });
    // Lambda counts an error where a whole call fails, and knows nothing of the records within one.
    this.#watch("RecordsFailed", {
      metric: this.#own("RecordFailed", "Sum", Duration.minutes(5)),
      atLeast: 3,
      why: "messages fail and are tried again",
    });
    this.#watch("Throttled", {
      metric: lambdaMetric("Throttles"),
      // A storm may be over within a minute, and what it was refused for has to be known before the next one.
      atLeast: 1,
      why: "functions may not run as often as they have to: raise the account's concurrency",
    });
  }

  feed(relay: LambdaFunction): void {
    this.#watch("FeedLate", {
      metric: relay.metric("IteratorAge", { period: minute, statistic: "Maximum" }),
      atLeast: 60_000,
      why: "the feed is behind: what was decided is not carried out",
    });
  }

  /** What has to happen every minute, and what waits too long. */
  clockwork(): void {
    // From the sweep through the store's feed to the relay: silent when any of them stands still.
    this.#watch("NoPulse", {
      metric: this.#own("PulseLateness", "SampleCount"),
      atLeast: 1,
      minutes: 3,
      orSilence: true,
      why: "the sweep or the store's feed stands still: timers are late, and nothing that is decided is carried out",
    });
    this.#watch("AlertsUnsettled", {
      metric: this.#own("UnsettledAge", "Maximum"),
      atLeast: 120_000,
      why: "alerts that were taken wait for minutes, and no incident has them",
    });
    this.#watch("WakeUpsLost", {
      metric: this.#own("WakeUpLost", "Sum", Duration.minutes(5)),
      atLeast: 5,
      why: "wake-ups can't be sent: timers wait for the sweep, up to a minute",
    });
    this.#watch("TimersLate", {
      metric: this.#own("TimerLateness", "Maximum"),
      atLeast: 120_000,
      why: "a timer fired more than two minutes late",
    });
  }

  api(api: HttpApi, log: LogGroup): void {
    this.#watch("ApiErrors", {
      metric: api.metricServerError({ period: minute, statistic: "Sum" }),
      atLeast: 1,
      minutes: 2,
      why: "requests fail on our side: alerts may not get in",
    });
    new MetricFilter(this.#alarms, "Oversize", {
      logGroup: log,
      // About 6 MB is refused before any code of ours runs, and only this log knows. On other routes no alert is lost.
      filterPattern: FilterPattern.literal(
        '{ ($.route = "POST /alerts/*") && (($.status = 413) || ($.status = "413") || ($.integrationStatus = 413) || ($.integrationStatus = "413")) }',
      ),
      metricNamespace: namespace,
      metricName: "OversizeRequest",
      metricValue: "1",
    });
    this.#watch("OversizeRequests", {
      metric: this.#own("OversizeRequest", "Sum"),
      atLeast: 1,
      fromOutside: true,
      why: "a request was too large to be taken: set max_alerts at the sender",
    });
  }

  /** Raised by our functions when only a person can mend something. */
  functionsOwn(): void {
    this.#watch("OperatorAlarm", {
      metric: this.#own("OperatorAlarm", "Sum"),
      atLeast: 1,
      why: "a channel refuses us until somebody mends its account or its settings",
    });
    this.#watch("NobodyReachable", {
      metric: this.#own("NobodyReachable", "Sum"),
      atLeast: 1,
      why: "an incident is open and not even its catch-all can be reached",
    });
    this.#watch("ChatLost", {
      metric: this.#own("ChatLost", "Sum"),
      atLeast: 1,
      why: "the chat can't be reached: responses move to phone bridges",
    });
    this.#watch("EmergencyRoom", {
      metric: this.#own("EmergencyRoom", "Sum"),
      atLeast: 1,
      why: "somebody is in the standing emergency room: look what is gone that they need it",
    });
    this.#watch("RefusedIntake", {
      // An hour, for a sender whose key no longer fits may come once in some minutes only, and all of its alerts are lost.
      metric: this.#own("RefusedIntake", "Sum", hour),
      atLeast: 3,
      fromOutside: true,
      why: "a source's alerts are refused: look whether its key or its form has changed",
    });
    this.#watch("OddIntake", {
      metric: this.#own("OddIntake", "Sum"),
      // One odd alert is a line in the log; a sender that has changed its form sends many.
      atLeast: 10,
      fromOutside: true,
      why: "a sender's alerts are taken, but not all of their fields are understood: the log names them",
    });
    this.#watch("TextUnanswered", {
      metric: this.#own("TextUnanswered", "Sum"),
      // A phone that answers for its driver sends a few; so many a minute are a loop or a flood, and cost money.
      atLeast: 20,
      fromOutside: true,
      why: "a number sends text after text that mean nothing: block it at the carrier if it goes on",
    });
  }

  #own(metricName: string, statistic: string, period: Duration = minute): Metric {
    return new Metric({ namespace, metricName, statistic, period });
  }

  #watch(id: string, watch: Watch): void {
    const { metric, atLeast, why, minutes = 1, within = minutes, orSilence, fromOutside, isOneTime } = watch;
    const period = metric.toMetricConfig().metricStat?.period ?? minute;
    const alarm = new Alarm(this.#alarms, `${id}Alarm`, {
      // By itself it would begin with the nested stack's name, which leaves no room for its own in a mail's subject.
      alarmName: `${Stack.of(this.#scope).stackName}-${id}`,
      metric,
      alarmDescription: `Muster: ${why}`,
      threshold: atLeast,
      comparisonOperator:
        orSilence === true
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      ...(fromOutside === true
        ? { evaluationPeriods: quietFor.toSeconds() / period.toSeconds(), datapointsToAlarm: 1 }
        : { evaluationPeriods: within, datapointsToAlarm: minutes }),
      treatMissingData: orSilence === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(this.#action);
    if (fromOutside !== true && isOneTime !== true) alarm.addOkAction(this.#action);
  }
}
