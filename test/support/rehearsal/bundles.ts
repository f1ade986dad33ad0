// The bytes that are deployed, made once for all nights of a test file.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FunctionName } from "../../../functions/subscriptions.ts";
import { bundleFunctions } from "../../../infra/bundle.ts";
import { packedConfig } from "../../../infra/packed-config.ts";

const folder = mkdtempSync(join(tmpdir(), "muster-rehearsal-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const built = bundleFunctions({ config: "muster.yaml", out: join(folder, "functions") });

/** Where each function's package lies, that of apply-config with this organisation. */
export async function packages(config: string): Promise<(name: FunctionName) => string> {
  const { bundleOf } = await built;
  const own = mkdtempSync(join(folder, "apply-config-"));
  cpSync(bundleOf("apply-config"), own, { recursive: true });
  writeFileSync(join(own, "muster.yaml"), packedConfig(config).text);
  return (name) => (name === "apply-config" ? own : bundleOf(name));
}
