// Processes that a benchmark starts: each is ended by its own id, at the latest when the benchmark itself ends.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { sleep } from "./clock.ts";

export interface Running {
  readonly pid: number;
  /** What its first line that says so names as its address. */
  readonly url: string;
  /** From its start to that line. */
  readonly startedIn: number;
  readonly said: () => string;
  stop(): Promise<void>;
  /** As a power cut ends it. */
  kill(): Promise<void>;
}

export interface Start {
  readonly command?: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Its first group is the address. */
  readonly ready?: RegExp;
}

const started = new Set<number>();
process.once("exit", () => {
  for (const pid of started) process.kill(pid, "SIGKILL");
});
// Interrupted, the benchmark still ends in order, and takes its processes with it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const patience = 30_000;
const tail = 4000;

/** Starts one process and waits until it says that it is ready. */
export async function startProcess({
  command = process.execPath,
  args,
  env = {},
  ready = /^ready (\S+)$/m,
}: Start): Promise<Running> {
  const begun = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started`);
  started.add(pid);
  let output = "";
  let url: string | undefined;
  const gone = new Promise<void>((resolve) =>
    child.once("exit", () => {
      started.delete(pid);
      resolve();
    }),
  );
  const isReady = new Promise<void>((resolve) => {
    const hear = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-tail);
      url ??= ready.exec(output)?.[1];
      if (url !== undefined) resolve();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
  });
  await Promise.race([isReady, gone, sleep(patience)]);
  if (url === undefined) {
    child.kill("SIGKILL");
    throw new Error(`${[command, ...args].join(" ")} did not get ready:\n${output}`);
  }
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return {
    pid,
    url,
    startedIn: performance.now() - begun,
    said: () => output,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

export interface Usage {
  /** Seconds of processor time so far. */
  readonly cpu: number;
  readonly residentMB: number;
  /** The most that it ever was. */
  readonly peakMB: number;
}

/** Linux counts processor time in hundredths of a second here, whatever its own tick is. proc(5) */
const ticksPerSecond = 100;

export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? Number.NaN) / 1024;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field, the command's name, may hold spaces; the rest begins after its bracket.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    residentMB: megabytes("VmRSS"),
    peakMB: megabytes("VmHWM"),
  };
}

/** Answers when the process has done next to nothing for a while: what it was given is done. */
export async function atRest(pid: number, within = 120_000): Promise<void> {
  const end = Date.now() + within;
  let quiet = 0;
  for (let before = usageOf(pid).cpu; quiet < 3 && Date.now() < end; ) {
    await sleep(150);
    const now = usageOf(pid).cpu;
    quiet = now - before <= 0.011 ? quiet + 1 : 0;
    before = now;
  }
}
