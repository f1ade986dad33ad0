// What is to be carried to whom, looked up anew each time: what is not wanted any more is not carried.
import type { StreamId } from "../core/aggregate.ts";
import type { Incident, Page, PageDelivery } from "../core/incident/state.ts";
import type { Person } from "../core/organisation.ts";
import type { Instant } from "../core/time.ts";
import type { Directory } from "../directory.ts";

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
  /** A message that may have gone out before went out after this. */
  readonly lookSince: Instant;
}

export type Found = Errand | (Wanted & { readonly outcome: "method-gone" }) | "not-wanted";

export async function errandOf(
  directory: Directory,
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
  const person = await directory.person(page.person);
  const method = person?.methods.find(({ id }) => id === delivery.method);
  if (person === undefined || method === undefined) return { ...wanted, outcome: "method-gone" };
  const before = page.deliveries.find(
    ({ step, attempt }) => step === delivery.step && attempt === delivery.attempt - 1,
  );
  const lookSince = before?.at ?? page.openedAt;
  return {
    ...wanted,
    outcome: "errand",
    lease: `${stream}.${delivery.id}`,
    incident,
    person,
    method,
    lookSince,
  };
}
