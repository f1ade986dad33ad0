// Once per run of the tests: a place that all files share, and an end for what they started there.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { layTeamsClient } from "../../infra/teams/client.ts";
import { stopDynamodbLocal } from "./dynamodb-local.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A directory of this run. */
    runDirectory: string;
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  await layTeamsClient();
  const directory = mkdtempSync(join(tmpdir(), "muster-tests-"));
  project.provide("runDirectory", directory);
  return () => {
    stopDynamodbLocal(directory);
    rmSync(directory, { recursive: true, force: true });
  };
}
