// Where the bot can speak, as it was last told: the address changes now and then, and an app can be taken away. What is
// learned a second time leaves no trace.
import { type Aggregate, beside, type Decision, nothing, type StreamId } from "../aggregate.ts";
import { type Duration, hours, type Instant } from "../time.ts";
import type { ConversationCommand, ConversationEvent, ConversationFact, Learned } from "./facts.ts";

/** `key` is a person's object id, or a channel's id. */
export const conversationStream = (key: string): StreamId => `conversation/${key}`;
/** By it a user principal name leads to the person's object id. */
export const chatNameKey = (name: string): string => `chat-name/${name}`;

export interface Conversation {
  /** Undefined where nothing is known yet. */
  readonly known: Learned | undefined;
  /** Nobody can be reached there until it is learned anew. */
  readonly lost: "uninstalled" | "gone" | undefined;
}

export interface ConversationFacts {
  readonly configVersion: string;
}

function decide(
  { known, lost }: Conversation,
  command: ConversationCommand,
  { configVersion }: ConversationFacts,
): Decision<ConversationEvent> {
  const { at, actor: by, causeId } = command;
  const told = (fact: ConversationFact): ConversationEvent => ({ ...fact, at, by, causeId, configVersion });
  switch (command.type) {
    case "Learn": {
      const learned = named(learnedOf(command), at);
      const next = merged(known, learned);
      if (lost === undefined && known !== undefined && same(known, next)) return nothing;
      return { events: [told({ type: "ConversationLearned", ...next })], claims: names(known, next) };
    }
    case "Lose":
      return known === undefined || lost !== undefined
        ? nothing
        : { events: [told({ type: "ConversationLost", why: command.why })], claims: [] };
    case "GiveUpName": {
      const name = known?.person?.name;
      if (name === undefined) return nothing;
      return {
        events: [told({ type: "NameGivenUp", name })],
        claims: [{ key: chatNameKey(name), change: "release" }],
      };
    }
  }
}

/** The chat has given the name just now. */
const named = (learned: Learned, namedAt: Instant): Learned =>
  learned.person?.name === undefined ? learned : { ...learned, person: { ...learned.person, namedAt } };

/** A name that is given again within this time leaves no trace. */
const sameNameFor: Duration = hours(1);

const learnedOf = ({ tenant, serviceUrl, conversation, person, team }: Learned): Learned => ({
  tenant,
  serviceUrl,
  ...(conversation === undefined ? {} : { conversation }),
  ...(person === undefined ? {} : { person }),
  ...(team === undefined ? {} : { team }),
});

/** What is not told now is as it was. */
const merged = (known: Learned | undefined, learned: Learned): Learned => ({
  ...known,
  ...learned,
  ...(learned.person === undefined ? {} : { person: { ...known?.person, ...learned.person } }),
});

const same = (one: Learned, other: Learned): boolean =>
  one.tenant === other.tenant &&
  one.serviceUrl === other.serviceUrl &&
  one.conversation === other.conversation &&
  one.team === other.team &&
  one.person?.id === other.person?.id &&
  one.person?.name === other.person?.name &&
  (other.person?.namedAt ?? 0) - (one.person?.namedAt ?? 0) < sameNameFor;

/** The name is held by one account at a time; whoever lost it to another has to give it up first. */
function names(before: Learned | undefined, now: Learned): Decision<never>["claims"] {
  const [old, name] = [before?.person?.name, now.person?.name];
  if (old === name) return [];
  return [
    ...(old === undefined ? [] : [{ key: chatNameKey(old), change: "release" } as const]),
    ...(name === undefined ? [] : [{ key: chatNameKey(name), change: "take", yields: true } as const]),
  ];
}

/** Whoever brings the app back gets a conversation that may be another one: it is learned, or asked for, anew. */
function withoutConversation(known: Learned | undefined): Learned | undefined {
  if (known === undefined) return undefined;
  const { conversation: _left, ...rest } = known;
  return rest;
}

function evolve(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case "ConversationLearned":
      return { known: learnedOf(event), lost: undefined };
    case "ConversationLost":
      return { known: withoutConversation(conversation.known), lost: event.why };
    case "NameGivenUp": {
      const { known } = conversation;
      return known?.person === undefined
        ? conversation
        : { ...conversation, known: { ...known, person: { id: known.person.id } } };
    }
  }
}

export const conversation: Aggregate<
  Conversation,
  ConversationCommand,
  ConversationEvent,
  never,
  ConversationFacts
> = {
  ...beside,
  schema: 2,
  initial: { known: undefined, lost: undefined },
  evolve,
  decide,
  nextDue: () => undefined,
};
