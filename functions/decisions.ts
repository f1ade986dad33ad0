// The dispatcher for each kind of stream, with the facts that its decisions ask for.
import { createHash } from "node:crypto";
import type { StreamId, StreamKind } from "./core/aggregate.ts";
import type { Envelope } from "./core/command.ts";
import type { Contact } from "./core/contact.ts";
import { type Conversation, conversation } from "./core/conversation/conversation.ts";
import type { ConversationCommand, ConversationEvent } from "./core/conversation/facts.ts";
import type { Facts, Need } from "./core/facts.ts";
import { incident } from "./core/incident/aggregate.ts";
import { codename } from "./core/incident/codenames.ts";
import type { IncidentCommand } from "./core/incident/commands.ts";
import type { IncidentEvent } from "./core/incident/events.ts";
import type { Incident } from "./core/incident/state.ts";
import { type Held, type HeldCommand, type HeldEvent, held } from "./core/limits/held.ts";
import type { Person } from "./core/organisation.ts";
import type { PersonCommand, PersonEvent } from "./core/person/facts.ts";
import { closedBecause, type PersonState, person } from "./core/person/person.ts";
import type { PostCommand, PostEvent } from "./core/post/facts.ts";
import { post } from "./core/post/post.ts";
import type { Post } from "./core/post/state.ts";
import type { SiteCommand, SiteEvent } from "./core/site/facts.ts";
import { chat, type Site, site } from "./core/site/site.ts";
import { addressDigest } from "./digest.ts";
import { type Directory, directory } from "./directory.ts";
import { type Dispatcher, dispatcher } from "./dispatcher.ts";
import type { Ports } from "./ports.ts";

export interface DecidingPorts extends Pick<Ports, "clock" | "mint" | "journal"> {
  /** `firing`: of those who take what monitoring says, and of the clock. */
  readonly members: Pick<Ports["members"], "anyFiring" | "count"> & Partial<Pick<Ports["members"], "firing">>;
  readonly configItems: Pick<Ports["configItems"], "pointer" | "item">;
}

export interface Decisions {
  readonly incidents: Dispatcher<Incident, IncidentCommand, IncidentEvent>;
  readonly people: People;
  readonly site: ChatStream;
  readonly directory: Directory;
}

export type People = Dispatcher<PersonState, PersonCommand, PersonEvent>;
export type Conversations = Dispatcher<Conversation, ConversationCommand, ConversationEvent>;
export type Posts = Dispatcher<Post, PostCommand, PostEvent>;
export type HeldCalls = Dispatcher<Held, HeldCommand, HeldEvent>;
export type ChatStream = Dispatcher<Site, SiteCommand, SiteEvent>;

type Journal = Pick<Ports["journal"], "load" | "append" | "saveSnapshot">;

type Version = () => Promise<string>;

export const peopleOf = (journal: Journal, version: Version): People =>
  dispatcher(person, journal, async () => ({ configVersion: await version() }));
export const conversationsOf = (journal: Journal, version: Version): Conversations =>
  dispatcher(conversation, journal, async () => ({ configVersion: await version() }));
export const postsOf = (journal: Journal, version: Version): Posts =>
  dispatcher(post, journal, async () => ({ configVersion: await version() }));
export const siteOf = (journal: Journal, version: Version): ChatStream =>
  dispatcher(site, journal, async () => ({ configVersion: await version() }));

export const heldCallsOf = (journal: Journal, version: Version): HeldCalls =>
  dispatcher(held, journal, async () => ({ configVersion: await version() }));

/** The order that every stream understands to which time has something to say. */
type PassTime = Envelope & { readonly type: "PassTime" };
type Clocked = Pick<Dispatcher<unknown, PassTime, { readonly type: string }>, "dispatch">;

interface Clockwork extends Pick<Decisions, "incidents" | "people" | "site"> {
  readonly posts: Posts;
  readonly heldCalls: HeldCalls;
}

/** Lets time pass for a stream, whatever its kind. Answers what happened. */
export async function passTime(
  house: Clockwork,
  stream: StreamId,
  order: PassTime,
): Promise<readonly { readonly type: string }[]> {
  const clocked: Readonly<Record<StreamKind, Clocked | undefined>> = {
    incident: house.incidents,
    person: house.people,
    site: house.site,
    line: undefined,
    held: house.heldCalls,
    provider: undefined,
    conversation: undefined,
    post: house.posts,
  };
  const kind = clocked[stream.split("/", 1)[0] as StreamKind];
  if (kind === undefined) throw new Error(`${stream} was woken, but time has nothing to say to its kind`);
  const dispatched = await kind.dispatch(stream, order);
  return dispatched.outcome === "done" ? dispatched.events : [];
}

export function decisions(ports: DecidingPorts): Decisions {
  const directoryNow = directory(ports.configItems, ports.clock);
  const people = peopleOf(ports.journal, () => directoryNow.version());
  const siteNow = siteOf(ports.journal, () => directoryNow.version());

  const contact = async (id: string): Promise<Contact | undefined> => {
    const [entry, learned] = await Promise.all([directoryNow.person(id), people.load(`person/${id}`)]);
    return entry === undefined ? undefined : contactOf(entry, learned.state);
  };

  const contacts = async (ids: readonly string[]): Promise<Record<string, Contact>> => {
    const found = await Promise.all([...new Set(ids)].map(contact));
    return Object.fromEntries(found.flatMap((one) => (one === undefined ? [] : [[one.person, one]])));
  };

  const gather = async (needs: readonly Need[], stream: StreamId, attempt: number): Promise<Facts> => {
    let facts: Facts = { configVersion: await directoryNow.version(), contacts: {}, codes: [] };
    for (const need of needs) facts = { ...facts, ...(await answer(need, stream, attempt, facts)) };
    return facts;
  };

  const answer = async (
    need: Need,
    stream: StreamId,
    attempt: number,
    facts: Facts,
  ): Promise<Partial<Facts>> => {
    switch (need.need) {
      case "plan": {
        const plan = await directoryNow.plan(need.service);
        if (plan === undefined) return {};
        const { levels, catchAll } = plan.policy;
        const targets = [...levels.flatMap((level) => level.targets), ...catchAll];
        return {
          plan,
          contacts: { ...facts.contacts, ...(await contacts(targets.map((target) => target.id))) },
        };
      }
      case "contacts":
        return { contacts: { ...facts.contacts, ...(await contacts(need.people)) } };
      case "codes":
        // One code that is taken fails the whole decision: where many are held, fewer are tried at once, and the people
        // without one are paged by the continuation.
        return { codes: distinct(Math.max(1, need.count >> attempt), () => ports.mint.code()) };
      case "signal": {
        const [firing, alerts] = await Promise.all([
          ports.members.anyFiring(stream),
          ports.members.count(stream),
        ]);
        return { signal: { firing, alerts } };
      }
      case "symptoms": {
        if (ports.members.firing === undefined)
          throw new Error(`${stream}: what fires was asked for by a function that may not look it up`);
        return { symptoms: await ports.members.firing(stream, symptomsLookedUp) };
      }
      case "codename":
        return { codename: codenameFor(() => ports.mint.id(), attempt) };
      case "chat": {
        const { state, version } = await siteNow.load(chat);
        // Nothing was ever wrong with it, or it is not there at all: either way nobody has to move.
        if (version === 0) return {};
        return {
          chat: state.name === "lost" ? { reachable: false, lostSince: state.since } : { reachable: true },
        };
      }
    }
  };

  const incidents = dispatcher(incident, ports.journal, gather);
  return { incidents, people, site: siteNow, directory: directoryNow };
}

function contactOf(entry: Person, learned: PersonState): Contact {
  const methods = entry.methods.map(({ id, channel, address }) => {
    const unusable = closedBecause(learned, id, addressDigest(address));
    return unusable === undefined ? { id, channel } : { id, channel, unusable };
  });
  return { person: entry.id, methods, steps: entry.steps };
}

/** More than an incident lists: some of them may be listed, and have ended. */
const symptomsLookedUp = 25;

/** So many names are tried before two are made into one: then most of them are taken. */
const singleNames = 20;

const codenameFor = (fresh: () => string, attempt: number): string =>
  attempt < singleNames ? codename(chanceOf(fresh())) : codename(chanceOf(fresh()), chanceOf(fresh()));

/** From 0 up to 1, out of a fresh name: its own letters begin with the time. */
const chanceOf = (name: string): number =>
  createHash("sha256").update(name).digest().readUInt32BE() / 2 ** 32;

/** Codes of one decision differ from each other, or it would take the same name twice. */
function distinct(count: number, make: () => string): readonly string[] {
  const made = new Set<string>();
  for (let tries = 0; made.size < count && tries < count * 10; tries++) made.add(make());
  return [...made];
}
