// What the hub has learned of a person, and what it has handed out. The config says how somebody is reached; this says
// which of those ways turned out to be closed or are refused by a carrier, and which card this person holds.
import { type Aggregate, beside, type Decision, nothing } from "../aggregate.ts";
import type { Instant } from "../time.ts";
import { type Card, evolveCard, recordCard, retryCard, wantCard } from "./card.ts";
import type { Closed, PersonCommand, PersonEvent, PersonFact } from "./facts.ts";
import { evolveRefusals, judgeRefusal, type Refusals } from "./refusals.ts";

export interface PersonState {
  readonly closed: Readonly<Record<string, { readonly address: string; readonly why: Closed }>>;
  readonly refusals: Refusals;
  /** The newest that was wanted. */
  readonly card: Card | undefined;
}

export interface PersonFacts {
  readonly configVersion: string;
}

/** Why this method at this address can't be used; undefined while it can. */
export function closedBecause(person: PersonState, method: string, address: string): Closed | undefined {
  const closed = person.closed[method];
  return closed?.address === address ? closed.why : undefined;
}

function decide(
  person: PersonState,
  command: PersonCommand,
  { configVersion }: PersonFacts,
): Decision<PersonEvent> {
  const { at, actor: by, causeId } = command;
  const fact = judge(person, command);
  return fact === undefined ? nothing : { events: [{ ...fact, at, by, causeId, configVersion }], claims: [] };
}

function judge(person: PersonState, command: PersonCommand): PersonFact | undefined {
  switch (command.type) {
    case "CloseMethod": {
      const { method, address, why } = command;
      return closedBecause(person, method, address) === why
        ? undefined
        : { type: "MethodClosed", method, address, why };
    }
    case "ReopenMethod": {
      const { method, address } = command;
      return closedBecause(person, method, address) === undefined
        ? undefined
        : { type: "MethodReopened", method, address };
    }
    case "RecordRefusal":
    case "RecordPassage":
      return judgeRefusal(person.refusals, command);
    case "WantCard":
      return wantCard(person.card, command.digest, command.roles, command.at);
    case "RecordCard":
      return recordCard(person.card, command.card, command.evidence, command.at);
    case "PassTime":
      return retryCard(person.card, command.at);
  }
}

function evolve(person: PersonState, event: PersonEvent): PersonState {
  switch (event.type) {
    case "MethodClosed":
      return {
        ...person,
        closed: { ...person.closed, [event.method]: { address: event.address, why: event.why } },
      };
    case "MethodReopened": {
      const { [event.method]: _before, ...others } = person.closed;
      return { ...person, closed: others };
    }
    case "MethodRefused":
    case "RefusalEnded":
      return { ...person, refusals: evolveRefusals(person.refusals, event, event.at) };
    case "CardWanted":
    case "CardHanded":
    case "CardFailed":
      return { ...person, card: evolveCard(person.card, event) };
  }
}

const nextDue = ({ card }: PersonState): Instant | undefined => card?.retryAt;

export const person: Aggregate<PersonState, PersonCommand, PersonEvent, never, PersonFacts> = {
  ...beside,
  schema: 3,
  initial: { closed: {}, refusals: {}, card: undefined },
  evolve,
  decide,
  nextDue,
};
