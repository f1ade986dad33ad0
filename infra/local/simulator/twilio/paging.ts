// A page of a list, as Twilio's older API cuts it.
import { apiHost, apiVersion } from "./wire.ts";

export interface Listed<Item> {
  readonly all: readonly Item[];
  readonly accountSid: string;
  /** As it stands in the path and, in small letters, in the answer. */
  readonly name: string;
  readonly key: string;
  readonly show: (item: Item) => unknown;
}

export function pageOf<Item>(
  { all, accountSid, name, key, show }: Listed<Item>,
  query: URLSearchParams,
): Readonly<Record<string, unknown>> {
  const size = within(query.get("PageSize"), 50, 1, 1000);
  const page = within(query.get("Page"), 0, 0, 1_000_000);
  const start = page * size;
  const items = all.slice(start, start + size);
  // Twilio's document calls all four absolute, its examples show paths, and its clients put the host before the two that
  // they follow: so those are paths, and the others stand as the document has them.
  const uriOf = (number: number, host = ""): string => {
    const asked = new URLSearchParams(query);
    asked.set("PageSize", String(size));
    asked.set("Page", String(number));
    return `${host}/${apiVersion}/Accounts/${accountSid}/${name}.json?${asked.toString()}`;
  };
  return {
    end: Math.max(start + items.length - 1, 0),
    first_page_uri: uriOf(0, apiHost),
    next_page_uri: all.length > start + size ? uriOf(page + 1) : null,
    page,
    page_size: size,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
    [key]: items.map(show),
    start,
    uri: uriOf(page, apiHost),
  };
}

const within = (text: string | null, otherwise: number, least: number, most: number): number => {
  const number = Number.parseInt(text ?? "", 10);
  return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, least), most);
};

/** Twilio compares days; what has no date yet is in no day. */
export function onDays(query: URLSearchParams, name: string): (instant: number | undefined) => boolean {
  const [on, before, after] = [name, `${name}<`, `${name}>`].map((each) => query.get(each));
  const day = (text: string): string => text.slice(0, 10);
  return (instant) => {
    if (!on && !before && !after) return true;
    if (instant === undefined) return false;
    const then = day(new Date(instant).toISOString());
    return (!on || then === day(on)) && (!before || then <= day(before)) && (!after || then >= day(after));
  };
}
