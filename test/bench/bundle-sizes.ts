// What each function weighs as it is deployed: a cold start reads every byte.
import { statSync } from "node:fs";
import { join } from "node:path";
import { type FunctionName, subscriptions } from "../../functions/subscriptions.ts";
import { bundleFunctions } from "../../infra/bundle.ts";
import { type Benchmark, inFolder } from "./benchmark.ts";

const kilobytes = (bytes: number): number => Math.round(bytes / 1000);

export const bundleSizes: Benchmark = {
  title: "Functions as they are deployed",
  run: () =>
    inFolder(async (folder) => {
      const { bundleOf } = await bundleFunctions({ config: "muster.yaml", out: join(folder, "dist") });
      const sizes = (Object.keys(subscriptions) as FunctionName[]).map(
        (name) => [name, kilobytes(statSync(join(bundleOf(name), "index.mjs")).size)] as const,
      );
      const sizeOf = new Map<string, number>(sizes);
      const paging = Math.max(sizeOf.get("send-page") ?? 0, sizeOf.get("send-notice") ?? 0);
      return {
        tables: [{ title: "KB of each bundle, minified", columns: ["function", "KB"], rows: sizes }],
        gates: [
          { name: "receive-alert, KB", value: sizeOf.get("receive-alert") ?? Number.NaN, atMost: 600 },
          { name: "the largest that pages, KB", value: paging, atMost: 1100 },
        ],
      };
    }),
};
