// What the contract is held against, and the plainest commits and alerts to hold it with.
import { expect } from "vitest";
import type { StreamId, Summary } from "../../../functions/core/aggregate.ts";
import type { RoutedAlert } from "../../../functions/core/alert.ts";
import type { BusEntry } from "../../../functions/core/bus.ts";
import type { Commit, Ports } from "../../../functions/ports.ts";

export type Store = Pick<
  Ports,
  | "journal"
  | "claims"
  | "timers"
  | "incidents"
  | "alerts"
  | "members"
  | "leases"
  | "configItems"
  | "deadLetters"
>;

export interface StoreUnderTest extends Store {
  /** Everything published so far, in any order, perhaps more than once. */
  feed(): Promise<readonly BusEntry[]>;
  close(): Promise<void>;
}

export type OpenStore = () => Promise<StoreUnderTest>;

/** A Saturday night. */
export const night = Date.UTC(2026, 10, 21, 2, 0);

let made = 0;
export const aName = (kind: string): string => `${kind}-${++made}`;
export const aStream = (): StreamId => `incident/${aName("i")}`;

export const aCommit = (stream: StreamId, expected: number, more: Partial<Commit> = {}): Commit => ({
  stream,
  expected,
  events: [{ type: "IncidentOpened" }],
  claims: [],
  nextDue: undefined,
  epoch: 0,
  summary: undefined,
  cause: undefined,
  drill: false,
  at: night,
  ...more,
});

export const aSummary = (more: Partial<Summary> = {}): Summary => ({
  state: "open",
  openedAt: night,
  title: "checkout answers with 500",
  service: "checkout",
  severity: "critical",
  phase: "triage",
  drill: false,
  ...more,
});

export const anAlert = (more: Partial<RoutedAlert> = {}): RoutedAlert => ({
  id: aName("alert"),
  fingerprint: "f",
  status: "firing",
  severity: "critical",
  title: "checkout answers with 500",
  labels: { instance: "web-1" },
  source: "alertmanager",
  service: "checkout",
  correlation: "checkout",
  drill: false,
  copies: 1,
  ...more,
});

/** `count` events of about `bytes` each, told apart by `from`. */
export const events = (
  count: number,
  from = 0,
  bytes = 20,
): readonly { type: string; n: number; text: string }[] =>
  Array.from({ length: count }, (_, n) => ({ type: "CommandRefused", n: from + n, text: "x".repeat(bytes) }));

/** The feed promises neither order nor once. */
export const asSet = (entries: readonly BusEntry[]): readonly BusEntry[] =>
  [...new Map(entries.map((entry) => [entry.id, entry])).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));

export async function committed(append: Promise<{ readonly outcome: string }>): Promise<void> {
  expect(await append).toMatchObject({ outcome: "committed" });
}

export const times = <Answer>(
  count: number,
  act: (n: number) => Promise<Answer>,
): Promise<readonly Answer[]> => Promise.all(Array.from({ length: count }, (_, n) => act(n)));
