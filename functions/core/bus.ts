// What the store's feed says to the rest of the house: references by which a consumer loads the truth itself.

import type { StreamId } from "./aggregate.ts";
import type { AlertRecord } from "./alert.ts";

/** What the bus carries: a reference, never a payload. */
export interface BusEntry {
  /** The same for every repeat of the same news. */
  readonly id: string;
  readonly type: string;
  readonly detail: BusDetail;
}

export interface AlertDetailRef {
  readonly alert: string;
  readonly revision: number;
  readonly correlation: string;
  readonly drill: boolean;
}

export interface StashRef {
  readonly stash: string;
}

export interface EventRef {
  readonly stream: StreamId;
  readonly version: number;
  readonly index: number;
  /** What the event is about, by its name in the stream: a delivery, a notice, a page, a call … */
  readonly ref?: string;
  readonly drill: boolean;
}

export type BusDetail = AlertDetailRef | StashRef | EventRef;

export const alertEntry = (record: AlertRecord): BusEntry => ({
  // passedAt tells one handing-on of a revision from the next.
  id: `${record.id}.${record.revision}.${record.passedAt}`,
  type: "AlertAccepted",
  detail: {
    alert: record.id,
    revision: record.revision,
    correlation: record.correlation,
    drill: record.drill,
  },
});

export const stashEntry = (stash: string): BusEntry => ({
  id: stash,
  type: "AlertsStashed",
  detail: { stash },
});

/** One entry per event of a commit, named by stream, version and index; `first` is the place of the first one given. */
export const commitEntries = (
  stream: StreamId,
  version: number,
  drill: boolean,
  events: readonly { readonly type: string }[],
  first = 0,
): readonly BusEntry[] =>
  events.map((event, place) => {
    const index = first + place;
    const ref = referenceOf(event);
    return {
      id: `${stream}.${version}.${index}`,
      type: event.type,
      detail: { stream, version, index, drill, ...(ref === undefined ? {} : { ref }) },
    };
  });

function referenceOf(event: object): string | undefined {
  for (const name of ["delivery", "notice", "page", "callIn", "control", "announcement", "card"] as const) {
    const value: unknown = name in event ? (event as Record<string, unknown>)[name] : undefined;
    if (typeof value === "string") return value;
  }
  return undefined;
}
