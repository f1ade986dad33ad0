// The functions as Lambda runs them: each bundle in a process of its own, with the environment of its template and nothing
// else of ours, a key that names it, and no more time than it has. One that nobody calls is never started.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { FunctionName } from "../../../functions/subscriptions.ts";
import type { Invoke } from "../../../infra/local/functions.ts";
import type { Invocation, Outcome } from "./runtime.ts";

export interface InstanceSettings {
  readonly now: () => number;
  /** The folder of its bundle. */
  readonly bundleOf: (name: FunctionName) => string;
  readonly environmentOf: (name: FunctionName) => Readonly<Record<string, string>>;
  readonly timeoutOf: (name: FunctionName) => number;
  /** Hears each line that a function writes. */
  readonly line: (name: FunctionName, line: string) => void;
  /** How Microsoft's addresses begin → how they begin tonight. */
  readonly microsoft: Readonly<Record<string, string>>;
}

export interface Instances {
  readonly invoke: (name: FunctionName) => Invoke;
  /** Those that are kept for the next event, as after a quiet hour, are gone; what they are at, they finish. */
  cool(): void;
  stop(): Promise<void>;
}

interface Instance {
  readonly child: ChildProcess;
  readonly waiting: Map<number, (outcome: Outcome) => void>;
}

const runtime = join(import.meta.dirname, "runtime.ts");
let asked = 0;

export function openInstances(settings: InstanceSettings): Instances {
  const warm = new Map<FunctionName, Instance>();
  const all = new Set<Instance>();

  function start(name: FunctionName): Instance {
    const child = fork(runtime, {
      env: {
        ...settings.environmentOf(name),
        AWS_LAMBDA_FUNCTION_NAME: name,
        REHEARSAL_BUNDLE: join(settings.bundleOf(name), "index.mjs"),
        REHEARSAL_MICROSOFT: JSON.stringify(settings.microsoft),
      },
      // As on Lambda, where a function starts in its package.
      cwd: settings.bundleOf(name),
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const instance: Instance = { child, waiting: new Map() };
    all.add(instance);
    const { stdout, stderr } = child;
    for (const stream of [stdout, stderr])
      if (stream !== null) createInterface({ input: stream }).on("line", (line) => settings.line(name, line));
    child.on("message", (outcome: Outcome) => {
      instance.waiting.get(outcome.id)?.(outcome);
      instance.waiting.delete(outcome.id);
    });
    child.on("exit", (code) => {
      all.delete(instance);
      if (warm.get(name) === instance) warm.delete(name);
      for (const [id, told] of instance.waiting) told({ id, error: `Runtime exited with ${code}` });
    });
    return instance;
  }

  const instanceOf = (name: FunctionName): Instance => {
    const known = warm.get(name) ?? start(name);
    warm.set(name, known);
    return known;
  };

  const invoke =
    (name: FunctionName): Invoke =>
    async (event) => {
      const instance = instanceOf(name);
      const id = ++asked;
      const outcome = await new Promise<Outcome>((told) => {
        const wait = setTimeout(() => {
          instance.child.kill("SIGKILL");
          told({ id, error: `Task timed out after ${settings.timeoutOf(name)} seconds` });
        }, settings.timeoutOf(name) * 1000);
        instance.waiting.set(id, (said) => {
          clearTimeout(wait);
          told(said);
        });
        instance.child.send({ id, event, now: settings.now() } satisfies Invocation);
      });
      if ("error" in outcome) throw new Error(outcome.error);
      return outcome.result;
    };

  return {
    invoke,
    cool() {
      for (const { child, waiting } of warm.values()) {
        if (waiting.size === 0) child.disconnect();
      }
      warm.clear();
    },
    async stop() {
      await Promise.all(
        [...all].map(
          ({ child }) =>
            new Promise<void>((done) => {
              child.once("exit", () => done());
              child.kill("SIGKILL");
            }),
        ),
      );
    },
  };
}
