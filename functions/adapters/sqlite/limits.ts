// DynamoDB's limits, kept on one machine as well, so that what works on a laptop works in the cloud.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
import type { Commit } from "../../ports.ts";

const itemBytes = 400 * 1024;
const transactionBytes = 4 * 1024 * 1024;
const transactionItems = 100;
/** A commit's events are cut into items near this size. */
const chunkBytes = 100 * 1000;

/** The text of a commit's events; throws when DynamoDB would not take the commit. */
export function eventsWithinLimits(commit: Commit): string {
  assertPlainJson(commit.events, "events");
  const text = JSON.stringify(commit.events);
  const bytes = Buffer.byteLength(text);
  const claims = new Set(commit.claims.map((claim) => claim.key)).size;
  const chunks = bytes <= chunkBytes ? 1 : countChunks(commit);
  const items = 1 + (commit.events.length === 0 ? 0 : chunks) + claims + (commit.cause ? 1 : 0);
  if (items > transactionItems) {
    throw new Error(
      `${commit.stream}: ${items} items in one commit, at most ${transactionItems}; continue in another`,
    );
  }
  const head = Buffer.byteLength(JSON.stringify({ ...commit, events: [] }));
  if (bytes + head > transactionBytes) {
    throw new Error(`${commit.stream}: ${bytes + head} bytes in one commit, at most ${transactionBytes}`);
  }
  return text;
}

function countChunks(commit: Commit): number {
  let chunks = 1;
  let filled = 0;
  for (const event of commit.events) {
    const bytes = Buffer.byteLength(JSON.stringify(event));
    if (bytes > itemBytes)
      throw new Error(`${commit.stream}: a ${event.type} of ${bytes} bytes, at most ${itemBytes}`);
    if (filled > 0 && filled + bytes > chunkBytes) {
      chunks += 1;
      filled = 0;
    }
    filled += bytes;
  }
  return chunks;
}

/** The text of one item's value. */
export function itemText(value: unknown, what: string): string {
  assertPlainJson(value, what);
  const text = JSON.stringify(value);
  if (text.length * 3 > itemBytes && Buffer.byteLength(text) > itemBytes) {
    throw new Error(`${what} has ${Buffer.byteLength(text)} bytes, an item at most ${itemBytes}`);
  }
  return text;
}

/** What would come back other than it was stored is refused where it is written. */
export function assertPlainJson(value: unknown, path: string): void {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value))
    return;
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) assertPlainJson(element, `${path}[${index}]`);
    return;
  }
  const prototype: unknown = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) throw new Error(`${path} is not plain JSON`);
  for (const [name, property] of Object.entries(value as object))
    assertPlainJson(property, `${path}.${name}`);
}
