// Organisations for benchmarks: as many services as are asked for, each with somebody on call, and a label by which every
// alert can be made an incident of its own. JSON is YAML.

export const intakeKey = "benchmark-key-000001";

interface Wanted {
  /** Each has its own service, policy and phone; at most 90 numbers are reserved for fiction here. */
  readonly people?: number;
  /** How many of them are paged together by each service's first level. */
  readonly together?: number;
  readonly within?: string;
}

export const phoneOf = (person: number): string => `+120255501${String(person).padStart(2, "0")}`;
export const serviceOf = (index: number): string => `service-${index}`;

export function organisation({ people = 2, together = 1, within = "30m" }: Wanted = {}): string {
  const all = Array.from({ length: people }, (_, index) => index);
  const person = (index: number) => `person-${index % people}`;
  const named = <Value>(name: string, value: (index: number) => Value): Record<string, Value> =>
    Object.fromEntries(all.map((index) => [`${name}-${index}`, value(index)]));
  return JSON.stringify({
    organisation: "Benchmark",
    people: named("person", (index) => ({
      name: `Person ${index}`,
      time_zone: "Europe/London",
      sms: phoneOf(index),
    })),
    policies: named("policy", (index) => ({
      levels: [
        { page: Array.from({ length: together }, (_, next) => person(index + next)), within },
        { page: [person(index + together)], within: "1h" },
      ],
      catch_all: [person(index)],
    })),
    services: named("service", (index) => ({ name: `Service ${index}`, policy: `policy-${index}` })),
    sources: { bench: { kind: "generic", key: intakeKey } },
    routing: [
      ...all.map((index) => ({
        labels: { service: serviceOf(index) },
        service: serviceOf(index),
        group_by: ["group"],
      })),
      { service: serviceOf(0) },
    ],
  });
}

export interface BenchAlert {
  /** Stands in its title, and so in the page about it. */
  readonly mark: string;
  /** Alerts of one group are one incident. */
  readonly group: string;
  readonly service?: string;
}

/** The generic source's form. */
export const alertBody = (alerts: readonly BenchAlert[]): string =>
  JSON.stringify({
    alerts: alerts.map(({ mark, group, service = serviceOf(0) }) => ({
      title: `High error rate ${mark}`,
      service,
      severity: "critical",
      dedup_key: mark,
      labels: { group },
    })),
  });

/** Marks of one run; letters and digits only, so that they come through every encoding as they are. */
export function marker(name: string): (index: number) => string {
  const run = name.replaceAll(/[^a-z0-9]/g, "") + Date.now().toString(36);
  return (index) => `mark-${run}-${index}`;
}
