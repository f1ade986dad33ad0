// Whose account the credentials open: everything else of AWS is only worth asking in the account that the settings name.
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Aws } from "./aws.ts";
import { type Finding, fault } from "./check.ts";

export type Caller = { readonly account: string } | { readonly finding: Finding };

const advice =
  "sign in to Muster's own account: `aws sso login --profile NAME`, then AWS_PROFILE=NAME or --profile NAME (or set the AWS_ACCESS_KEY_ID variables)";

export async function callerOf({ sts }: Aws): Promise<Caller> {
  try {
    const { Account: account } = await sts.send(new GetCallerIdentityCommand());
    if (account !== undefined) return { account };
    return { finding: fault("credentials", "AWS does not say whose they are", advice) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    const reason =
      name === "CredentialsProviderError"
        ? `there are none that can be used: ${message}`
        : `AWS does not take them: ${name}: ${message}`;
    return { finding: fault("credentials", reason.split("\n")[0] ?? reason, advice) };
  }
}

export const otherAccount = (own: string, settings: string): Finding =>
  fault(
    "account",
    `the credentials are of account ${own}, and the settings name ${settings}`,
    "use the profile of Muster's own account, or correct the setting",
  );
