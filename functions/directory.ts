// Reads the organisation as it is applied now: who somebody is, where an alert goes, who answers for a service. Items
// never change under one version, so they are remembered; only the pointer is looked up again.

import type { Identity } from "./core/account/account.ts";
import { lru } from "./core/lru.ts";
import type { ChatPlan, Emergency, Person, Route, Service, SourceEntry } from "./core/organisation.ts";
import type { Policy, ServicePlan } from "./core/policy.ts";
import { type Instant, seconds } from "./core/time.ts";
import {
  type ChunkIndex,
  keys,
  type Listed,
  type NumberHolder,
  type Subjects,
} from "./organisation-items.ts";
import type { Clock, ConfigItems } from "./ports.ts";

export interface Directory {
  version(): Promise<string>;
  organisationName(): Promise<string>;
  emergency(): Promise<Emergency>;
  /** Of the countries that people's phones belong to, without the plus. */
  callingCodes(): Promise<readonly string[]>;
  source(id: string): Promise<SourceEntry | undefined>;
  /** The source that takes the alarms of this AWS account. */
  sourceOfAccount(account: string): Promise<SourceEntry | undefined>;
  /** All people, by their ids. */
  everybody(): Promise<readonly Listed[]>;
  /** All services, by their ids. */
  services(): Promise<readonly Listed[]>;
  routes(): Promise<readonly Route[]>;
  /** What whoever calls for help may choose by key. */
  subjects(): Promise<Subjects>;
  /** Undefined for a service that the config does not know, or not any more. */
  plan(service: string): Promise<ServicePlan | undefined>;
  person(id: string): Promise<Person | undefined>;
  /** The person with one of these accounts. */
  personByIdentity(identities: readonly Identity[]): Promise<Person | undefined>;
  /** The person with this e-mail address. */
  personBySignIn(email: string): Promise<Person | undefined>;
  /** The person with one of these in the chat: an object id, a user principal name. */
  personInChat(addresses: readonly string[]): Promise<Person | undefined>;
  /** Where incidents are shown in the chat; undefined where nobody said. */
  chat(): Promise<ChatPlan | undefined>;
  peopleByNumber(e164: string): Promise<readonly NumberHolder[]>;
  /** The name of each; the id itself for whoever is gone from the config. */
  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

const pointerLasts = seconds(2);
const itemsRemembered = 5000;
/** In bytes: names come from outside, and the store takes 1024. */
const longestKey = 500;

export function directory(configItems: Pick<ConfigItems, "pointer" | "item">, clock: Clock): Directory {
  const remembered = lru<string, Promise<unknown>>(itemsRemembered);
  let pointer: { readonly version: Promise<string | undefined>; readonly at: Instant } | undefined;

  async function version(): Promise<string> {
    const now = clock.now();
    if (pointer === undefined || now - pointer.at >= pointerLasts || now < pointer.at) {
      pointer = { version: configItems.pointer(), at: now };
    }
    const looking = pointer;
    try {
      const found = await looking.version;
      if (found !== undefined) return found;
    } catch (error) {
      if (pointer === looking) pointer = undefined;
      throw error;
    }
    pointer = undefined;
    throw new Error("No config is applied yet; deploy one, or start the hub with --config FILE");
  }

  async function item<Item>(key: string): Promise<Item | undefined> {
    if (Buffer.byteLength(key) > longestKey) return undefined;
    const at = await version();
    const name = `${at} ${key}`;
    const known = remembered.get(name);
    if (known !== undefined) return known as Promise<Item | undefined>;
    const reading = configItems.item(at, key);
    remembered.set(name, reading);
    reading.catch(() => remembered.delete(name)); // the caller gets the error itself; the next one reads again
    return reading as Promise<Item | undefined>;
  }

  const chunked = async <Entry>(index: string, chunk: (n: number) => string): Promise<readonly Entry[]> => {
    const length = (await item<ChunkIndex>(index))?.chunks ?? 0;
    const chunks = Array.from({ length }, (_, n) => item<readonly Entry[]>(chunk(n)));
    return (await Promise.all(chunks)).flatMap((entries) => entries ?? []);
  };

  const person = (id: string) => item<Person>(keys.person(id));

  /** The person under the first of these keys that the config has. */
  const firstPerson = async (names: readonly string[]): Promise<Person | undefined> => {
    const ids = await Promise.all(names.map((name) => item<string>(name)));
    const id = ids.find((found) => found !== undefined);
    return id === undefined ? undefined : person(id);
  };

  return {
    version,
    person,
    emergency: async () => (await item<Emergency>(keys.emergency)) ?? {},
    callingCodes: async () => (await item<readonly string[]>(keys.callingCodes)) ?? [],
    organisationName: async () => (await item<string>(keys.name)) ?? "",
    source: (id) => item<SourceEntry>(keys.source(id)),
    async sourceOfAccount(account) {
      const id = await item<string>(keys.account(account));
      return id === undefined ? undefined : item<SourceEntry>(keys.source(id));
    },
    everybody: () => chunked<Listed>(keys.people, keys.peopleChunk),
    services: () => chunked<Listed>(keys.services, keys.servicesChunk),
    routes: () => chunked<Route>(keys.routes, keys.routeChunk),
    subjects: async () => (await item<Subjects>(keys.line)) ?? [],
    async plan(id) {
      const service = await item<Service>(keys.service(id));
      if (service === undefined) return undefined;
      const policy = await item<Policy>(keys.policy(service.policy));
      if (policy === undefined)
        throw new Error(
          `Service ${id} names the policy ${service.policy}, which is not in the applied config; apply it again`,
        );
      return { service: service.id, name: service.name, importance: service.importance, policy };
    },
    personByIdentity: (identities) => firstPerson(identities.map(keys.identity)),
    personBySignIn: (email) => firstPerson([keys.signIn(email)]),
    personInChat: (addresses) => firstPerson(addresses.map(keys.inChat)),
    chat: () => item<ChatPlan>(keys.chat),
    peopleByNumber: async (e164) => (await item<readonly NumberHolder[]>(keys.number(e164))) ?? [],
    async names(ids) {
      const distinct = [...new Set(ids)];
      const people = await Promise.all(distinct.map(person));
      return new Map(distinct.map((id, n) => [id, people[n]?.name ?? id]));
    },
  };
}
