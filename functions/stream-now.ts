// A stream as it stands, for whoever only looks.
import type { Aggregate, StreamId } from "./core/aggregate.ts";
import type { Journal, Loaded } from "./ports.ts";

export async function streamNow<State, Command, Event, Need, Facts>(
  aggregate: Aggregate<State, Command, Event, Need, Facts>,
  journal: Pick<Journal, "load">,
  stream: StreamId,
): Promise<State> {
  return replay(aggregate, await journal.load(stream, aggregate.schema));
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
