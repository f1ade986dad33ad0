// What is to be carried to whom, looked up anew each time: what is not wanted any more is not carried.
import type { StreamId } from "../core/aggregate.ts";
import type { DeliveryReason } from "../core/incident/events.ts";
import { inDoubtSince } from "../core/incident/paging/tries.ts";
import type { Incident, Page, PageDelivery } from "../core/incident/state.ts";
import type { Person } from "../core/organisation.ts";
import type { PersonState } from "../core/person/person.ts";
import type { Instant } from "../core/time.ts";
import type { Decisions } from "../decisions.ts";
import { wayTo } from "../reach.ts";
import { type Asked, askedOf, namesInAsking } from "../wording/asked.ts";

export interface Wanted {
  readonly stream: StreamId;
  readonly page: Page;
  readonly delivery: PageDelivery;
  readonly drill: boolean;
}

export interface Errand extends Wanted {
  readonly outcome: "errand";
  readonly lease: string;
  readonly incident: Incident;
  readonly person: Person;
  readonly method: Person["methods"][number];
  /** What is known of the ways to this person. */
  readonly learned: PersonState;
  /** Of a further request: who asked for whom. */
  readonly asked: Asked | undefined;
  /** A message that may have gone out before went out after this. */
  readonly lookSince: Instant;
}

export type Found =
  | Errand
  | (Wanted & { readonly outcome: "closed"; readonly reason: DeliveryReason })
  | "not-wanted";

export async function errandOf(
  house: Pick<Decisions, "directory" | "people">,
  stream: StreamId,
  incident: Incident,
  ref: string | undefined,
): Promise<Found> {
  const page = Object.values(incident.paging.pages).find(({ deliveries }) =>
    deliveries.some(({ id }) => id === ref),
  );
  const delivery = page?.deliveries.find(({ id }) => id === ref);
  if (page === undefined || delivery === undefined) return "not-wanted";
  if (page.state !== "open" || delivery.state !== "wanted") return "not-wanted";
  const wanted = { stream, page, delivery, drill: incident.signal.drill };
  const way = await wayTo(house, page.person, delivery.method);
  if (way.outcome === "closed") return { ...wanted, ...way };
  const names = await house.directory.names(namesInAsking(incident, page));
  return {
    ...wanted,
    outcome: "errand",
    asked: askedOf(incident, page, names),
    lease: `${stream}.${delivery.id}`,
    incident,
    person: way.person,
    method: way.method,
    learned: way.learned,
    lookSince: inDoubtSince(page, delivery),
  };
}
