// What a benchmark is, and what it answers with.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Settings {
  /** Rounds, where the benchmark has them; its own number if left out. */
  readonly rounds?: number;
  /** Less of everything: to see whether it runs, never to quote from. */
  readonly quick: boolean;
  readonly say: (line: string) => void;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Gate {
  readonly name: string;
  readonly value: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Outcome {
  readonly tables: readonly Table[];
  readonly gates: readonly Gate[];
  readonly notes?: readonly string[];
}

export interface Benchmark {
  readonly title: string;
  run(settings: Settings): Promise<Outcome>;
}

export const holds = ({ value, atMost = Infinity, atLeast = -Infinity }: Gate): boolean =>
  value <= atMost && value >= atLeast;

/** A folder for as long as `work` takes, and an end for everything that it opened. */
export async function inFolder<Answer>(
  work: (folder: string, atEnd: (end: () => Promise<void>) => void) => Promise<Answer>,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), "muster-bench-"));
  const ends: (() => Promise<void>)[] = [];
  try {
    return await work(folder, (end) => void ends.push(end));
  } finally {
    for (const end of ends.toReversed()) await end();
    rmSync(folder, { recursive: true, force: true });
  }
}
