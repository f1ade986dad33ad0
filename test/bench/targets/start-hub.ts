// The hub as `npm start` runs it, with its texts sent to the benchmark's provider.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Running, startProcess } from "../load/processes.ts";
import { alertBody, intakeKey, organisation } from "../organisation.ts";
import type { Place, Target } from "./target.ts";

const main = join(import.meta.dirname, "../../../infra/local/main.ts");

export interface HubPlace extends Place {
  readonly config?: string;
  readonly port?: number;
  /** For node itself, for example a profiler's. */
  readonly nodeOptions?: readonly string[];
}

export interface HubTarget extends Target {
  readonly hub: Running;
  get<Body>(path: string): Promise<Body>;
}

export async function startHub({
  folder,
  providerUrl,
  config = organisation(),
  port = 0,
  nodeOptions = [],
}: HubPlace): Promise<HubTarget> {
  const file = join(folder, "organisation.yaml");
  writeFileSync(file, config);
  const data = join(folder, "data");
  const hub = await startProcess({
    args: [...nodeOptions, main, "--port", String(port), "--data", data, "--config", file],
    env: { TWILIO_API_URL: providerUrl },
  });
  return {
    name: "muster",
    hub,
    pid: hub.pid,
    intake: intakeOf(hub.url),
    body: alertBody,
    stop: () => hub.stop(),
    async get<Body>(path: string) {
      const answer = await fetch(hub.url + path);
      if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
      return (await answer.json()) as Body;
    },
  };
}

export const intakeOf = (hubUrl: string): string => `${hubUrl}/alerts/bench/${intakeKey}`;
