// The whole hub in one account and region, built from the table of subscriptions: nothing here names a single function
// beyond what its row says.
import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { FunctionName } from "../functions/subscriptions.ts";
import { type Door, door } from "./constructs/api.ts";
import { type Buses, buses } from "./constructs/buses.ts";
import { applyConfigOnDeploy } from "./constructs/config-at-deploy.ts";
import { hearFeed, hearQueue } from "./constructs/consumer.ts";
import { ears } from "./constructs/ears.ts";
import { deadLetterQueue, type QueuePair, queueWithDeadLetters } from "./constructs/encrypted-queue.ts";
import { environmentOf } from "./constructs/environment.ts";
import { houseFunction } from "./constructs/house-function.ts";
import { functionNames, rowOf, titleOf } from "./constructs/naming.ts";
import { OperatorAlarm } from "./constructs/operator-alarm.ts";
import { type Reachable, statementsFor } from "./constructs/permissions.ts";
import { type Store, store } from "./constructs/store.ts";
import { hearTexts } from "./constructs/texts.ts";
import { everyMinute } from "./constructs/timers.ts";
import { grantsOf } from "./grants.ts";
import type { Settings } from "./settings.ts";
import { sizeOf } from "./sizing.ts";

export interface HubProps {
  readonly settings: Settings;
  /** The folder with a function's bundle. */
  readonly bundleOf: (name: FunctionName) => string;
}

export class HubStack extends Stack {
  constructor(scope: Construct, id: string, { settings, bundleOf }: HubProps) {
    super(scope, id, {
      env: { account: settings.account, region: settings.region },
      description: "Muster, the incident dispatcher",
      // The CDK's CLI sets this before it creates or updates anything, and deletes a stack whose creation failed before it
      // tries again: a first deployment that is protected locks itself out.
      terminationProtection: settings.isProtected,
    });
    const table = store(this, settings);
    const events = buses(this, settings);
    const operator = new OperatorAlarm(this, settings.operatorEmail);
    const front = door(this, settings);
    const heard = this.#queues(events);
    const wakeUps = heard.get("fire-timers");
    if (wakeUps === undefined) throw new Error("No row hears the wake-ups, so no timer would be on time");

    const reachable: Reachable = {
      table: table.arn,
      bus: events.main.eventBusArn,
      wakeUps: wakeUps.queue.queueArn,
      twilio: this.#parameterArn(settings.twilio.parameter),
      hubKey: this.#parameterArn(settings.hubKeyParameter),
      chat: settings.teams === undefined ? undefined : this.#parameterArn(settings.teams.parameter),
      secondSms: this.#originArn(settings.secondCarrier.sms),
      secondVoice: this.#originArn(settings.secondCarrier.voice),
      queues: [...heard.values()].map(({ queue }) => queue.queueArn),
      deadLetters: [...heard.values()].map(({ deadLetters }) => deadLetters.queueArn),
    };
    const addresses = {
      table: table.name,
      bus: events.main.eventBusName,
      wakeUps: wakeUps.queue.queueUrl,
      publicUrl: front.publicUrl,
      queues: this.toJsonString({
        at: `https://sqs.${this.region}.${this.urlSuffix}/${this.account}/`,
        names: Object.fromEntries(
          [...heard].map(([name, { queue, deadLetters }]) => [
            name,
            [queue.queueName, deadLetters.queueName],
          ]),
        ),
      }),
    };

    for (const name of functionNames) {
      const made = houseFunction(this, name, {
        bundle: bundleOf(name),
        environment: environmentOf(name, addresses, settings),
        statements: statementsFor(grantsOf(name), reachable),
      });
      const queue = heard.get(name);
      if (queue !== undefined) {
        hearQueue(made, queue.queue, sizeOf(name));
        operator.deadLetters(titleOf(name), queue.deadLetters);
        // Wake-ups wait in their queue on purpose; how late timers are is measured where they fire.
        if (rowOf(name).wakeUps !== true) operator.late(titleOf(name), queue.queue);
      }
      this.#connect(name, made, { table, front, operator });
    }

    operator.api(front.api, front.log);
    operator.errors();
    operator.clockwork();
    operator.functionsOwn();
    operator.hear(events.main, "NobodyReachable", "An incident is open and nobody can be reached.");
    new CfnOutput(this, "PublicUrl", {
      description: "Where monitoring posts and people look",
      value: front.publicUrl,
    });
    new CfnOutput(this, "IntakeBusArn", {
      description: "Where other accounts put alarms",
      value: events.intake.eventBusArn,
    });
  }

  /** A queue for each row that hears events, wake-ups or texts. */
  #queues(events: Buses): ReadonlyMap<FunctionName, QueuePair> {
    const heard = new Map<FunctionName, QueuePair>();
    for (const name of functionNames) {
      const pair = rowOf(name).wakeUps
        ? queueWithDeadLetters(this, "WakeUps", sizeOf(name).timeout)
        : rowOf(name).texts
          ? queueWithDeadLetters(this, titleOf(name), sizeOf(name).timeout)
          : ears(this, name, events);
      if (pair === undefined) continue;
      heard.set(name, pair);
      if (rowOf(name).texts) hearTexts(this, pair);
    }
    return heard;
  }

  #parameterArn(name: string): string {
    return this.formatArn({ service: "ssm", resource: "parameter", resourceName: name.slice(1) });
  }

  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_pinpoint-sms-voice-v2.html#list_pinpoint-sms-voice-v2-resources-for-iam-policies */
  #originArn(id: string | undefined): string | undefined {
    if (id === undefined) return undefined;
    const resource = id.startsWith("pool-") ? "pool" : "phone-number";
    return this.formatArn({ service: "sms-voice", resource, resourceName: id });
  }

  #connect(
    name: FunctionName,
    made: LambdaFunction,
    { table, front, operator }: { table: Store; front: Door; operator: OperatorAlarm },
  ): void {
    const { routes, signedIn, feed, every, onDeploy } = rowOf(name);
    if (routes !== undefined) front.open(routes, made, signedIn !== undefined);
    if (feed) {
      const givenUp = deadLetterQueue(this, "FeedGivenUp");
      hearFeed(made, table, givenUp, sizeOf(name));
      operator.deadLetters("Feed", givenUp);
      operator.feed(made);
    }
    if (every !== undefined) everyMinute(this, name, made);
    if (onDeploy) applyConfigOnDeploy(this, made, table.made);
  }
}
