// Snapshots: a stream's state at a version, compressed, beside its events. The head points at the newest one, and only
// once all of it is written, so that a crash on the way leaves the stream as it was.
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { StreamId } from "../../core/aggregate.ts";
import type { Access } from "./access.ts";
import { get, getAll, put, remove, update } from "./items.ts";
import { headKey, snapshotKey } from "./keys.ts";
import { inParallel } from "./parallel.ts";
import type { Item } from "./refused.ts";

export interface Pointer {
  readonly version: number;
  readonly schema: number;
  readonly parts: number;
}

const compress = promisify(gzip);
const expand = promisify(gunzip);
/** Under the 400 KB of an item. */
const partSize = 350_000;

/** An older shape never takes the place of a newer one, nor an older version that of a newer. */
const newer =
  "attribute_exists(#pk) AND (attribute_not_exists(#snapshot) OR #snapshot.#schema < :schema" +
  " OR (#snapshot.#schema = :schema AND #snapshot.#version < :version))";

export async function saveSnapshot(
  access: Access,
  stream: StreamId,
  version: number,
  schema: number,
  state: unknown,
): Promise<void> {
  const bytes = await compress(JSON.stringify(state));
  const parts = Math.ceil(bytes.length / partSize);
  await inParallel([...Array(parts).keys()], (part) =>
    put(access, {
      ...snapshotKey(stream, version, schema, part),
      bytes: bytes.subarray(part * partSize, (part + 1) * partSize),
    }),
  );
  const pointer: Pointer = { version, schema, parts };
  const { done, before } = await update(access, headKey(stream), {
    set: { snapshot: pointer },
    condition: newer,
    values: { ":schema": schema, ":version": version },
  });
  const stale = pointerOf(done ? before : undefined);
  // One that nothing points at any more; a reader on the way to it reads the head again.
  if (stale !== undefined) await drop(access, stream, stale);
}

export const pointerOf = (head: Item | undefined): Pointer | undefined =>
  head?.["snapshot"] as Pointer | undefined;

/** Undefined when it went away since the head was read. */
export async function readSnapshot(
  access: Access,
  stream: StreamId,
  { version, schema, parts }: Pointer,
): Promise<{ readonly state: unknown } | undefined> {
  const keys = [...Array(parts).keys()].map((part) => snapshotKey(stream, version, schema, part));
  const [only] = keys;
  const found =
    keys.length === 1 && only !== undefined ? [await get(access, only)] : await getAll(access, keys);
  const items = found.filter((item) => item !== undefined);
  if (items.length < parts) return undefined;
  const bytes = items
    .toSorted((a, b) => ((a["sk"] as string) < (b["sk"] as string) ? -1 : 1))
    .map((item) => item["bytes"] as Uint8Array);
  return { state: JSON.parse((await expand(Buffer.concat(bytes))).toString()) };
}

const drop = (access: Access, stream: StreamId, { version, schema, parts }: Pointer): Promise<unknown> =>
  inParallel([...Array(parts).keys()], (part) => remove(access, snapshotKey(stream, version, schema, part)));
