// How much a bot may say: windows that slide over the simulator's clock, per conversation and in all.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit

export interface Window {
  readonly ms: number;
  readonly most: number;
}

export type Paced = "send" | "create" | "members" | "channels";

export interface Rates {
  /** Per bot and conversation: a chat, or a channel with all its threads. */
  readonly each: Readonly<Record<Paced, readonly Window[]>>;
  /** Per app and tenant, whatever is asked. */
  readonly all: readonly Window[];
}

const windows = (
  ...[second, two, thirty, hour]: readonly [number, number, number, number]
): readonly Window[] => [
  { ms: 1_000, most: second },
  { ms: 2_000, most: two },
  { ms: 30_000, most: thirty },
  { ms: 3_600_000, most: hour },
];

export const documentedRates: Rates = {
  each: {
    send: windows(7, 8, 60, 1_800),
    create: windows(7, 8, 60, 1_800),
    members: windows(14, 16, 120, 3_600),
    channels: windows(14, 16, 120, 3_600),
  },
  all: [{ ms: 1_000, most: 50 }],
};

export const noRates: Rates = { each: { send: [], create: [], members: [], channels: [] }, all: [] };

/** Takes a request, or says after how many milliseconds there is room for it. What is refused takes up no room. */
export function limiter(now: () => number) {
  const taken = new Map<string, number[]>();

  return (asked: readonly { readonly key: string; readonly windows: readonly Window[] }[]): number => {
    const at = now();
    const waits = asked.flatMap(({ key, windows: limits }) =>
      limits.map(({ ms, most }) => {
        const inside = (taken.get(key) ?? []).filter((instant) => instant > at - ms);
        const leaving = inside.at(-most);
        return leaving === undefined ? 0 : leaving + ms - at;
      }),
    );
    const wait = Math.max(0, ...waits);
    if (wait > 0) return wait;
    for (const { key, windows: limits } of asked) {
      const longest = Math.max(0, ...limits.map(({ ms }) => ms));
      taken.set(key, [...(taken.get(key) ?? []).filter((instant) => instant > at - longest), at]);
    }
    return 0;
  };
}
