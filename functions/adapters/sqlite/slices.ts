// Long work is done in slices, and everybody else gets a turn between them.
import { setImmediate } from "node:timers/promises";

/** So many rows keep the loop for a few milliseconds. */
export const sliceLength = 500;

export async function inSlices<Item>(
  items: readonly Item[],
  work: (slice: readonly Item[]) => void,
): Promise<void> {
  for (let from = 0; from < items.length; from += sliceLength) {
    if (from > 0) await setImmediate();
    work(items.slice(from, from + sliceLength));
  }
}
