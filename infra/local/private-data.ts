// The folder with the store and the hub's key is for its owner only: it holds numbers, what people wrote, and the key of which
// PINs and links are made. Also when an earlier version, or a copy, left it open to others.
import { chmodSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../functions/log.ts";

const ownFiles: ReadonlySet<string> = new Set([
  "muster.db",
  "muster.db-wal",
  "muster.db-shm",
  "muster.db-journal",
  "hub-key.json",
]);
const forOthers = 0o077;

/** Makes the folder if it is not there. On Windows a folder of the user's is closed to others by what it inherits. */
export function keepPrivate(folder: string, log: Pick<Log, "warn">): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === "win32") return;
  const names = readdirSync(folder);
  for (const name of names) if (ownFiles.has(name)) tighten(join(folder, name), 0o600, log);
  // A folder with other things in it, such as a home or /tmp, is not ours to close; its files of ours are closed all the same.
  if (names.every((name) => ownFiles.has(name))) tighten(folder, 0o700, log);
}

function tighten(path: string, mode: number, log: Pick<Log, "warn">): void {
  const found = (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;
  if ((found & forOthers) === 0) return;
  const modes = { path, was: found.toString(8), is: mode.toString(8) };
  try {
    chmodSync(path, mode);
    log.warn("data was open to other users of this machine; closed", modes);
  } catch (error) {
    // Of another owner, or on a disk that keeps no modes. The hub still starts: it has to page.
    const reason = error instanceof Error && "code" in error ? error.code : String(error);
    log.warn("data is open to other users of this machine; close it by hand", { ...modes, reason });
  }
}
