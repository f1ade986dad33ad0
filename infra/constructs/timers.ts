// Time: wake-ups come by a queue, to the second; what comes once a minute comes past every queue, whatever became of them.
import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as FunctionTarget } from "aws-cdk-lib/aws-events-targets";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { FunctionName } from "../../functions/subscriptions.ts";
import { titleOf } from "./naming.ts";

export function everyMinute(scope: Construct, name: FunctionName, target: LambdaFunction): void {
  new Rule(scope, `${titleOf(name)}EveryMinute`, {
    description: `Muster: ${name}, once a minute`,
    schedule: Schedule.rate(Duration.minutes(1)),
    // One that comes late is worth nothing, for the next one is already there; that none comes at all raises an alarm.
    targets: [new FunctionTarget(target, { maxEventAge: Duration.minutes(1), retryAttempts: 0 })],
  });
  target.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
}
