// What AWS has to say before a deployment: whose account it is, what was prepared in it, and what stands in the way.
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { readHubKey } from "../../functions/adapters/hub-key/hub-key.ts";
import { botSecret } from "../../functions/adapters/teams/secret.ts";
import { twilioSecret } from "../../functions/adapters/twilio/secret.ts";
import type { Settings } from "../settings.ts";
import { type AwsCheck, type Fault, fault } from "./check.ts";

/** Below this a storm is throttled, and pages with it: 17 mappings poll, and calls come in beside them. */
export const fewestAtOnce = 100;

const stackName = "Muster";

const ofAws = (about: string, faults: AwsCheck["faults"], concerns?: AwsCheck["concerns"]): AwsCheck => ({
  about,
  asksAws: true,
  faults,
  ...(concerns === undefined ? {} : { concerns }),
});

/** `account`: of the credentials at hand. `qualifier`: of the bootstrap. */
export const awsChecks = (account: string, qualifier: string): readonly AwsCheck[] => [
  ofAws("the account of the credentials", async (settings) =>
    account === settings.account
      ? []
      : [
          fault(
            `the credentials are of account ${account}, the settings name ${settings.account}`,
            "choose the profile of Muster's own account (AWS_PROFILE)",
          ),
        ],
  ),
  ofAws("the bootstrap", async ({ region, account: own }) => {
    const name = `/cdk-bootstrap/${qualifier}/version`;
    return (await parameter(region, name)) === undefined
      ? [
          fault(
            `${own} is not bootstrapped in ${region} with the qualifier "${qualifier}"`,
            `npx cdk bootstrap aws://${own}/${region} --qualifier ${qualifier} --toolkit-stack-name CDKToolkit-${qualifier}`,
          ),
        ]
      : [];
  }),
  secret("Twilio's credentials", ({ twilio }) => twilio.parameter, twilioSecret),
  secret("the hub's key", ({ hubKeyParameter }) => hubKeyParameter, readHubKey),
  secret(
    "the secret of the bot",
    ({ teams }) => teams?.parameter ?? "",
    botSecret,
    ({ teams }) => teams !== undefined,
  ),
  ofAws("functions at once", async ({ region }) => {
    const { AccountLimit } = await new LambdaClient({ region }).send(new GetAccountSettingsCommand());
    const atOnce = AccountLimit?.ConcurrentExecutions ?? 0;
    return atOnce >= fewestAtOnce
      ? []
      : [
          fault(
            `the account may run ${atOnce} functions at once, and ${fewestAtOnce} are the least for a storm`,
            `ask for 1,000: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${region}`,
          ),
        ];
  }),
  ofAws("the certificate", certificate, ({ domain }) => domain !== undefined),
  ofAws("the stack", stack),
];

async function parameter(region: string, Name: string) {
  try {
    const found = await new SSMClient({ region }).send(
      new GetParameterCommand({ Name, WithDecryption: true }),
    );
    return found.Parameter;
  } catch (error) {
    if (error instanceof Error && error.name === "ParameterNotFound") return undefined;
    throw error;
  }
}

/** Read as the functions read it; what is wrong is said without quoting a value. */
function secret(
  about: string,
  nameOf: (settings: Settings) => string,
  parse: (json: unknown) => unknown,
  concerns?: AwsCheck["concerns"],
): AwsCheck {
  const faults = async (settings: Settings): Promise<readonly Fault[]> => {
    const name = nameOf(settings);
    const found = await parameter(settings.region, name);
    const put = `aws ssm put-parameter --name ${name} --type SecureString --region ${settings.region} --value …`;
    if (found === undefined) return [fault(`there is no parameter ${name} in ${settings.region}`, put)];
    if (found.Type !== "SecureString")
      return [
        fault(`${name} is a ${found.Type}, readable by everybody who may list it`, `delete it, then ${put}`),
      ];
    try {
      parse(JSON.parse(found.Value ?? ""));
      return [];
    } catch (error) {
      const why =
        error instanceof SyntaxError ? "its value is no JSON" : error instanceof Error ? error.message : "";
      return [fault(`${name}: ${why}`, `${put} --overwrite`)];
    }
  };
  return ofAws(about, faults, concerns);
}

async function certificate({ region, domain }: Settings): Promise<readonly Fault[]> {
  const { name = "", certificate: CertificateArn = "" } = domain ?? {};
  const { Certificate: found } = await new ACMClient({ region }).send(
    new DescribeCertificateCommand({ CertificateArn }),
  );
  const names = [found?.DomainName ?? "", ...(found?.SubjectAlternativeNames ?? [])];
  const faults: Fault[] = [];
  if (found?.Status !== "ISSUED")
    faults.push(
      fault(
        `the certificate for ${name} is ${found?.Status ?? "not there"}`,
        "write the record that ACM asks for into the zone (aws acm describe-certificate shows it), and wait for ISSUED",
      ),
    );
  if (!names.some((each) => covers(each, name)))
    faults.push(
      fault(`the certificate is for ${names.join(", ")}, and not for ${name}`, "request one for it"),
    );
  return faults;
}

const covers = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith("*.") && pattern.slice(1) === name.slice(name.indexOf(".")));

/** The stack's status; undefined where there is none. */
export async function stackStatus(region: string): Promise<string | undefined> {
  try {
    const found = await new CloudFormationClient({ region }).send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    return found.Stacks?.[0]?.StackStatus;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
async function stack({ region }: Settings): Promise<readonly Fault[]> {
  const status = await stackStatus(region);
  if (status === undefined || /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status)) return [];
  // The CDK's CLI deletes it before it tries again.
  if (status === "ROLLBACK_COMPLETE") return [];
  const aws = (verb: string): string =>
    `aws cloudformation ${verb} --stack-name ${stackName} --region ${region}`;
  if (status === "UPDATE_ROLLBACK_FAILED")
    return [
      fault(
        `the stack is stuck: ${status}`,
        `see why: ${aws("describe-stack-events")}; mend it, then ${aws("continue-update-rollback")}`,
      ),
    ];
  if (status === "ROLLBACK_FAILED" || status === "DELETE_FAILED" || status === "CREATE_FAILED")
    return [
      fault(
        `the stack is left over: ${status}`,
        `see why: ${aws("describe-stack-events")}; then ${aws("delete-stack")}`,
      ),
    ];
  return [fault(`the stack is at work: ${status}`, `wait until it is done: ${aws("describe-stacks")}`)];
}
