// Figures as a person reads them: on the terminal, and in the documentation between marks of their own.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { type Gate, holds, type Outcome, type Table } from "./benchmark.ts";
import { shown } from "./load/figures.ts";

export const machine = (): string => {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? "unknown processor"}, ${memory} GB, Node ${process.versions.node}`;
};

/** How busy the machine was with other things: figures from a busy one are worth little. */
export const load = (): number => Number(loadavg()[0]?.toFixed(1));

export function markdown({ tables, gates, notes = [] }: Outcome): string {
  const parts = [...tables.map(tableText), gates.map(gateLine).join("\n"), ...notes];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function tableText({ title, columns, rows }: Table): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const rule = columns.map((_, index) => (index === 0 ? "---" : "---:"));
  return [`${title}:`, "", line(columns), line(rule), ...rows.map(line)].join("\n");
}

function gateLine(gate: Gate): string {
  const { name, value, atMost, atLeast } = gate;
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${shown(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${shown(atMost)}`]),
  ];
  return `- ${holds(gate) ? "holds" : "**MISSED**"}: ${name} is ${shown(value)} (${bounds.join(", ")})`;
}

/** Puts a benchmark's figures between its marks; the words around them are written by hand. */
export function writeInto(file: string, name: string, text: string): void {
  const [begin, end] = [`<!-- figures of ${name} -->`, `<!-- end of ${name} -->`];
  const before = readFileSync(file, "utf8");
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no place marked for the figures of ${name}`);
  writeFileSync(file, `${before.slice(0, from + begin.length)}\n${text}${before.slice(to)}`);
}
