import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/bench/**", "**/node_modules/**", "dist/**", "cdk.out/**"],
    pool: "forks",
    // As many as there are cores: without it the main process gets one for itself, and two cores run one file at a time.
    maxWorkers: "100%",
    // Files share a process and what it has imported, one after the other.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    globalSetup: ["test/support/global-setup.ts"],
    // For what hangs. A machine that does other things as well takes ten times as long, and nothing is wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
