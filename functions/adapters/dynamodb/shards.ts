// Spreads what many write at once over a few partitions, in the table and in its indexes: one of them takes a thousand
// writes a second (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html).

export const shards: readonly number[] = [0, 1, 2, 3];

/** Always the same one for the same text. */
export function shardOf(text: string): number {
  let hash = 0;
  for (const letter of text) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash % shards.length;
}

export const anyShard = (): number => Math.floor(Math.random() * shards.length);
