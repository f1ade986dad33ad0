// One function per row, all alike: its bundle, a role with its row's grants, a log of its own, house defaults.
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { type PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { FunctionName } from "../../functions/subscriptions.ts";
import { sizeOf } from "../sizing.ts";
import { titleOf } from "./naming.ts";

export interface HouseFunctionProps {
  /** A folder with index.mjs. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

export function houseFunction(
  scope: Construct,
  name: FunctionName,
  props: HouseFunctionProps,
): LambdaFunction {
  const title = titleOf(name);
  const { memory, timeout } = sizeOf(name);
  const logGroup = new LogGroup(scope, `${title}Log`, {
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${title}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  logGroup.grantWrite(role);
  for (const statement of props.statements) role.addToPolicy(statement);
  return new LambdaFunction(scope, title, {
    description: `Muster: ${name}`,
    code: Code.fromAsset(props.bundle),
    handler: "index.handler",
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: memory,
    timeout: Duration.seconds(timeout),
    environment: { ...props.environment },
    role,
    logGroup,
    // The timeline says what happened; a tracing daemon would be one more thing between an alert and a phone.
    tracing: Tracing.DISABLED,
    // A wake-up that is not yet due is sent again on purpose; Lambda would take that for a loop and stop it.
    recursiveLoop: name === "fire-timers" ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE,
  });
}
