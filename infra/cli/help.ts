// What --help prints.
import type { Command, Option } from "./command.ts";

export const generalHelp = (commands: Readonly<Record<string, Command>>): string =>
  [
    "muster: page people, and see what became of it",
    "",
    ...columns(
      Object.entries(commands).map(([name, { words, summary }]) => [
        `  muster ${name}${after(words)}`,
        summary,
      ]),
    ),
    "",
    "Every command takes --json and --help. It exits with 0 when done, 1 when refused or failed, 2 when not understood.",
  ].join("\n");

export const helpOf = (
  name: string,
  { words, rest, summary, details = [] }: Command,
  options: Readonly<Record<string, Option>>,
): string =>
  [
    `muster ${name}${after(words)} [options]${rest === undefined ? "" : ` [-- ${rest}]`}`,
    `  ${summary}`,
    ...details.map((line) => `  ${line}`),
    "",
    ...columns(
      Object.entries(options).map(([option, { type, value, help, multiple, short }]) => [
        `  ${short === undefined ? "" : `-${short}, `}--${option}${type === "string" ? ` ${value ?? "TEXT"}` : ""}`,
        multiple === true ? `${help} (may be given several times)` : help,
      ]),
    ),
  ].join("\n");

const after = (words: string | undefined): string => (words === undefined ? "" : ` ${words}`);

export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
