// Where an alert belongs: the first route that matches names its service, and the labels that tell incidents apart make
// its correlation key. Alerts with the same key belong to one incident.
import type { Route } from "./organisation.ts";

interface Routable {
  readonly labels: Readonly<Record<string, string>>;
}

/** Undefined only for a list without a final route that matches everything; the config's check refuses such a list. */
export const routeOf = (routes: readonly Route[], source: string, alert: Routable): Route | undefined =>
  routes.find(
    (route) =>
      (route.source === undefined || route.source === source) &&
      Object.entries(route.labels).every(([name, pattern]) => {
        const value = labelOf(alert, name);
        return value !== undefined && matches(pattern, value);
      }),
  );

/**
 * `drill/` for a drill, the service, then `/label=value` for each label that groups. A real alert never shares a key with
 * a drill: service ids hold neither `/` nor `=`, and values are escaped.
 */
export function correlationOf(route: Route, alert: Routable, drill: boolean): string {
  const parts = route.groupBy.map((name) => `${escaped(name)}=${escaped(labelOf(alert, name) ?? "")}`);
  return [...(drill ? ["drill"] : []), route.service, ...parts].join("/");
}

/** `*` stands for any run of characters. Greedy from the left needs no way back: linear, whatever the pattern. */
export function matches(pattern: string, value: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop();
  if (tail === undefined) return pattern === value;
  if (value.length < head.length + tail.length) return false;
  if (!value.startsWith(head) || !value.endsWith(tail)) return false;
  const end = value.length - tail.length;
  let at = head.length;
  for (const piece of rest) {
    const found = value.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

const labelOf = (alert: Routable, name: string): string | undefined =>
  Object.hasOwn(alert.labels, name) ? alert.labels[name] : undefined;

const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());
