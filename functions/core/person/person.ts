// What the hub has learned of a person's contact methods. The config says how somebody is reached; this says which of
// those ways turned out to be closed.
import { type Aggregate, type Decision, nothing } from "../aggregate.ts";
import type { Envelope } from "../command.ts";
import type { EventMeta } from "../incident/events.ts";

/** `address` is a digest: a method whose address was mended in the config is a new one. */
export type PersonOrder =
  | {
      readonly type: "CloseMethod";
      readonly method: string;
      readonly address: string;
      readonly why: "bounced" | "opted-out";
    }
  | { readonly type: "ReopenMethod"; readonly method: string; readonly address: string };
export type PersonCommand = Envelope & PersonOrder;

export type PersonEvent = EventMeta &
  (
    | {
        readonly type: "MethodClosed";
        readonly method: string;
        readonly address: string;
        readonly why: "bounced" | "opted-out";
      }
    | { readonly type: "MethodReopened"; readonly method: string; readonly address: string }
  );

export interface PersonState {
  readonly closed: Readonly<
    Record<string, { readonly address: string; readonly why: "bounced" | "opted-out" }>
  >;
}

export interface PersonFacts {
  readonly configVersion: string;
}

/** Why this method at this address can't be used; undefined while it can. */
export function closedBecause(person: PersonState, method: string, address: string) {
  const closed = person.closed[method];
  return closed?.address === address ? closed.why : undefined;
}

function decide(person: PersonState, command: PersonCommand, facts: PersonFacts): Decision<PersonEvent> {
  const { method, address, at, actor: by, causeId } = command;
  const meta = { at, by, causeId, configVersion: facts.configVersion };
  const known = closedBecause(person, method, address);
  switch (command.type) {
    case "CloseMethod":
      if (known === command.why) return nothing;
      return { events: [{ ...meta, type: "MethodClosed", method, address, why: command.why }], claims: [] };
    case "ReopenMethod":
      if (known === undefined) return nothing;
      return { events: [{ ...meta, type: "MethodReopened", method, address }], claims: [] };
  }
}

function evolve(person: PersonState, event: PersonEvent): PersonState {
  const { [event.method]: _before, ...others } = person.closed;
  if (event.type === "MethodReopened") return { closed: others };
  return { closed: { ...others, [event.method]: { address: event.address, why: event.why } } };
}

export const person: Aggregate<PersonState, PersonCommand, PersonEvent, never, PersonFacts> = {
  schema: 1,
  initial: { closed: {} },
  evolve,
  needs: () => [],
  decide,
  nextDue: () => undefined,
  epoch: () => 0,
  summary: () => undefined,
  drill: () => false,
};
