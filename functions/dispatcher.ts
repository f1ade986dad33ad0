// The one loop: load, decide, append; on a conflict all over again. Nothing else in Muster writes to a stream.
import type { Aggregate, Decision, StreamId } from "./core/aggregate.ts";
import type { Actor } from "./core/command.ts";
import type { Refusal } from "./core/refusal.ts";
import type { Instant } from "./core/time.ts";
import type { Journal } from "./ports.ts";
import { readStream, rememberedOf } from "./stream-now.ts";

/** Every so many commits the state is kept, so that loading does not grow with history. */
const snapshotEvery = 32;
/** A writer that loses this often is in a storm: the queue brings its order again. */
const attempts = 40;

export interface Current<State> {
  readonly state: State;
  readonly version: number;
  readonly epoch: number;
}

export type Dispatched<State, Event> =
  | { readonly outcome: "done"; readonly current: Current<State>; readonly events: readonly Event[] }
  | { readonly outcome: "refused"; readonly current: Current<State>; readonly refusal: Refusal }
  /** A name that this order needs is held by another stream, and the order belongs there. */
  | { readonly outcome: "yielded"; readonly to: StreamId };

type Writing = Pick<Journal, "load" | "append" | "saveSnapshot">;

interface Order {
  readonly id: string;
  readonly at: Instant;
  readonly actor: Actor;
}

export interface Dispatcher<State, Command, Event> {
  load(stream: StreamId): Promise<Current<State>>;
  dispatch(stream: StreamId, command: Command): Promise<Dispatched<State, Event>>;
}

export function dispatcher<
  State,
  Command extends Order,
  Event extends { readonly type: string },
  Need,
  Facts,
>(
  aggregate: Aggregate<State, Command, Event, Need, Facts>,
  journal: Writing,
  /** `attempt` counts from 0: after a lost claim less may be asked for at once. */
  gather: (needs: readonly Need[], stream: StreamId, attempt: number) => Promise<Facts>,
): Dispatcher<State, Command, Event> {
  const known = rememberedOf<State>(journal);
  const read = (stream: StreamId) => readStream(aggregate, journal, stream);

  return {
    async load(stream) {
      const { loaded, state } = await read(stream);
      return { state, version: loaded.version, epoch: loaded.epoch };
    },

    async dispatch(stream, command) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const { loaded, state, snapshot } = await read(stream);
        const facts = await gather(aggregate.needs(state, command), stream, attempt);
        const decision = aggregate.decide(state, command, facts);
        if (decision.events.length === 0) {
          return answer({ state, version: loaded.version, epoch: loaded.epoch }, decision);
        }
        const next = decision.events.reduce(aggregate.evolve, state);
        const epoch = aggregate.epoch(next);
        const committed = await journal.append({
          stream,
          expected: loaded.version,
          events: decision.events,
          claims: decision.claims,
          nextDue: aggregate.nextDue(next),
          epoch,
          summary: aggregate.summary(next),
          // The hub's own orders change nothing the second time; a person's may.
          cause: command.actor.kind === "hub" ? undefined : command.id,
          drill: aggregate.drill(next),
          at: command.at,
        });
        switch (committed.outcome) {
          case "committed": {
            const { version } = committed;
            const due = version - snapshot >= snapshotEvery;
            known.set(stream, { version, state: next, snapshot: due ? version : snapshot });
            if (due) await journal.saveSnapshot(stream, version, aggregate.schema, next);
            return answer({ state: next, version, epoch }, decision);
          }
          case "already-seen":
            return {
              outcome: "done",
              current: { state, version: loaded.version, epoch: loaded.epoch },
              events: [],
            };
          case "claim-lost":
            if (yields(decision, committed.key)) return { outcome: "yielded", to: committed.holder };
            break;
          case "conflict":
            break;
        }
      }
      throw new Error(`${stream} changed ${attempts} times while ${command.id} was being decided`);
    },
  };
}

const yields = (decision: Decision<unknown>, key: string): boolean =>
  decision.claims.some((claim) => claim.key === key && claim.yields === true);

const answer = <State, Event>(
  current: Current<State>,
  decision: Decision<Event>,
): Dispatched<State, Event> =>
  decision.refusal === undefined
    ? { outcome: "done", current, events: decision.events }
    : { outcome: "refused", current, refusal: decision.refusal };
