// Checks everything, then has the CDK deploy the hub: the first time unprotected, so that a failure leaves nothing behind, and
// once more with protection when the stack is there.
import { printableJson } from "../../../functions/core/text.ts";
import { stackName } from "../../names.ts";
import type { Preflight } from "../../preflight/preflight.ts";
import type { Command, ExitCode, Values } from "../command.ts";
import { checked, countOf, deploymentOptions, reportOf } from "../preflight.ts";
import { inert, painted, type Terminal } from "../terminal.ts";

type Outcome = "deployed" | "not ready" | "failed" | "unprotected";

export const deploy: Command = {
  summary: "check everything, then deploy the hub with the CDK",
  rest: "CDK-OPTION…",
  details: [
    "Runs `muster preflight`, then `cdk deploy Muster` with the same settings. The first time it deploys without protection,",
    "so that a failure leaves nothing behind, and once more with protection. What follows -- goes to the CDK as it is.",
  ],
  options: deploymentOptions,
  async run(values, terminal) {
    const done = await checked(values, terminal);
    if (done === undefined) return 2;
    const { isReady, isFirst, settings } = done;
    const end = (outcome: Outcome, text: string) =>
      ended(outcome, text, { values, terminal, preflight: done });
    if (!isReady) return end("not ready", `nothing was deployed: ${countOf(done)}`);
    if (isFirst) {
      note(
        "There is no stack yet: it is created without protection, and protected when it is there.",
        values,
        terminal,
      );
      const code = await cdk(["-c", "protected=false"], values, terminal);
      if (code !== 0) return end("failed", await failure(done));
      if (!settings.isProtected)
        return end("unprotected", "deployed without protection, as the setting `protected` says");
    }
    if ((await cdk([], values, terminal)) === 0) return end("deployed", "deployed");
    return isFirst
      ? end("failed", "the hub is deployed, but not protected from deletion yet: run this again")
      : end("failed", await failure(done));
  },
};

/** What the CDK printed says why. */
async function failure({ stackNow }: Preflight): Promise<string> {
  const { leftBehind } = await import("../../preflight/stack.ts");
  const left = await stackNow().then(leftBehind, () => "the stack could not be looked up");
  return `not deployed; ${left}. See "When a deployment fails" in docs/operator-guide.md`;
}

/** The CDK's own program, with the settings that were checked. */
function cdk(more: readonly string[], values: Values, terminal: Terminal): Promise<number> {
  const profile = values.text("profile");
  return terminal.program(
    "cdk",
    [
      "deploy",
      stackName,
      ...values.list("context").flatMap((setting) => ["-c", setting]),
      ...more,
      ...(profile === undefined ? [] : ["--profile", profile]),
      ...values.rest,
    ],
    { toStderr: values.flag("json") },
  );
}

function note(text: string, values: Values, terminal: Terminal): void {
  if (!values.flag("json")) terminal.out(text);
}

function ended(
  outcome: Outcome,
  text: string,
  about: {
    readonly values: Values;
    readonly terminal: Terminal;
    readonly preflight: Preflight;
  },
): ExitCode {
  const { values, terminal, preflight } = about;
  const isDone = outcome === "deployed" || outcome === "unprotected";
  if (values.flag("json"))
    terminal.out(printableJson({ ok: isDone, outcome, message: text, preflight: reportOf(preflight) }));
  else if (isDone) terminal.out(`${painted(terminal, "green", "ok")}  ${inert(text)}`);
  else terminal.err(`${painted(terminal, "red", "muster deploy")}: ${inert(text)}`);
  return isDone ? 0 : 1;
}
