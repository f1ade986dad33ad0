// The organisation's file goes out with the code: a deployment runs apply-config, and a config with faults stops it.
import { Duration } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Trigger } from "aws-cdk-lib/triggers";
import type { Construct } from "constructs";

/**
 * The config lies in the function's bundle, without keys in clear (../packed-config.ts), so a change of it is a new version of
 * the function, and runs it. What that version throws fails the deployment. CloudFormation then gives the trigger its old
 * properties back, which runs the version of before with its config (aws-cdk-lib/custom-resource-handlers/dist/triggers):
 * should that throw as well, the stack is stuck in UPDATE_ROLLBACK_FAILED. A creation that is taken back runs nothing.
 */
export const applyConfigOnDeploy = (
  scope: Construct,
  handler: LambdaFunction,
  after: readonly Construct[],
): Trigger =>
  new Trigger(scope, "ConfigApplied", { handler, executeAfter: [...after], timeout: Duration.minutes(1) });
