// Everything that would make a deployment fail, or its first night, at once and before anything is changed.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { readSettings, type Settings } from "../settings.ts";
import { awsChecks } from "./aws.ts";
import { type Check, type Fault, fault } from "./check.ts";
import { configCheck } from "./config.ts";
import { signInCheck } from "./sign-in.ts";

export interface Looked {
  readonly about: string;
  readonly faults: readonly Fault[];
}

export interface World {
  readonly context: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly read: (file: string) => Promise<string | undefined>;
  readonly fetch: typeof fetch;
  /** Told of each check when it is done. */
  readonly looked?: (one: Looked) => void;
}

export interface Preflight {
  readonly looked: readonly Looked[];
  /** Undefined where the settings have faults. */
  readonly settings: Settings | undefined;
}

const usualQualifier = "hnb659fds";

export async function preflight(world: World): Promise<Preflight> {
  const { context, env } = world;
  const looked: Looked[] = [];
  const note = (about: string, faults: readonly Fault[]): void => {
    const one = { about, faults };
    looked.push(one);
    world.looked?.(one);
  };

  const region = textOf(context["region"]) ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"];
  const account = await accountOf(region);
  if ("faults" in account) note("the credentials", account.faults);
  const settings = settingsOf(context, "id" in account ? account.id : undefined, region);
  note("the settings", "faults" in settings ? settings.faults : []);
  if ("faults" in settings) return { looked, settings: undefined };

  const qualifier = textOf(context["@aws-cdk/core:bootstrapQualifier"]) ?? usualQualifier;
  const checks: readonly Check[] = [
    configCheck(world.read),
    signInCheck(world.fetch),
    ...("id" in account ? awsChecks(account.id, qualifier) : []),
  ];
  const concerning = checks.filter(({ concerns }) => concerns?.(settings) ?? true);
  await Promise.all(concerning.map(async (check) => note(check.about, await made(check, settings))));
  return { looked, settings };
}

/** What can't be looked at may be wrong. */
async function made(check: Check, settings: Settings): Promise<readonly Fault[]> {
  try {
    return await check.faults(settings);
  } catch (error) {
    return [
      fault(
        `could not be looked at: ${reasonOf(error)}`,
        "give these credentials the right to look, or look by hand",
      ),
    ];
  }
}

async function accountOf(
  region: string | undefined,
): Promise<{ readonly id: string } | { readonly faults: readonly Fault[] }> {
  try {
    const { Account: id = "" } = await new STSClient({ region: region ?? "us-east-1" }).send(
      new GetCallerIdentityCommand(),
    );
    return { id };
  } catch (error) {
    return {
      faults: [
        fault(
          `there are none that AWS takes: ${reasonOf(error)}`,
          "sign in to Muster's own account (aws sso login, AWS_PROFILE); nothing of AWS was looked at",
        ),
      ],
    };
  }
}

/** Without an account the settings would be those of a template to read: here one is meant to be deployed. */
function settingsOf(
  context: World["context"],
  account: string | undefined,
  region: string | undefined,
): Settings | { readonly faults: readonly Fault[] } {
  if (account === undefined && textOf(context["account"]) === undefined)
    return {
      faults: [fault("account is missing", "give -c account=…, the 12 digits of Muster's own account")],
    };
  try {
    return readSettings((name) => context[name], { account, region });
  } catch (error) {
    const [, ...lines] = error instanceof Error ? error.message.split("\n- ") : [];
    return { faults: lines.map((line) => fault(line, "docs/operator-guide.md lists the settings")) };
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message.split("\n")[0]}` : String(error);
