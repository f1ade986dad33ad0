// Looks at everything that a deployment needs, and changes nothing.
import { printableJson } from "../../../functions/core/text.ts";
import { contextOf } from "../../preflight/context.ts";
import type { Looked } from "../../preflight/preflight.ts";
import type { Command, Values } from "../command.ts";
import { inert, painted, type Terminal } from "../terminal.ts";

export const contextOption = {
  context: {
    type: "string",
    short: "c",
    multiple: true,
    value: "NAME=VALUE",
    help: "a setting of the deployment, before those in cdk.context.json",
  },
} as const;

export const preflight: Command = {
  summary: "look at everything that a deployment needs, before it is made",
  details: [
    "Settings, config, credentials, bootstrap, secrets, sign-in, quota, certificate and stack. It changes nothing.",
    "Exits with 1 where something is missing or could not be looked at.",
  ],
  options: contextOption,
  async run(values, terminal) {
    const done = await lookedAt(values, terminal);
    if (done === undefined) return 2;
    const faults = done.flatMap(({ about, faults: found }) => found.map((each) => ({ about, ...each })));
    if (values.flag("json")) terminal.out(printableJson({ ok: faults.length === 0, faults }));
    else if (faults.length === 0) terminal.out("Ready to deploy.");
    else terminal.out(`Not ready: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}.`);
    return faults.length === 0 ? 0 : 1;
  },
};

/** A line for each check, as it is done; undefined where the words can't be understood. */
export async function lookedAt(values: Values, terminal: Terminal): Promise<readonly Looked[] | undefined> {
  const context = await contextOf(values.list("context"), (file) => terminal.read(file));
  if ("wrong" in context) {
    terminal.err(`muster: ${context.wrong}`);
    return undefined;
  }
  const tell = (one: Looked): void => {
    if (values.flag("json")) return;
    const mark =
      one.faults.length === 0 ? painted(terminal, "green", "ok   ") : painted(terminal, "red", "fault");
    terminal.out(`${mark}  ${one.about}`);
    for (const { says, advice } of one.faults) {
      terminal.out(`       ${inert(says)}`);
      terminal.out(`       ${painted(terminal, "dim", `→ ${inert(advice)}`)}`);
    }
  };
  // AWS's clients take a while to read, and no other command needs them.
  const { preflight: look } = await import("../../preflight/preflight.ts");
  return (
    await look({
      context: context.values,
      env: terminal.env,
      read: (file) => terminal.read(file),
      fetch: terminal.fetch,
      looked: tell,
    })
  ).looked;
}
