// What is kept in Parameter Store: the bootstrap's version, and the secrets, each read as the functions read it.
import { DescribeParametersCommand, GetParameterCommand, type Parameter } from "@aws-sdk/client-ssm";
import { readHubKey } from "../../functions/adapters/hub-key/hub-key.ts";
import { botSecret } from "../../functions/adapters/teams/secret.ts";
import { twilioSecret } from "../../functions/adapters/twilio/secret.ts";
import type { Settings } from "../settings.ts";
import { type Aws, unlessMissing } from "./aws.ts";
import { type Check, type Finding, fault } from "./check.ts";

/** What the CDK takes where no other is named. */
export const usualQualifier = "hnb659fds";

// The synthesized template has the rule that its bootstrap be of this version (CheckBootstrapVersion).
const oldestBootstrap = 6;

export const bootstrapCheck = ({ account, region }: Settings, qualifier: string, aws: Aws): Check => ({
  title: "bootstrap",
  needs: ["account", "region"],
  async run() {
    const version = (await parameter(aws, `/cdk-bootstrap/${qualifier}/version`))?.Value;
    if (Number(version) >= oldestBootstrap) return [];
    const stack = qualifier === usualQualifier ? "" : ` --toolkit-stack-name CDKToolkit-${qualifier}`;
    return [
      fault(
        "@aws-cdk/core:bootstrapQualifier",
        version === undefined
          ? `account ${account} has no bootstrap of the qualifier "${qualifier}" in ${region}`
          : `the bootstrap is of version ${version}, and ${oldestBootstrap} is needed`,
        `npx cdk bootstrap aws://${account}/${region} --qualifier ${qualifier}${stack}`,
      ),
    ];
  },
});

interface Secret {
  readonly title: string;
  readonly field: string;
  readonly name: string;
  /** Throws without quoting a value. */
  readonly parse: (json: unknown) => unknown;
  readonly form: string;
}

export function secretChecks(settings: Settings, aws: Aws): readonly Check[] {
  const { twilio, hubKeyParameter, teams } = settings;
  const secrets: Secret[] = [
    {
      title: "Twilio's credentials",
      field: "twilioParameter",
      name: twilio.parameter,
      parse: twilioCredentials,
      form: '{ "accountSid": "AC…", "authToken": "…" }',
    },
    {
      title: "the hub's key",
      field: "hubKeyParameter",
      name: hubKeyParameter,
      parse: readHubKey,
      form: '{ "key": "…" }',
    },
  ];
  if (teams !== undefined)
    secrets.push({
      title: "the bot's secret",
      field: "teamsParameter",
      name: teams.parameter,
      parse: botSecret,
      form: '{ "clientSecret": "…" }',
    });
  return secrets.map((secret) => secretCheck(secret, settings.region, aws));
}

const secretCheck = ({ title, field, name, parse, form }: Secret, region: string, aws: Aws): Check => ({
  title,
  needs: ["region", field],
  async run() {
    const put = `aws ssm put-parameter --name ${name} --type SecureString --value file://secret.json --region ${region}`;
    const found = await parameter(aws, name);
    if (found === undefined)
      return [fault(field, `there is no parameter ${name} in ${region}`, `write ${form}: ${put}`)];
    const findings: Finding[] = [];
    if (found.Type !== "SecureString")
      findings.push(
        fault(
          field,
          `${name} is a ${found.Type}, so its value lies there unencrypted`,
          // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html: the type can't be changed
          `aws ssm delete-parameter --name ${name} --region ${region}, then ${put}; change the secret itself as well`,
        ),
      );
    else findings.push(...(await keyFaults(aws, field, name, put)));
    try {
      parse(JSON.parse(found.Value ?? ""));
    } catch (error) {
      // JSON.parse quotes what it could not read, and that would be the secret.
      const reason =
        error instanceof SyntaxError || !(error instanceof Error) ? "its value is not JSON" : error.message;
      findings.push(fault(field, `${name}: ${reason}`, `write ${form}: ${put} --overwrite`));
    }
    return findings;
  },
});

/** The functions may decrypt by the account's own key for SSM, and by no other. */
async function keyFaults(aws: Aws, field: string, name: string, put: string): Promise<readonly Finding[]> {
  const { Parameters: [metadata] = [] } = await aws.ssm.send(
    new DescribeParametersCommand({ ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [name] }] }),
  );
  const key = metadata?.KeyId;
  if (key === undefined || key === "alias/aws/ssm") return [];
  return [
    fault(
      field,
      `${name} is encrypted by ${key}, and the functions may decrypt by alias/aws/ssm alone`,
      `write it again without --key-id: ${put} --overwrite --key-id alias/aws/ssm`,
    ),
  ];
}

/** https://www.twilio.com/docs/glossary/what-is-a-sid: a placeholder is not one. */
function twilioCredentials(json: unknown): void {
  const { accountSid } = twilioSecret(json);
  if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid))
    throw new Error("accountSid is not AC and 32 hexadecimal digits");
}

async function parameter({ ssm }: Aws, Name: string): Promise<Parameter | undefined> {
  const found = await unlessMissing(
    ssm.send(new GetParameterCommand({ Name, WithDecryption: true })),
    ({ name }) => name === "ParameterNotFound",
  );
  return found?.Parameter;
}
