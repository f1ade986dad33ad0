// Runs the preflight for a command, and prints each result as it comes.
import type { Result } from "../preflight/check.ts";
import type { Preflight } from "../preflight/preflight.ts";
import type { Option, Values } from "./command.ts";
import { inert, painted, type Terminal } from "./terminal.ts";

/** Options of the commands that read the deployment's settings. */
export const deploymentOptions = {
  context: {
    type: "string",
    short: "c",
    value: "NAME=VALUE",
    multiple: true,
    help: "a setting, before those of cdk.json and cdk.context.json",
  },
  profile: { type: "string", value: "NAME", help: "profile of ~/.aws/config (AWS_PROFILE)" },
} as const satisfies Readonly<Record<string, Option>>;

/** Undefined where the options or the settings' files can't be read, which has been printed. */
export async function checked(values: Values, terminal: Terminal): Promise<Preflight | undefined> {
  const { env, fetch } = terminal;
  const read = (file: string) => terminal.read(file);
  // Loaded here, for AWS's clients cost every other command a third of a second.
  const { contextOf } = await import("../preflight/context.ts");
  const { preflight } = await import("../preflight/preflight.ts");
  const context = await contextOf(values.list("context"), { read, home: env["HOME"] });
  if ("wrong" in context) {
    terminal.err(`muster: ${inert(context.wrong)}`);
    return undefined;
  }
  const profile = values.text("profile");
  return preflight({
    context: context.values,
    env,
    read,
    fetch,
    aws: { ...terminal.aws, ...(profile === undefined ? {} : { profile }) },
    ...(values.flag("json") ? {} : { onResult: (result) => print(result, terminal) }),
  });
}

const colours = { ok: "green", warning: "yellow", fault: "red", "not checked": "dim" } as const;
const width = Math.max(...Object.keys(colours).map((outcome) => outcome.length));

function print({ title, outcome, findings }: Result, terminal: Terminal): void {
  terminal.out(`${painted(terminal, colours[outcome], outcome.padEnd(width))}  ${inert(title)}`);
  const indent = " ".repeat(width + 2);
  for (const { level, field, message, advice } of findings) {
    const mark = level === outcome ? "" : `(${level}) `;
    terminal.out(`${indent}${mark}${painted(terminal, "bold", inert(field))}: ${inert(message)}`);
    terminal.out(`${indent}  ${painted(terminal, "dim", "fix:")} ${inert(advice)}`);
  }
}

/** What --json prints of it. */
export const reportOf = ({ isReady, results }: Preflight) => ({
  ok: isReady,
  checks: results.map(({ title, outcome, findings }) => ({ check: title, outcome, findings })),
});

/** For the last line. */
export function countOf({ results }: Preflight): string {
  const findings = results.flatMap((result) => result.findings);
  const count = (level: "fault" | "warning"): number =>
    findings.filter((finding) => finding.level === level).length;
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;
  return `${plural(count("fault"), "fault")}, ${plural(count("warning"), "warning")}`;
}
