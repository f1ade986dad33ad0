// The shape that everything with a history has: decide is the judge, evolve the clerk, needs the list of questions.
import type { Refusal } from "./refusal.ts";
import type { Instant } from "./time.ts";

/** `kind/id`, for example `incident/01J…` or `person/ada`. */
export type StreamId = `${StreamKind}/${string}`;
export type StreamKind =
  | "incident"
  | "person"
  | "provider"
  | "site"
  | "line"
  | "held"
  | "conversation"
  | "post";

/** As the world outside names an incident: without the kind. */
export const incidentId = (stream: StreamId): string => stream.slice("incident/".length);

/** A name that one stream at a time may hold; taken and given back with the events that say why. */
export interface ClaimChange {
  readonly key: string;
  readonly change: "take" | "release";
  /** What a holder wants to be found by. */
  readonly detail?: string;
  /** Losing it means that this belongs to its holder: the order goes back to whoever gave it. Otherwise it is decided anew. */
  readonly yields?: true;
  /** Taking: it lapses then by itself. Releasing: it stays out of others' reach until then. Left out: for good, at once. */
  readonly until?: Instant;
}

export interface Decision<Event> {
  readonly events: readonly Event[];
  readonly claims: readonly ClaimChange[];
  /** Set when the order was not carried out; its events, if any, put that on the timeline. */
  readonly refusal?: Refusal;
}

/** The line by which a stream is found in a list. */
export interface Summary {
  readonly state: "open" | "ended";
  readonly openedAt: Instant;
  readonly title: string;
  readonly service: string;
  readonly severity: string;
  readonly phase: string;
  readonly drill: boolean;
  readonly owner?: string;
  /** From its declaration on. */
  readonly codename?: string;
}

export interface Aggregate<State, Command, Event, Need, Facts> {
  /** Raised when the shape of State changes, so that older snapshots are passed over. */
  readonly schema: number;
  readonly initial: State;
  // Properties, not methods: they need no `this`, and may be handed to reduce as they are.
  readonly evolve: (state: State, event: Event) => State;
  needs(state: State, command: Command): readonly Need[];
  decide(state: State, command: Command, facts: Facts): Decision<Event>;
  /** When time itself has something to say to this stream; undefined when it has not. */
  nextDue(state: State): Instant | undefined;
  /** Changes whenever a delivery that was allowed before may not be any more. */
  epoch(state: State): number;
  summary(state: State): Summary | undefined;
  drill(state: State): boolean;
}

export const nothing: Decision<never> = { events: [], claims: [] };

/** Of a stream beside the incidents: it has no questions, stops no delivery, stands in no list and is never a drill. */
export const beside = {
  needs: () => [],
  epoch: () => 0,
  summary: () => undefined,
  drill: () => false,
} as const satisfies Partial<Aggregate<unknown, unknown, unknown, never, unknown>>;
