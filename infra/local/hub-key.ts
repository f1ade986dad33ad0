// The hub's own key on one machine: made at random when it is first needed, and kept beside the data, for its owner's eyes.
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type HubKey, readHubKey } from "../../functions/adapters/hub-key/hub-key.ts";

export function keptHubKey(data: string): () => Promise<HubKey> {
  const file = join(data, "hub-key.json");
  const made = JSON.stringify({ key: randomBytes(32).toString("base64") });
  try {
    writeFileSync(file, made, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const key = readHubKey(JSON.parse(readFileSync(file, "utf8")));
  return () => Promise.resolve(key);
}
