// `npm run bench`: measures, says against what, and whether what is promised holds.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Benchmark, holds, type Outcome } from "./benchmark.ts";
import { benchmarks } from "./benchmarks.ts";
import { load, machine, markdown, writeInto } from "./report.ts";

const names = Object.keys(benchmarks);
const all: Readonly<Record<string, Benchmark>> = benchmarks;
const documentation = join(import.meta.dirname, "../../docs/benchmarks.md");

const usage = `Usage: npm run bench [-- NAME … options]

  ${names.join("  ")}

  --rounds N   rounds, or kills, instead of the benchmark's own number
  --quick      less of everything, to see whether it runs
  --json       the figures as JSON
  --write      puts the figures into docs/benchmarks.md
  --help       this text

Ends with 1 when a gate is missed. A machine that does other things meanwhile spoils the figures.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (line: string): void => void process.stderr.write(`  ${line}\n`);

async function main(): Promise<void> {
  if (values.help) return print(usage);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(", ")}\n\n${usage}`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds has to be a whole number from 1, not ${values.rounds}`);
  const settings = { quick: values.quick, say, ...(rounds === undefined ? {} : { rounds }) };
  const outcomes: Record<string, Outcome & { readonly at: string; readonly load: number }> = {};
  for (const name of positionals.length > 0 ? positionals : names) {
    const benchmark = all[name];
    if (benchmark === undefined) continue;
    say(`${name}: ${benchmark.title}`);
    const busy = load();
    const outcome = { at: new Date().toISOString(), load: busy, ...(await benchmark.run(settings)) };
    outcomes[name] = outcome;
    const text = `${markdown(outcome)}\n${outcome.at.slice(0, 10)}, ${machine()}, load before ${busy}.\n`;
    if (!values.json) print(`\n## ${name}\n\n${text}`);
    if (values.write) writeInto(documentation, name, text);
  }
  if (values.json) print(JSON.stringify({ machine: machine(), outcomes }, undefined, 2));
  if (Object.values(outcomes).some(({ gates }) => !gates.every(holds))) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
