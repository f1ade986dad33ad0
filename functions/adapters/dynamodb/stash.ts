// A large delivery, kept in compressed chunks until accept-alerts has taken it. They do not expire: what was accepted
// stays until it is dealt with.
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { RoutedAlert } from "../../core/alert.ts";
import type { Instant } from "../../core/time.ts";
import type { Access } from "./access.ts";
import { unsettledFields } from "./alert-items.ts";
import { get, put } from "./items.ts";
import { stashKey } from "./keys.ts";
import { inChunks, inParallel } from "./parallel.ts";

const compress = promisify(gzip);
const expand = promisify(gunzip);

const mostAlerts = 100;
const mostBytes = 300_000;

export async function stashAlerts(
  access: Access,
  alerts: readonly RoutedAlert[],
  now: Instant,
): Promise<void> {
  const packed = await inParallel(inChunks(alerts, mostAlerts), pack);
  await inParallel(packed.flat(), (bytes) => {
    const ref = randomUUID();
    return put(access, { ...stashKey(ref), bytes, passedAt: now, ...unsettledFields(ref, now) });
  });
}

export async function readStash(access: Access, ref: string): Promise<readonly RoutedAlert[] | undefined> {
  const item = await get(access, stashKey(ref));
  if (item === undefined) return undefined;
  return JSON.parse((await expand(item["bytes"] as Uint8Array)).toString()) as readonly RoutedAlert[];
}

/** Halved until each part fits an item. */
async function pack(alerts: readonly RoutedAlert[]): Promise<readonly Uint8Array[]> {
  const bytes = await compress(JSON.stringify(alerts));
  if (bytes.length <= mostBytes) return [bytes];
  if (alerts.length === 1)
    throw new Error(
      `Alert ${alerts[0]?.id} has ${bytes.length} bytes; one item holds ${mostBytes}: bound it`,
    );
  const half = Math.ceil(alerts.length / 2);
  return [...(await pack(alerts.slice(0, half))), ...(await pack(alerts.slice(half)))];
}
