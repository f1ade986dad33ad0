// What the command line touches of the world: two streams, the environment, files, programs and the network.
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { visible } from "../../functions/core/text.ts";
import type { AwsOptions } from "../preflight/aws.ts";

export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** Undefined for a file that is not there. */
  read(file: string): Promise<string | undefined>;
  /** Why it could not be written; undefined when it was. */
  write(file: string, bytes: Uint8Array): Promise<string | undefined>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
  /** Where AWS is asked, where it isn't as the environment says. */
  readonly aws: AwsOptions;
  /** Runs a program on this terminal, all it prints on standard error if asked to. Its exit code; a signal counts as 1. */
  program(name: string, args: readonly string[], options?: { readonly toStderr: boolean }): Promise<number>;
  readonly colour: boolean;
}

interface Process {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
}

const ownPrograms = join(import.meta.dirname, "../../node_modules/.bin");

export const terminal = ({ stdout, stderr, env }: Process): Terminal => ({
  out: (line) => void stdout.write(`${line}\n`),
  err: (line) => void stderr.write(`${line}\n`),
  env,
  fetch: globalThis.fetch,
  aws: {},
  program: (name, args, options) =>
    new Promise((resolve, reject) => {
      const child = spawn(name, [...args], {
        stdio: ["inherit", options?.toStderr === true ? 2 : "inherit", "inherit"],
        // npx has this folder on the path already; who runs the file itself has not.
        env: { ...env, PATH: [env["PATH"], ownPrograms].join(delimiter) },
      });
      child.on("error", reject);
      child.on("exit", (code) => resolve(code ?? 1));
    }),
  // https://no-color.org: whatever its value, when it is not empty
  colour: stdout.isTTY === true && (env["NO_COLOR"] ?? "") === "",
  async read(file) {
    try {
      return await readFile(file, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR"))
        return undefined;
      throw error;
    }
  },
  write: (file, bytes) =>
    writeFile(file, bytes).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    ),
});

type Paint = "red" | "yellow" | "green" | "bold" | "dim";
const codes: Readonly<Record<Paint, number>> = { red: 31, yellow: 33, green: 32, bold: 1, dim: 2 };

export const painted = ({ colour }: Pick<Terminal, "colour">, paint: Paint, text: string): string =>
  colour ? `\u001b[${codes[paint]}m${text}\u001b[0m` : text;

/** Text from a hub or a file, made inert for a terminal: an escape sequence in a title must not move its cursor, and no line
 * break may make a line of its own. */
export const inert = (text: string | number | undefined): string =>
  visible(String(text ?? "")).replace(/[\n\u2028\u2029]/g, "\ufffd");
