// The page that a link is about, as it stands at the moment.
import type { StreamId } from "../core/aggregate.ts";
import { hasWhatIsAsked, othersPaged } from "../core/incident/paging/look-up.ts";
import type { Spoken } from "../core/incident/signal/symptoms.ts";
import { spokenTo } from "../core/incident/spoken-to.ts";
import { type Incident, isOver, type Page } from "../core/incident/state.ts";
import type { Decisions } from "../decisions.ts";
import type { LinkedPage } from "../ports.ts";

export interface LinkedErrand {
  readonly stream: StreamId;
  readonly page: Page;
  readonly signal: Incident["signal"];
  readonly spoken: Spoken;
  readonly isOver: boolean;
  readonly name: string;
  /** How many others are paged beside this person. */
  readonly others: number;
  readonly timeZone: string;
  readonly now: number;
  /** Who has it, if somebody does; undefined while the owner is asked anew by this page. */
  readonly owner: { readonly id: string; readonly name: string } | undefined;
}

type House = Pick<Decisions, "incidents" | "directory"> & { readonly clock: { now(): number } };

export async function linkedErrand(
  { incidents, directory, clock }: House,
  { stream, page: id }: LinkedPage,
): Promise<LinkedErrand | undefined> {
  const { state } = await incidents.load(stream);
  const page = state.paging.pages[id];
  if (page === undefined) return undefined;
  const person = await directory.person(page.person);
  // Whoever left the organisation answers for nobody any more.
  if (person === undefined) return undefined;
  const owner = hasWhatIsAsked(state.paging.requests[page.request], page);
  const names = await directory.names(owner === undefined ? [] : [owner]);
  return {
    stream,
    page,
    signal: state.signal,
    spoken: spokenTo(state, page.person),
    isOver: isOver(state.phase),
    name: person.name,
    others: othersPaged(state, page),
    timeZone: person.timeZone,
    now: clock.now(),
    owner: owner === undefined ? undefined : { id: owner, name: names.get(owner) ?? owner },
  };
}
