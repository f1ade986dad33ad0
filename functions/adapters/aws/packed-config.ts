// The config file that a deployment packed beside the code of apply-config.
import { readFile } from "node:fs/promises";
import type { ConfigAsset } from "../../ports.ts";

export const packedConfig = (path: string): ConfigAsset => ({
  async read() {
    try {
      return await readFile(path, "utf8");
    } catch (cause) {
      throw new Error(`The deployment brought no config at ${path}`, { cause });
    }
  },
});
