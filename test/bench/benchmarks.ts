// The benchmarks there are, in the order in which they run.
import type { Benchmark } from "./benchmark.ts";
import { bundleSizes } from "./bundle-sizes.ts";
import { crashAccept } from "./crash/crash-accept.ts";
import { duplicateCost } from "./duplicate-cost.ts";
import { escalationClock } from "./escalation-clock.ts";
import { intake } from "./intake.ts";
import { pageLatency } from "./page-latency.ts";
import { stormOneGroup } from "./storm-one-group.ts";

export const benchmarks = {
  "page-latency": pageLatency,
  intake,
  "storm-one-group": stormOneGroup,
  "crash-accept": crashAccept,
  "escalation-clock": escalationClock,
  "duplicate-cost": duplicateCost,
  "bundle-sizes": bundleSizes,
} as const satisfies Record<string, Benchmark>;
