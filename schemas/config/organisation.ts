// A config that passed every check, as core knows it: defaults filled in, keys as hashes only.
import { createHash } from "node:crypto";
import type { Identity } from "../../functions/core/account/account.ts";
import type { ChannelName, ContactStep } from "../../functions/core/contact.ts";
import type {
  ChatPlan,
  Emergency,
  Organisation,
  Person,
  SourceEntry,
} from "../../functions/core/organisation.ts";
import { type BridgeRule, defaultBridge, type Policy, type Target } from "../../functions/core/policy.ts";
import { commandRoles } from "../../functions/core/roles.ts";
import { type Duration, minutes } from "../../functions/core/time.ts";
import type { Config } from "../config.ts";
import { subjectOf } from "./identity.ts";
import { callingCodeOf, e164, waysOf } from "./people.ts";

export function organisationOf(config: Config): Organisation {
  const people = Object.entries(config.people).map(([id, person]) => personOf(id, person));
  return { ...everythingElse(config), people, callingCodes: callingCodes(people) };
}

/** Of the countries that people's phones belong to, in order. */
const callingCodes = (people: readonly Person[]): readonly string[] =>
  [
    ...new Set(
      people
        .flatMap(({ methods }) => methods)
        .flatMap(({ channel, address }) => (channel === "teams" ? [] : (callingCodeOf(address) ?? []))),
    ),
  ].toSorted();

const everythingElse = (config: Config): Omit<Organisation, "people" | "callingCodes"> => ({
  name: config.organisation,
  policies: Object.entries(config.policies).map(([id, policy]) => policyOf(id, policy)),
  services: Object.entries(config.services).map(([id, { name, importance, policy }]) => ({
    id,
    name,
    importance: importance ?? "normal",
    policy,
  })),
  sources: Object.entries(config.sources).map(([id, source]) => sourceOf(id, source)),
  routes: config.routing.map(({ source, labels, service, group_by }) => ({
    ...(source === undefined ? {} : { source }),
    labels: labels ?? {},
    service,
    groupBy: group_by ?? [],
  })),
  ...(config.emergency === undefined ? {} : { emergency: emergencyOf(config.emergency) }),
  ...(config.chat === undefined ? {} : { chat: chatOf(config.chat) }),
  line: config.line?.services ?? Object.keys(config.services).slice(0, keysForServices),
});

/** Nine is anything else, and zero is no key that anybody looks for. */
const keysForServices = 8;

/** The same content has the same version, whatever its order of names, comments or spelling. */
export const versionOf = (organisation: Organisation): string =>
  createHash("sha256").update(canonical(organisation)).digest("hex").slice(0, 20);

/** What is not urgent is written, and rings only when that was not answered: before the usual five minutes of a level end. */
const unhurried: Duration = minutes(3);

/** The chat comes first, and a text when it was not seen there. */
const soon: Duration = minutes(1);

type Rule = NonNullable<Config["people"][string]["rules"]>["high"];

function personOf(id: string, person: Config["people"][string]): Person {
  const ways = waysOf(person, []);
  const methods = ways.map(({ method, channel, address }) => ({
    id: method,
    channel,
    address: channel === "teams" ? address.trim().toLowerCase() : e164(address),
  }));
  const written = (rule: Rule): readonly ContactStep[] | undefined =>
    rule?.flatMap((step) => {
      const { method: named, after = 0 } = typeof step === "string" ? { method: step } : step;
      return ways
        .filter(({ method, phone }) => method === named || phone === named)
        .map(({ method, channel }) => ({ method, channel, after }));
    });
  const stepsAfter = (wait: (channel: ChannelName) => Duration): readonly ContactStep[] =>
    methods.map(({ id: method, channel }) => ({ method, channel, after: wait(channel) }));
  const has = (...some: readonly ChannelName[]) => methods.some(({ channel }) => some.includes(channel));
  const steps = {
    high: written(person.rules?.high) ?? stepsAfter(() => 0),
    low:
      written(person.rules?.low) ??
      stepsAfter((channel) => {
        if (channel === "voice") return has("sms", "teams") ? unhurried : 0;
        return channel === "sms" && has("teams") ? soon : 0;
      }),
  };
  return {
    id,
    name: person.name,
    ...(person.email === undefined ? {} : { email: person.email.toLowerCase() }),
    ...(person.identity === undefined ? {} : { identities: identitiesOf(person.identity) }),
    ...(person.language === undefined ? {} : { language: person.language }),
    timeZone: person.time_zone,
    methods,
    steps,
  };
}

const identitiesOf = (written: NonNullable<Config["people"][string]["identity"]>): readonly Identity[] =>
  [written].flat().map(({ issuer, subject }) => ({ issuer, subject: subjectOf(issuer, subject) }));

function policyOf(id: string, policy: Config["policies"][string]): Policy {
  const levels = policy.levels.map(({ page, within }) => ({
    targets: page.map(target),
    within: within ?? minutes(5),
  }));
  // Nobody named for the worst case: then it is everybody of the policy, rather than whoever happens to stand last.
  const everybody = [...new Set(policy.levels.flatMap(({ page }) => page))];
  return {
    id,
    levels,
    repeats: policy.repeats ?? 0,
    catchAll: (policy.catch_all ?? everybody).map(target),
    catchAllEvery: policy.catch_all_every ?? minutes(5),
    askAfter: policy.ask_after ?? minutes(15),
    resumeAfter: policy.resume_after ?? minutes(5),
    ...(policy.bridge === undefined ? {} : { bridge: bridgeOf(policy.bridge) }),
  };
}

const bridgeOf = ({
  opens,
  announce_every,
  record,
}: NonNullable<Config["policies"][string]["bridge"]>): BridgeRule => ({
  opens: opens ?? defaultBridge.opens,
  announceEvery: announce_every ?? defaultBridge.announceEvery,
  recorded: record ?? defaultBridge.recorded,
});

const emergencyOf = (written: NonNullable<Config["emergency"]>): Emergency =>
  Object.fromEntries(
    commandRoles.flatMap((role) => (written[role] === undefined ? [] : [[role, written[role]]])),
  );

const chatOf = ({ channel, team, own_channels }: NonNullable<Config["chat"]>): ChatPlan => ({
  channel,
  ...(team === undefined ? {} : { team: team.toLowerCase() }),
  ownChannels: own_channels ?? false,
});

const target = (id: string): Target => ({ kind: "person", id });

function sourceOf(id: string, source: Config["sources"][string]): SourceEntry {
  const keys = [source.key ?? []].flat().map((key) => createHash("sha256").update(key).digest("hex"));
  return {
    id,
    kind: source.kind,
    keyHashes: [...new Set([...keys, ...[source.key_sha256 ?? []].flat()])],
    accounts: source.accounts ?? [],
    drill: source.drill ?? false,
  };
}

const byId = (a: object, b: object): number => {
  const [left, right] = [a, b].map((item) => String((item as { readonly id?: string }).id ?? ""));
  return (left ?? "") < (right ?? "") ? -1 : 1;
};

/** The order of people, policies, services and sources says nothing; that of routes and levels does. */
function canonical({ people, policies, services, sources, ...rest }: Organisation): string {
  const sorted = {
    ...rest,
    people: people.toSorted(byId),
    policies: policies.toSorted(byId),
    services: services.toSorted(byId),
    sources: sources.toSorted(byId),
  };
  return JSON.stringify(sorted, (_name, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
