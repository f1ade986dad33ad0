// Long work is done in slices, and everybody else gets a turn between them.
import { setImmediate as aTurnOfOthers } from "node:timers/promises";

/** So many rows keep the loop for a few milliseconds. */
const sliceLength = 500;

export function* slices<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += sliceLength) yield items.slice(from, from + sliceLength);
}

export async function inSlices<Item>(
  items: readonly Item[],
  work: (slice: readonly Item[]) => void,
): Promise<void> {
  let first = true;
  for (const slice of slices(items)) {
    if (!first) await aTurnOfOthers();
    first = false;
    work(slice);
  }
}
