// The bare forwarder as a process of its own.
import { join } from "node:path";
import { startProcess } from "../load/processes.ts";
import { alertBody } from "../organisation.ts";
import type { Place, Target } from "./target.ts";

export async function startBare({ folder, providerUrl }: Place): Promise<Target> {
  const running = await startProcess({ args: [join(import.meta.dirname, "bare.ts"), folder, providerUrl] });
  return {
    name: "bare forwarder",
    pid: running.pid,
    intake: running.url,
    body: alertBody,
    stop: () => running.stop(),
  };
}
