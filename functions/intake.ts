// From what a source posted to alerts that are durably ours: parsed, routed, named and taken. What can be read is taken.
import { type Alert, type RoutedAlert } from "./core/alert.ts";
import { foldCopies } from "./core/fold-copies.ts";
import type { Route, SourceEntry } from "./core/organisation.ts";
import { correlationOf, routeOf } from "./core/routing.ts";
import type { Instant } from "./core/time.ts";
import { sha256 } from "./digest.ts";
import type { Directory } from "./directory.ts";
import type { AlertLedger, Clock, Receipt } from "./ports.ts";
import { sources } from "./sources/registry.ts";
import type { FieldProblem } from "./sources/source.ts";
import { neitherWarning } from "./sources/status.ts";

export type Intake =
  | {
      readonly outcome: "taken";
      readonly alerts: readonly (Pick<Receipt, "id"> & Partial<Receipt>)[];
      readonly warnings: readonly FieldProblem[];
    }
  /** Durable, and parsed into the ledger a moment later. */
  | {
      readonly outcome: "stashed";
      readonly alerts: readonly Pick<Receipt, "id">[];
      readonly warnings: readonly FieldProblem[];
    }
  | { readonly outcome: "refused"; readonly problems: readonly [FieldProblem, ...FieldProblem[]] };

/** A larger delivery is stored first and taken by accept-alerts, so that its sender is answered in time. */
const takenAtOnce = 100;

export interface IntakePorts {
  readonly clock: Clock;
  readonly alerts: Pick<AlertLedger, "accept" | "stash">;
  readonly directory: Directory;
}

export async function takeIn(
  { clock, alerts, directory }: IntakePorts,
  source: SourceEntry,
  body: unknown,
  drill: boolean,
): Promise<Intake> {
  const now = clock.now();
  const read = await readIn(directory, source, body, drill, now);
  if ("problems" in read) return { outcome: "refused", problems: read.problems };
  const { routed, warnings } = read;
  if (routed.length <= takenAtOnce) {
    const taken = routed.length === 0 ? [] : await alerts.accept(routed, now);
    return { outcome: "taken", alerts: taken, warnings };
  }
  // What is said meanwhile is newer, though it may be taken earlier.
  const stashed = routed.map((alert) => ({ ...alert, heardAt: now }));
  await alerts.stash(stashed, now);
  return { outcome: "stashed", alerts: routed.map(({ id }) => ({ id })), warnings };
}

/** What a source posted, with its names and its way; or why that is not in the source's form. */
export async function readIn(
  directory: Directory,
  source: SourceEntry,
  body: unknown,
  drill: boolean,
  now: Instant,
): Promise<
  | { readonly routed: readonly RoutedAlert[]; readonly warnings: readonly FieldProblem[] }
  | { readonly problems: readonly [FieldProblem, ...FieldProblem[]] }
> {
  const parsed = sources[source.kind].parse(body, { now, source: source.id });
  if ("problems" in parsed) return parsed;
  const { alerts, warnings = [] } = parsed;
  const routed = routeAll(alerts, await directory.routes(), source.id, drill || source.drill);
  return { routed, warnings };
}

/** What the operator has to look at: an acknowledgement, for example, changes nothing and is nothing odd. */
export const oddIn = (warnings: readonly FieldProblem[]): readonly FieldProblem[] =>
  warnings.filter(({ message }) => message !== neitherWarning);

/** For the operator's log: which fields were odd, and never what stood in them. */
export const toldFields = (problems: readonly FieldProblem[]): string =>
  problems
    .slice(0, 5)
    .map(({ field, message }) => `${field === "" ? "body" : field} ${message}`)
    .join("; ");

export function routeAll(
  alerts: readonly Alert[],
  routes: readonly Route[],
  source: string,
  drill: boolean,
): readonly RoutedAlert[] {
  return foldCopies(
    alerts.map((alert) => {
      const route = routeOf(routes, source, alert);
      if (route === undefined)
        throw new Error("The applied config has no final route that takes every alert; apply it again");
      const correlation = bounded(correlationOf(route, alert, drill));
      const id = idOf(source, drill, alert.fingerprint);
      return { ...alert, id, source, service: route.service, correlation, drill, copies: 1 };
    }),
  );
}

/** The sources of what people say themselves. */
type Way = "phone" | "chat";

interface Chosen {
  /** The phone's where it is left out. */
  readonly way?: Way;
  /** Left out for anything else: then the route that takes every alert says whose it is. */
  readonly service?: string;
  /** It is told from everything else that is known of the service. */
  readonly apart: boolean;
}

/** What somebody calls about: it joins what the service's other alerts join. */
export function routeCall(
  alert: Alert,
  routes: readonly Route[],
  { way = "phone", service, apart }: Chosen,
): RoutedAlert {
  const ofService = routes.filter((route) => route.service === service);
  const route =
    service === undefined
      ? routeOf(routes, way, alert)
      : (ofService.find(({ source }) => source === undefined) ?? { service, labels: {}, groupBy: [] });
  if (route === undefined)
    throw new Error("The applied config has no final route that takes every alert; apply it again");
  const shared = bounded(correlationOf(route, alert, false));
  const correlation = apart ? `${shared}/call=${alert.fingerprint}` : shared;
  const id = callAlert(alert.fingerprint, way);
  return { ...alert, id, source: way, service: route.service, correlation, drill: false, copies: 1 };
}

/** The alert of a call, by the provider's id of the call: a webhook that comes twice makes one. */
export const callAlert = (call: string, way: Way = "phone"): string => idOf(way, false, call);

/** The same alert from the same source has the same id for ever; a drill's is another. */
const idOf = (source: string, drill: boolean, fingerprint: string): string =>
  sha256(`${source}|${drill ? "drill" : "real"}|${fingerprint}`).slice(0, 26);

// A key of the store is at most 1 KB: long label values become a digest behind the service's name.
const longestCorrelation = 256;
const bounded = (correlation: string): string =>
  correlation.length <= longestCorrelation
    ? correlation
    : `${correlation.slice(0, 128).replace(/[^/]*$/, "")}~${sha256(correlation).slice(0, 32)}`;
