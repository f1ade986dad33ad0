// The one table's shape, stated once: the cloud picture creates it, the store reads and writes it. Every index is
// sparse and holds keys only, so that a write that does not touch an index's attributes costs nothing there.

interface Key {
  readonly name: string;
  readonly type: "S" | "N";
}

export const table = {
  partition: { name: "pk", type: "S" },
  sort: { name: "sk", type: "S" },
  /** Seconds since the epoch; whoever reads treats an item past it as gone, for it may lie there for days. */
  ttl: "expires",
  stream: "NEW_AND_OLD_IMAGES",
  /** What the feed tells the relay of: items by their sort key, or by its beginning where that ends with "#". */
  heard: ["commit#", "head", "alert", "stash", "redrive", "pulse"],
  indexes: {
    /** Streams that time has something to say to, by when. */
    due: { partition: { name: "dueShard", type: "S" }, sort: { name: "due", type: "N" } },
    /** Incidents, open or ended, by when they were opened. */
    listing: { partition: { name: "listed", type: "S" }, sort: { name: "openedAt", type: "N" } },
    /** Alerts that fire in an incident, the gravest first and those of one symptom together. */
    members: { partition: { name: "memberOf", type: "S" }, sort: { name: "gravity", type: "S" } },
  },
} as const satisfies {
  readonly partition: Key;
  readonly sort: Key;
  readonly ttl: string;
  readonly stream: string;
  readonly heard: readonly string[];
  readonly indexes: Record<string, { readonly partition: Key; readonly sort?: Key }>;
};
