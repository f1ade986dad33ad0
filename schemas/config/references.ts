// Names in one part of the config that another part has to know, and routes that nothing can reach.
import { nearest } from "./nearest.ts";
import type { ConfigPath, Finding } from "./problem.ts";
import { entriesOf, fieldOf, itemsOf, namesOf } from "./raw.ts";

export function referenceFindings(root: unknown): readonly Finding[] {
  const part = (name: string) => fieldOf(root, name);
  const people = namesOf(part("people"));
  const policies = namesOf(part("policies"));
  const services = namesOf(part("services"));
  const sources = namesOf(part("sources"));
  return [
    ...entriesOf(part("policies")).flatMap(([id, policy]) =>
      policyFindings(policy, ["policies", id], people),
    ),
    ...entriesOf(part("services")).flatMap(([id, service]) =>
      unknown("policy", fieldOf(service, "policy"), ["services", id, "policy"], policies),
    ),
    ...routeFindings(itemsOf(part("routing")), services, sources),
    ...sourceFindings(part("sources")),
    ...lineFindings(fieldOf(part("line"), "services"), services),
  ];
}

function policyFindings(policy: unknown, path: ConfigPath, people: ReadonlySet<string>): readonly Finding[] {
  const named = (list: unknown, at: ConfigPath) => [
    ...itemsOf(list).flatMap((person, n) => unknown("person", person, [...at, n], people)),
    ...repeated(itemsOf(list), at),
  ];
  return [
    ...itemsOf(fieldOf(policy, "levels")).flatMap((level, n) =>
      named(fieldOf(level, "page"), [...path, "levels", n, "page"]),
    ),
    ...named(fieldOf(policy, "catch_all"), [...path, "catch_all"]),
  ];
}

const repeated = (
  list: readonly unknown[],
  at: ConfigPath,
  advice = "name everybody once",
): readonly Finding[] =>
  list.flatMap((name, n) =>
    typeof name === "string" && list.indexOf(name) < n
      ? [{ path: [...at, n], message: `"${name}" is named twice`, advice }]
      : [],
  );

function routeFindings(
  routes: readonly unknown[],
  services: ReadonlySet<string>,
  sources: ReadonlySet<string>,
): readonly Finding[] {
  const last = routes.length - 1;
  return routes.flatMap((route, n) => {
    const path = ["routing", n];
    const takesAll =
      fieldOf(route, "source") === undefined && entriesOf(fieldOf(route, "labels")).length === 0;
    return [
      ...unknown("service", fieldOf(route, "service"), [...path, "service"], services),
      ...unknown("source", fieldOf(route, "source"), [...path, "source"], sources),
      ...(n < last && takesAll
        ? [
            {
              path,
              message: "this route takes every alert, so that no route below it is ever reached",
              advice: "move it to the end",
            },
          ]
        : []),
      ...(n === last && !takesAll
        ? [
            {
              path,
              message: "the last route does not match every alert",
              advice: "add a final route with a service only, or alerts would be lost",
            },
          ]
        : []),
    ];
  });
}

const lineFindings = (list: unknown, services: ReadonlySet<string>): readonly Finding[] => [
  ...itemsOf(list).flatMap((service, n) => unknown("service", service, ["line", "services", n], services)),
  ...repeated(itemsOf(list), ["line", "services"], "name it once"),
];

function sourceFindings(sources: unknown): readonly Finding[] {
  const takers = new Map<string, string>();
  return entriesOf(sources).flatMap(([id, source]) => {
    const path = ["sources", id];
    const cloudwatch = fieldOf(source, "kind") === "cloudwatch";
    const accounts = fieldOf(source, "accounts");
    const keyed = fieldOf(source, "key") !== undefined || fieldOf(source, "key_sha256") !== undefined;
    const twice = itemsOf(accounts).flatMap((account, n) => {
      const name = String(account).padStart(12, "0");
      const taker = takers.get(name);
      if (taker === undefined) takers.set(name, id);
      return taker === undefined
        ? []
        : [
            {
              path: [...path, "accounts", n],
              message: `account ${name} is taken by the source "${taker}" already`,
              advice: "list it once",
            },
          ];
    });
    if (accounts !== undefined && !cloudwatch)
      return [
        {
          path: [...path, "accounts"],
          message: "only a cloudwatch source takes alarms of accounts",
          advice: "remove it",
        },
      ];
    if (keyed || (cloudwatch && accounts !== undefined)) return twice;
    const advice = cloudwatch
      ? "list its accounts, or give it a key"
      : "give it a key (`muster key` makes one)";
    return [{ path, atKey: true, message: `nothing can be sent to the source "${id}"`, advice }];
  });
}

function unknown(
  what: "person" | "policy" | "service" | "source",
  name: unknown,
  path: ConfigPath,
  known: ReadonlySet<string>,
): readonly Finding[] {
  if (typeof name !== "string" || known.has(name)) return [];
  const meant = nearest(name, known);
  const advice = meant === undefined ? `add it, or name another ${what}` : `did you mean "${meant}"?`;
  return [{ path, message: `there is no ${what} "${name}"`, advice }];
}
