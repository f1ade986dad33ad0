// A config that passed every check, as core knows it: defaults filled in, keys as hashes only.
import { createHash } from "node:crypto";
import type { ContactStep } from "../../functions/core/contact.ts";
import type { Organisation, Person, SourceEntry } from "../../functions/core/organisation.ts";
import type { Policy, Target } from "../../functions/core/policy.ts";
import { minutes } from "../../functions/core/time.ts";
import type { Config } from "../config.ts";
import { e164, waysOf } from "./people.ts";

export const organisationOf = (config: Config): Organisation => ({
  name: config.organisation,
  people: Object.entries(config.people).map(([id, person]) => personOf(id, person)),
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
});

/** The same content has the same version, whatever its order of names, comments or spelling. */
export const versionOf = (organisation: Organisation): string =>
  createHash("sha256").update(canonical(organisation)).digest("hex").slice(0, 20);

function personOf(id: string, person: Config["people"][string]): Person {
  const methods = waysOf(person, []).map(({ method, channel, address }) => ({
    id: method,
    channel,
    address: e164(address),
  }));
  const together = methods.map(({ id: method, channel }) => ({ method, channel, after: 0 }));
  const steps = (rule: NonNullable<Config["people"][string]["rules"]>["high"]): readonly ContactStep[] =>
    rule?.flatMap((written) => {
      const { method, after } = typeof written === "string" ? { method: written, after: 0 } : written;
      const known = methods.find((candidate) => candidate.id === method);
      return known === undefined ? [] : [{ method, channel: known.channel, after: after ?? 0 }];
    }) ?? together;
  return {
    id,
    name: person.name,
    ...(person.email === undefined ? {} : { email: person.email.toLowerCase() }),
    timeZone: person.time_zone,
    methods,
    steps: { high: steps(person.rules?.high), low: steps(person.rules?.low) },
  };
}

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
  };
}

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
