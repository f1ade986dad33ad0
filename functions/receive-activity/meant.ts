// Which incident somebody speaks of: that of the card, of the code or name that was typed, of the thread; otherwise the one
// that this person was paged for, or has.
import type { StreamId } from "../core/aggregate.ts";
import { codeKey, codenameKey, type PageTicket, pagesOf } from "../core/incident/paging/names.ts";
import { incidentOfPost, postPlaceKey } from "../core/post/state.ts";
import type { Listed } from "../ports.ts";
import type { SaidAt } from "../sources/teams-activity.ts";
import type { About, Who } from "./commands/command.ts";
import type { House } from "./house.ts";

export interface Clues {
  /** Of a card: without its kind. */
  readonly incident?: string | undefined;
  readonly page?: string | undefined;
  readonly code?: string | undefined;
  /** As it was typed. */
  readonly name?: string | undefined;
}

export type Meant =
  | { readonly outcome: "one"; readonly about: About }
  /** Nobody can tell which of them. */
  | { readonly outcome: "several"; readonly open: readonly Listed[] }
  /** `named`: nothing open is called so. */
  | { readonly outcome: "none"; readonly named?: string }
  /** The card speaks of what was never there. */
  | { readonly outcome: "unknown" };

export const incidentsLooked = 100;
const pagesLooked = 20;
/** As cards name one: whatever else stands there leads nowhere. */
export const incidentName = /^[0-9A-Za-z_-]{1,64}$/;

export async function meant(house: House, { person }: Who, at: SaidAt, clues: Clues): Promise<Meant> {
  if (clues.incident !== undefined) return ofCard(house, clues.incident, clues.page);
  if (clues.code !== undefined) return ofCode(house, clues.code, person?.id);
  if (clues.name !== undefined && clues.name !== "") return ofName(house, clues.name);
  const here = await ofPlace(house, at);
  if (here !== undefined) return one(house, here);
  return person === undefined ? { outcome: "none" } : ofPerson(house, person.id);
}

async function ofCard(house: House, id: string, page: string | undefined): Promise<Meant> {
  if (!incidentName.test(id)) return { outcome: "unknown" };
  const found = await one(house, `incident/${id}`, page);
  if (found.outcome !== "one") return found;
  return page !== undefined && !Object.hasOwn(found.about.incident.paging.pages, page)
    ? { outcome: "unknown" }
    : found;
}

async function ofCode(house: House, code: string, person: string | undefined): Promise<Meant> {
  const held = await house.claims.holder(codeKey(code), house.clock.now());
  if (held?.detail === undefined) return { outcome: "none", named: code };
  const ticket = JSON.parse(held.detail) as PageTicket;
  // Another's code says which incident is meant, and answers for nobody.
  return one(house, held.holder, ticket.person === person ? ticket.page : undefined);
}

async function ofName(house: House, name: string): Promise<Meant> {
  const held = await house.claims.holder(codenameKey(name.replaceAll(" ", "-")), house.clock.now());
  if (held !== undefined) return one(house, held.holder);
  const open = await house.openIncidents.open(incidentsLooked);
  const names = await Promise.all(open.map(({ service }) => house.directory.plan(service)));
  const wanted = name.toLowerCase();
  const fits = open.filter(({ service }, n) =>
    [service, names[n]?.name ?? ""].some((each) => each.toLowerCase() === wanted),
  );
  return oneOf(house, fits, { outcome: "none", named: name });
}

/** A thread of an incident, or a channel of its own. */
export async function ofPlace(
  { claims, clock }: House,
  { conversation, channel }: SaidAt,
): Promise<StreamId | undefined> {
  for (const place of channel === undefined || channel === conversation
    ? [conversation]
    : [conversation, channel]) {
    const held = await claims.holder(postPlaceKey(place), clock.now());
    if (held !== undefined) return incidentOfPost(held.holder);
  }
  return undefined;
}

async function ofPerson(house: House, person: string): Promise<Meant> {
  const [pages, open] = await Promise.all([
    house.claims.held(pagesOf(person), pagesLooked, house.clock.now()),
    house.openIncidents.open(incidentsLooked),
  ]);
  const paged = new Set(pages.map(({ holder }) => holder));
  const theirs = open.filter(({ stream, owner }) => paged.has(stream) || owner === person);
  return oneOf(house, theirs, { outcome: "none" });
}

async function oneOf(house: House, open: readonly Listed[], otherwise: Meant): Promise<Meant> {
  const [first, ...others] = open;
  if (first === undefined) return otherwise;
  return others.length === 0 ? one(house, first.stream) : { outcome: "several", open };
}

async function one(house: House, stream: StreamId, page?: string): Promise<Meant> {
  const { state: incident } = await house.incidents.load(stream);
  if (incident.phase === "unopened") return { outcome: "unknown" };
  return { outcome: "one", about: { stream, incident, page } };
}
