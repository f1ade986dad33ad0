// The events of one commit as items of the table: one as a rule, several when they are many or large.
import type { StreamId } from "../../core/aggregate.ts";
import { commitKey, type ItemKey } from "./keys.ts";
import type { Item } from "./refused.ts";

/** Well under the 400 KB of an item, so that the stream's records, with which it travels, stay small. */
const partSize = 100_000;
const largestEvent = 390_000;

export interface CommitPart {
  readonly version: number;
  /** The place of its first event in the commit. */
  readonly first: number;
  readonly drill: boolean;
  readonly events: readonly { readonly type: string }[];
}

export function eventItems(
  stream: StreamId,
  version: number,
  drill: boolean,
  events: readonly { readonly type: string }[],
): readonly (ItemKey & Item)[] {
  const texts = events.map((event) => JSON.stringify(event));
  return parts(texts, stream).map(({ first, texts: some }, part) => ({
    ...commitKey(stream, version, part),
    version,
    first,
    drill,
    events: `[${some.join(",")}]`,
  }));
}

export const commitPart = (item: Item): CommitPart => ({
  version: item["version"] as number,
  first: item["first"] as number,
  drill: item["drill"] as boolean,
  events: JSON.parse(item["events"] as string) as CommitPart["events"],
});

function parts(texts: readonly string[], stream: StreamId): readonly { first: number; texts: string[] }[] {
  const made: { first: number; texts: string[] }[] = [];
  let room = 0;
  for (const [index, text] of texts.entries()) {
    const size = Buffer.byteLength(text);
    if (size > largestEvent)
      throw new Error(`An event of ${stream} has ${size} bytes; one item holds ${largestEvent}: shorten it`);
    const last = made.at(-1);
    if (last === undefined || size > room) {
      made.push({ first: index, texts: [text] });
      room = partSize - size;
    } else {
      last.texts.push(text);
      room -= size;
    }
  }
  return made;
}
