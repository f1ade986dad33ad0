// What the stores are asked to keep in tests: alerts and commits with nothing in them that the test does not name.
import type { RoutedAlert } from "../../functions/core/alert.ts";
import type { Commit } from "../../functions/ports.ts";

export const night = Date.UTC(2026, 10, 21, 3, 0, 0);

export const anAlert = (id: string, change: Partial<RoutedAlert> = {}): RoutedAlert => ({
  id,
  source: "generic",
  service: "checkout",
  correlation: "checkout",
  fingerprint: id,
  status: "firing",
  severity: "critical",
  title: "Checkout fails",
  labels: { place: "Frankfurt" },
  drill: false,
  copies: 1,
  ...change,
});

export const aCommit = (stream: Commit["stream"], change: Partial<Commit> = {}): Commit => ({
  stream,
  expected: 0,
  events: [{ type: "IncidentOpened" }],
  claims: [],
  nextDue: undefined,
  epoch: 0,
  summary: undefined,
  cause: undefined,
  drill: false,
  at: night,
  ...change,
});
