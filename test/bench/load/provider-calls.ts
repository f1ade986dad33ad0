// The driver's side of the provider: starts it, and asks what came.
import { join } from "node:path";
import { until } from "./clock.ts";
import { startProcess } from "./processes.ts";

export interface Call {
  /** When its headers had come, on the machine's monotonic clock, in microseconds. */
  readonly at: number;
  /** The same by the time of day, in milliseconds. */
  readonly wall: number;
  readonly mark: string;
  readonly to: string;
  /** Whose report it asks for. */
  readonly incident: string;
  readonly bytes: number;
}

export interface Provider {
  readonly url: string;
  calls(): Promise<readonly Call[]>;
  /** Waits until so many calls came, or throws. */
  seen(count: number, within?: number): Promise<readonly Call[]>;
  forget(): Promise<void>;
  stop(): Promise<void>;
}

export async function startProvider(): Promise<Provider> {
  const running = await startProcess({ args: [join(import.meta.dirname, "provider.ts")] });
  const calls = async () => (await (await fetch(running.url)).json()) as readonly Call[];
  return {
    url: running.url,
    calls,
    async seen(count, within) {
      let found: readonly Call[] = [];
      const enough = async () => (found = await calls()).length >= count;
      await until(`the provider was called ${count} times`, enough, {
        every: 200,
        ...(within && { within }),
      });
      return found;
    },
    async forget() {
      await fetch(running.url, { method: "DELETE" });
    },
    stop: () => running.stop(),
  };
}
