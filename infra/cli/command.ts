// What a command of the command line is.
import type { Terminal } from "./terminal.ts";

/** 0: done. 1: refused or failed. 2: not understood. */
export type ExitCode = 0 | 1 | 2;

export interface Option {
  readonly type: "string" | "boolean";
  readonly help: string;
  readonly multiple?: true;
  /** One letter, for a single dash. */
  readonly short?: string;
  /** How its value is called in the help. */
  readonly value?: string;
}

export interface Values {
  text(name: string): string | undefined;
  flag(name: string): boolean;
  list(name: string): readonly string[];
  readonly words: readonly string[];
  /** What followed `--`. */
  readonly rest: readonly string[];
}

export interface Command {
  readonly summary: string;
  /** Its words, for example `SERVICE`; `[…]` for those that may be left out. */
  readonly words?: string;
  /** What may follow `--`, as in the help. */
  readonly rest?: string;
  /** Lines of the help below the summary. */
  readonly details?: readonly string[];
  readonly options?: Readonly<Record<string, Option>>;
  run(values: Values, terminal: Terminal): Promise<ExitCode>;
}

/** Options of every command that speaks to a hub. */
export const hubOptions = {
  url: { type: "string", value: "URL", help: "address of the hub (MUSTER_URL; http://127.0.0.1:4300)" },
  token: { type: "string", value: "TOKEN", help: "bearer token of a signed-in person (MUSTER_TOKEN)" },
} as const satisfies Readonly<Record<string, Option>>;

export const configOption = {
  config: { type: "string", value: "FILE", help: "config file (muster.yaml)" },
} as const satisfies Readonly<Record<string, Option>>;
