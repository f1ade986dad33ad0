// An organisation as many small items: a page reads the few that it needs, however large the organisation is.
import type { Identity } from "./core/account/account.ts";
import type { Organisation } from "./core/organisation.ts";

export interface NumberHolder {
  readonly person: string;
  readonly method: string;
}

/** What a caller may choose by key, in this order. */
export type Subjects = readonly { readonly service: string; readonly name: string }[];

/** One of a list that tells no more than how it is called. */
export interface Listed {
  readonly id: string;
  readonly name: string;
}

/** What is too long for one item stands in several. */
export interface ChunkIndex {
  readonly chunks: number;
}

export const keys = {
  name: "organisation",
  person: (id: string) => `person/${id}`,
  policy: (id: string) => `policy/${id}`,
  service: (id: string) => `service/${id}`,
  source: (id: string) => `source/${id}`,
  account: (id: string) => `account/${id}`,
  number: (e164: string) => `number/${e164}`,
  /** Exact: two issuers, or two subjects, may differ in case only. */
  identity: ({ issuer, subject }: Identity) => `identity/${issuer}|${subject}`,
  signIn: (email: string) => `sign-in/${email.toLowerCase()}`,
  inChat: (address: string) => `in-chat/${address.toLowerCase()}`,
  line: "line",
  emergency: "emergency",
  callingCodes: "calling-codes",
  chat: "chat",
  people: "people",
  peopleChunk: (n: number) => `people/${n}`,
  services: "services",
  servicesChunk: (n: number) => `services/${n}`,
  routes: "routes",
  routeChunk: (n: number) => `routes/${n}`,
} as const;

// An item of the store holds at most 400 KB.
const mostPerItem = 500;
const largestItem = 300_000;

export function itemsOf(organisation: Organisation): ReadonlyMap<string, unknown> {
  const routes = chunked(organisation.routes);
  const people = chunked(listed(organisation.people));
  const services = chunked(listed(organisation.services));
  return new Map<string, unknown>([
    [keys.name, organisation.name],
    ...organisation.people.map((person) => [keys.person(person.id), person] as const),
    ...organisation.policies.map((policy) => [keys.policy(policy.id), policy] as const),
    ...organisation.services.map((service) => [keys.service(service.id), service] as const),
    ...organisation.sources.map((source) => [keys.source(source.id), source] as const),
    ...organisation.sources.flatMap(({ id, accounts }) =>
      accounts.map((account) => [keys.account(account), id] as const),
    ),
    ...organisation.people.flatMap(({ id, identities = [] }) =>
      identities.map((identity) => [keys.identity(identity), id] as const),
    ),
    ...organisation.people.flatMap(({ id, email }) =>
      email === undefined ? [] : [[keys.signIn(email), id] as const],
    ),
    ...[...holders(organisation)].map(([number, people]) => [keys.number(number), people] as const),
    [keys.line, subjects(organisation)],
    ...organisation.people.flatMap(({ id, methods }) =>
      methods.flatMap(({ channel, address }) =>
        channel === "teams" ? [[keys.inChat(address), id] as const] : [],
      ),
    ),
    [keys.emergency, organisation.emergency ?? {}],
    [keys.callingCodes, organisation.callingCodes],
    ...(organisation.chat === undefined ? [] : [[keys.chat, organisation.chat] as const]),
    [keys.people, { chunks: people.length } satisfies ChunkIndex],
    ...people.map((chunk, n) => [keys.peopleChunk(n), chunk] as const),
    [keys.services, { chunks: services.length } satisfies ChunkIndex],
    ...services.map((chunk, n) => [keys.servicesChunk(n), chunk] as const),
    [keys.routes, { chunks: routes.length } satisfies ChunkIndex],
    ...routes.map((chunk, n) => [keys.routeChunk(n), chunk] as const),
  ]);
}

const listed = (entries: readonly Listed[]): readonly Listed[] =>
  entries.map(({ id, name }) => ({ id, name })).toSorted((a, b) => (a.id < b.id ? -1 : 1));

const subjects = ({ line, services }: Organisation): Subjects =>
  line.map((service) => ({ service, name: services.find(({ id }) => id === service)?.name ?? service }));

function holders({ people }: Organisation): ReadonlyMap<string, readonly NumberHolder[]> {
  const found = new Map<string, NumberHolder[]>();
  for (const { id, methods } of people) {
    for (const { id: method, channel, address } of methods) {
      if (channel === "teams") continue;
      const holder = { person: id, method };
      const others = found.get(address);
      if (others === undefined) found.set(address, [holder]);
      else others.push(holder);
    }
  }
  return found;
}

function chunked<Entry>(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const chunks: Entry[][] = [];
  let size = 0;
  for (const entry of entries) {
    const bytes = JSON.stringify(entry).length * 3; // no character takes more than three bytes per UTF-16 unit
    const last = chunks.at(-1);
    if (last === undefined || last.length === mostPerItem || size + bytes > largestItem) {
      chunks.push([entry]);
      size = bytes;
    } else {
      last.push(entry);
      size += bytes;
    }
  }
  return chunks;
}
