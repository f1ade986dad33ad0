// Time: wake-ups come by a queue, to the second; the sweep comes past that queue once a minute, whatever became of it.
import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as FunctionTarget } from "aws-cdk-lib/aws-events-targets";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

export function sweepEveryMinute(scope: Construct, target: LambdaFunction): void {
  new Rule(scope, "Sweep", {
    description: "Muster: finds whatever is due, once a minute",
    schedule: Schedule.rate(Duration.minutes(1)),
    // A late sweep is worth nothing, for the next one is already there; that none comes at all raises an alarm.
    targets: [new FunctionTarget(target, { maxEventAge: Duration.minutes(1), retryAttempts: 0 })],
  });
  target.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
}
