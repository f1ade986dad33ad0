// Parts that somebody else built and a machine may lack: their tests are skipped loudly there, or fail where they are required.
import { existsSync } from "node:fs";

/** `name` as MUSTER_REQUIRE lists it. */
export function isMissing(name: string, path: string, install: string): boolean {
  if (existsSync(path)) return false;
  const what = `there is no ${name} at ${path} (${install})`;
  if ((process.env["MUSTER_REQUIRE"] ?? "").split(",").includes(name)) {
    throw new Error(`MUSTER_REQUIRE names ${name}, but ${what}`);
  }
  console.warn(`SKIPPED: ${what}`);
  return true;
}
