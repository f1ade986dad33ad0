// The config file as commands use it: an organisation, or its problems told with the lines that they stand in.
import { type ConfigProblem, loadConfig } from "../../schemas/load-config.ts";
import type { Values } from "./command.ts";
import { inert, painted, type Terminal } from "./terminal.ts";

export interface ConfigFile {
  readonly name: string;
  readonly text: string;
}

export async function openConfig(name: string, terminal: Terminal): Promise<ConfigFile | undefined> {
  const text = await terminal.read(name);
  if (text === undefined) terminal.err(`muster: there is no file ${inert(name)}`);
  return text === undefined ? undefined : { name, text };
}

/** The organisation of --config, or of muster.yaml; undefined when that was impossible, which has been said. */
export async function organisationFrom(values: Values, terminal: Terminal) {
  const file = await openConfig(values.text("config") ?? "muster.yaml", terminal);
  if (file === undefined) return undefined;
  const loaded = loadConfig(file.text);
  if (!("problems" in loaded)) return loaded.organisation;
  for (const problem of loaded.problems) terminal.err(told(problem, file, "red", terminal));
  return undefined;
}

/** file:line:column, what is wrong, the line with a caret below it, and what to do. */
export function told(
  { line, column, message, advice, path }: ConfigProblem,
  file: ConfigFile,
  paint: "red" | "yellow",
  terminal: Terminal,
): string {
  const written = file.text.split(/\r?\n/)[line - 1] ?? "";
  // A long line is shown around the place.
  const from = Math.max(0, Math.min(column - 40, written.length - 100));
  const excerpt = inert(written.slice(from, from + 100).replaceAll("\t", " "));
  const gutter = String(line);
  return [
    `${painted(terminal, "bold", `${file.name}:${line}:${column}`)} ${painted(terminal, paint, paint === "red" ? "error" : "warning")} ${inert(message)}`,
    painted(terminal, "dim", `${gutter} | `) + excerpt,
    `${" ".repeat(gutter.length)} | ${" ".repeat(Math.max(0, column - 1 - from))}${painted(terminal, paint, "^")}`,
    `${" ".repeat(gutter.length)} = ${path === "" ? "" : `${inert(path)}: `}${inert(advice)}`,
    "",
  ].join("\n");
}
