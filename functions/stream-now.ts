// A stream as it stands: for whoever only looks, and for whoever decides. What this process saw of it before is remembered,
// so that only what is new is read.
import type { Aggregate, StreamId } from "./core/aggregate.ts";
import { type Lru, lru } from "./core/lru.ts";
import type { Journal, Loaded } from "./ports.ts";

type Reading = Pick<Journal, "load">;

export async function streamNow<State, Command, Event, Need, Facts>(
  aggregate: Aggregate<State, Command, Event, Need, Facts>,
  journal: Reading,
  stream: StreamId,
): Promise<State> {
  return (await readStream(aggregate, journal, stream)).state;
}

export interface StreamRead<State> {
  readonly loaded: Loaded;
  readonly state: State;
  /** The version of the newest snapshot; 0 where there is none. */
  readonly snapshot: number;
}

export async function readStream<State, Command, Event, Need, Facts>(
  aggregate: Aggregate<State, Command, Event, Need, Facts>,
  journal: Reading,
  stream: StreamId,
): Promise<StreamRead<State>> {
  const known = rememberedOf<State>(journal);
  const before = known.get(stream);
  const loaded = await journal.load(stream, aggregate.schema, before?.version);
  const start = before?.version === loaded.after ? before.state : undefined;
  const state = replay(aggregate, loaded, start);
  const snapshot = loaded.snapshot?.version ?? (start === undefined ? 0 : (before?.snapshot ?? 0));
  if (loaded.version > 0) known.set(stream, { version: loaded.version, state, snapshot });
  return { loaded, state, snapshot };
}

/** `start` is the state at the version that the loaded events follow, where it was known. */
export const replay = <State, Command, Event, Need, Facts>(
  aggregate: Aggregate<State, Command, Event, Need, Facts>,
  { snapshot, events }: Pick<Loaded, "snapshot" | "events">,
  start?: State,
): State =>
  // Both were written by this aggregate: the journal keeps them as plain JSON.
  (events as readonly Event[]).reduce(
    aggregate.evolve,
    start ?? (snapshot?.state as State | undefined) ?? aggregate.initial,
  );

interface Remembered<State> {
  readonly version: number;
  readonly state: State;
  readonly snapshot: number;
}

/** A page is decided, carried and recorded within moments: whoever comes next reads only what is new since. */
const streamsRemembered = 100;
const memories = new WeakMap<object, Lru<StreamId, Remembered<unknown>>>();

/** One memory per journal, shared by all over it in this process. A stream belongs to one kind of aggregate. */
export function rememberedOf<State>(journal: Reading): Lru<StreamId, Remembered<State>> {
  const memory = memories.get(journal) ?? lru<StreamId, Remembered<unknown>>(streamsRemembered);
  memories.set(journal, memory);
  return memory as Lru<StreamId, Remembered<State>>;
}
