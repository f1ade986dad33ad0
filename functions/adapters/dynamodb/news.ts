// What a change of an item means to the rest of the house: entries for the bus, or a hint of when to look at a stream.
import type { StreamId } from "../../core/aggregate.ts";
import { alertEntry, type BusEntry, commitEntries, stashEntry } from "../../core/bus.ts";
import type { FeedNews } from "../../ports.ts";
import { recordFrom } from "./alert-items.ts";
import { commitPart } from "./event-items.ts";
import type { Item } from "./refused.ts";

/** `before` is undefined for an item that is new. */
export function newsOf(item: Item, before: Item | undefined): FeedNews {
  switch (String(item["sk"]).split("#", 1)[0]) {
    case "commit":
      return { entries: before === undefined ? commitNews(item) : [] };
    case "head":
      return { entries: [], ...hintOf(item, before) };
    case "alert":
      return { entries: announced(item, before) ? [alertEntry(recordFrom(item))] : [] };
    case "stash":
      return { entries: before === undefined || announced(item, before) ? [stashEntry(stashRef(item))] : [] };
    case "redrive":
      return { entries: JSON.parse(item["entries"] as string) as readonly BusEntry[] };
    case "pulse":
      return { entries: [], pulse: item["at"] as number };
    default:
      return { entries: [] };
  }
}

function commitNews(item: Item): readonly BusEntry[] {
  const { version, first, drill, events } = commitPart(item);
  return commitEntries(item["pk"] as StreamId, version, drill, events, first);
}

const stashRef = ({ pk }: Item): string => String(pk).slice("stash#".length);

const announced = (item: Item, before: Item | undefined): boolean =>
  item["announced"] !== undefined && item["announced"] !== before?.["announced"];

function hintOf(item: Item, before: Item | undefined): Pick<FeedNews, "hint"> {
  const due = item["due"] as number | undefined;
  if (due === undefined || due === before?.["due"]) return {};
  return { hint: { stream: item["pk"] as StreamId, due } };
}
