// Everything that would make a deployment fail, or its first night, at once and before anything is changed.
import { fictionalNumbersIn } from "../fictional-numbers.ts";
import { findSettings, nobodysAccount, type Settings, settingNames } from "../settings.ts";
import { adoptedTableCheck } from "./adopted-table.ts";
import { type Aws, type AwsOptions, awsIn, regionAtHand, unanswered } from "./aws.ts";
import { certificateCheck } from "./certificate.ts";
import { type Check, type Finding, fault, type Result, resultOf, warning } from "./check.ts";
import { concurrencyCheck } from "./concurrency.ts";
import { configCheck } from "./config-file.ts";
import type { Values } from "./context.ts";
import { type Caller, callerOf, otherAccount } from "./credentials.ts";
import { bootstrapCheck, secretChecks, usualQualifier } from "./parameters.ts";
import { signInCheck } from "./sign-in.ts";
import { isFirst, type StackState, stackFindings, stackState } from "./stack.ts";
import { tablesCheck } from "./tables.ts";

export interface Surroundings {
  /** As contextOf reads it. */
  readonly context: Values;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly read: (file: string) => Promise<string | undefined>;
  readonly fetch: typeof fetch;
  readonly aws: AwsOptions;
  /** Called with each result as it comes. */
  readonly onResult?: (result: Result) => void;
}

export interface Preflight {
  readonly results: readonly Result[];
  readonly isReady: boolean;
  /** Whether a deployment creates the stack. */
  readonly isFirst: boolean;
  readonly settings: Settings;
  /** In which state the stack is by now. */
  readonly stackNow: () => Promise<StackState | undefined>;
}

export async function preflight(surroundings: Surroundings): Promise<Preflight> {
  const { context, env, read, fetch: ask, aws: options } = surroundings;
  const note = (result: Result): Result => {
    surroundings.onResult?.(result);
    return result;
  };

  const region = textOf(context["region"]) ?? (await regionAtHand(env, options));
  const caller = await callerOf(awsIn(region ?? "us-east-1", options));
  const credentials = note(resultOf("credentials", "finding" in caller ? [caller.finding] : []));

  const { settings, faults } = findSettings((name) => context[name], {
    // An empty account is one that is missing: without credentials the CDK would draw a template for nobody.
    account: "account" in caller ? caller.account : "",
    region,
  });
  const findings = [...settingsFindings(settings, faults, caller), ...unknownSettings(context)];
  const given = note(resultOf("settings", findings));

  const wrong = new Set(findings.map(({ field }) => field));
  const isOurs = "account" in caller && caller.account === settings.account;
  // Where no region is known nothing is asked of it.
  const aws = awsIn(settings.region || "us-east-1", options);
  const state: State = isOurs && !wrong.has("region") ? await stateOf(aws) : { state: undefined };
  const qualifier = textOf(context["@aws-cdk/core:bootstrapQualifier"]) ?? usualQualifier;
  const make = async (check: Check, mayAsk: boolean): Promise<Result> => {
    const { title, needs } = check;
    return note(
      mayAsk && !needs.some((name) => wrong.has(name))
        ? resultOf(title, await check.run().catch((error: unknown) => [unanswered(title, error)]))
        : { title, outcome: "not checked", findings: [] },
    );
  };
  const made = await Promise.all([
    make(configCheck(settings, read), true),
    make(signInCheck(settings, ask), true),
    ...awsChecks(settings, qualifier, state, aws).map((check) => make(check, isOurs)),
  ]);
  // In an order of their own, however they came.
  const results = [credentials, given, ...made];
  return {
    results,
    isReady: results.every(({ outcome }) => outcome === "ok" || outcome === "warning"),
    isFirst: "state" in state && isFirst(state.state),
    settings,
    stackNow: () => stackState(aws),
  };
}

type State = { readonly state: StackState | undefined } | { readonly error: unknown };

const stateOf = (aws: Aws): Promise<State> =>
  stackState(aws).then(
    (state) => ({ state }),
    (error: unknown) => ({ error }),
  );

function awsChecks(settings: Settings, qualifier: string, stack: State, aws: Aws): readonly Check[] {
  const { domain, adoptTable } = settings;
  const state = "state" in stack ? stack.state : undefined;
  const stackCheck: Check = {
    title: "stack",
    needs: ["region"],
    run: async () =>
      "error" in stack ? [unanswered("stack", stack.error)] : stackFindings(stack.state, settings),
  };
  return [
    bootstrapCheck(settings, qualifier, aws),
    ...secretChecks(settings, aws),
    concurrencyCheck(settings, aws),
    ...(domain === undefined ? [] : [certificateCheck(domain, settings, aws)]),
    stackCheck,
    tablesCheck(settings, state, aws),
    ...(adoptTable === undefined ? [] : [adoptedTableCheck(adoptTable, settings, aws)]),
  ];
}

function settingsFindings(settings: Settings, faults: readonly string[], caller: Caller): readonly Finding[] {
  const findings = faults.map(settingFault);
  if (settings.account === nobodysAccount)
    findings.push(fault("account", `is ${nobodysAccount}, which is nobody's`, "give Muster's own account"));
  else if ("account" in caller && settings.account !== "" && caller.account !== settings.account)
    findings.push(otherAccount(caller.account, settings.account));
  if (fictionalNumbersIn(settings.twilio.from).length > 0)
    findings.push(
      fault(
        "twilioFrom",
        `is ${settings.twilio.from}, a number for books and films`,
        "give your number at Twilio",
      ),
    );
  return findings;
}

/** A fault of the settings says all in one sentence: what is wrong of which setting, and mostly what to give. */
function settingFault(sentence: string): Finding {
  const [, first = ""] = /^(\w+) /.exec(sentence) ?? [];
  const [, asked] = /-c (\w+)=/.exec(sentence) ?? [];
  const field = settingNames.includes(first) ? first : (asked ?? "settings");
  const [message = sentence, ...advice] = sentence.split(/: (?=(?:give|add|leave) )/);
  return fault(
    field,
    message.startsWith(`${field} `) ? message.slice(field.length + 1) : message,
    advice.length > 0 ? advice.join(": ") : "see Settings in docs/operator-guide.md",
  );
}

// Names of the CDK's own have a colon, a dash or an @.
const unknownSettings = (context: Values): readonly Finding[] =>
  Object.keys(context)
    .filter((name) => /^[a-z]\w*$/i.test(name) && !settingNames.includes(name))
    .map((name) => warning(name, "is not a setting of Muster", "see Settings in docs/operator-guide.md"));

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
