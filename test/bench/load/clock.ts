// The machine's monotonic clock, the same for every process on it: what one stamps another may subtract.

export const microseconds = (): number => Number(process.hrtime.bigint() / 1000n);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until it is so; throws with `what` when that takes too long. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { within = 30_000, every = 50 } = {},
): Promise<void> {
  const end = Date.now() + within;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain until ${what}`);
    await sleep(every);
  }
}
