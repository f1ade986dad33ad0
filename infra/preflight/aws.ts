// The clients by which the preflight reads from AWS, with the credentials and the region that the CDK's CLI would take.
import { ACMClient } from "@aws-sdk/client-acm";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import { type Finding, fault } from "./check.ts";

/** Where AWS is and who asks, where it isn't as the environment says. */
export interface AwsOptions {
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts?: number;
  readonly profile?: string;
}

export interface Aws {
  readonly sts: STSClient;
  readonly ssm: SSMClient;
  readonly lambda: LambdaClient;
  readonly acm: ACMClient;
  readonly cloudFormation: CloudFormationClient;
  readonly dynamoDb: DynamoDBClient;
}

const timeouts = { connectionTimeout: 5000, requestTimeout: 15_000, throwOnRequestTimeout: true };

export function awsIn(region: string, options: AwsOptions): Aws {
  const settings = { maxAttempts: 3, requestHandler: timeouts, ...options, region };
  return {
    sts: new STSClient(settings),
    ssm: new SSMClient(settings),
    lambda: new LambdaClient(settings),
    acm: new ACMClient(settings),
    cloudFormation: new CloudFormationClient(settings),
    dynamoDb: new DynamoDBClient(settings),
  };
}

// As `region` in node_modules/aws-cdk/lib/index.js reads them. Where nothing names a region the CDK takes us-east-1: nobody
// means that, so here it is missing.
const variables = ["AWS_REGION", "AMAZON_REGION", "AWS_DEFAULT_REGION", "AMAZON_DEFAULT_REGION"];

/** The region of the environment, or of the profile in ~/.aws/config. */
export async function regionAtHand(
  env: Readonly<Record<string, string | undefined>>,
  { profile }: AwsOptions,
): Promise<string | undefined> {
  const named = variables.map((name) => env[name]).find((value) => value !== undefined && value !== "");
  if (named !== undefined) return named;
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region();
  } catch {
    return undefined; // neither the environment nor the profile names one: the settings have to
  }
}

/** Undefined where AWS answers that what was asked for is not there. */
export async function unlessMissing<Answer>(
  asked: Promise<Answer>,
  isMissing: (error: Error) => boolean,
): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && isMissing(error)) return undefined;
    throw error;
  }
}

/** Why AWS could not be asked, as a fault: what can't be checked may be wrong. */
export function unanswered(title: string, error: unknown): Finding {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  const [, action] = /not authorized to perform: (\S+)/.exec(message) ?? [];
  if (action !== undefined || /AccessDenied|Unauthorized/.test(name))
    return fault(
      title,
      `not checked: the credentials may not ${action ?? "read this"}`,
      `allow ${action ?? "it"} for them, or use others; \`aws sts get-caller-identity\` says whose they are`,
    );
  return fault(title, `not checked: ${name}: ${message.split("\n")[0]}`, "fix that, and run this again");
}
