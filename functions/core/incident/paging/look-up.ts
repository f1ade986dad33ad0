// Where a decision stands: pages and requests as they are after all that it has added so far.
import type { Contact } from "../../contact.ts";
import type { Draft } from "../draft.ts";
import type { Incident, Page, PageRequest, Paging } from "../state.ts";

export const pageNow = (draft: Draft, page: string): Page | undefined => draft.state().paging.pages[page];

/** Undefined for whoever is unknown, whatever the name is. */
export const contactOf = ({ facts }: Draft, person: string): Contact | undefined =>
  Object.hasOwn(facts.contacts, person) ? facts.contacts[person] : undefined;

export const requestNow = (draft: Draft, request: string): PageRequest | undefined =>
  draft.state().paging.requests[request];

export const pagesOfRequest = (draft: Draft, request: string): readonly Page[] =>
  Object.values(draft.state().paging.pages).filter((page) => page.request === request);

/** Whether a page may go on ringing: it is open, and nothing silences its request. */
export function rings({ paging }: Incident, page: Page | undefined): page is Page {
  if (page?.state !== "open") return false;
  const asked = paging.requests[page.request]?.state;
  return asked?.name === "open" || (asked?.name === "satisfied" && asks(page, asked.owner));
}

/** It asks the owner anew about what is in the owner's hands. */
export const asks = ({ state, cause, person }: Page, owner: string): boolean =>
  state === "open" && cause === "urgency-raised" && person === owner;

/** Asked, in vain so far: a late answer counts while its request is still open. */
export function waitsForAnswer({ paging }: Incident, { state, request }: Page): boolean {
  const asked = paging.requests[request]?.state.name;
  return (state === "open" || state === "expired") && (asked === "open" || asked === "paused");
}

/** Who has what this page asks for. Nobody as far as a page goes that asks the owner anew: it wants an answer of its own. */
export function hasWhatIsAsked(request: PageRequest | undefined, page: Page): string | undefined {
  const owner = ownerOf(request);
  return owner === undefined || asks(page, owner) ? undefined : owner;
}

const onIt: ReadonlySet<Page["state"]> = new Set(["open", "acknowledged", "escalated"]);

/**
 * How many others are paged beside this person: those of the same level, and whoever is still paged or on it by the time of
 * reading. A page that a provider held up comes late, and must not say that its reader is alone.
 */
export function othersPaged({ paging }: Pick<Incident, "paging">, page: Page): number {
  const others = Object.values(paging.pages)
    .filter(
      ({ request, person, state }) => request === page.request && person !== page.person && onIt.has(state),
    )
    .map(({ person }) => person);
  return Math.max(page.others, new Set(others).size);
}

/** Who has answered and still stands by it. */
export const answerers = ({ pages, requests }: Paging, request: string): readonly string[] => [
  ...new Set([
    ...Object.values(pages)
      .filter((page) => page.request === request && page.state === "acknowledged")
      .map((page) => page.person),
    ...(requests[request]?.taken ?? []),
  ]),
];

/** Whoever has it, or said "I stay", is here already; last whoever said so last. */
export const staying = (paging: Paging, request: string): ReadonlySet<string> =>
  new Set([
    ...answerers(paging, request),
    ...Object.values(paging.pages)
      .filter((page) => page.request === request && page.state === "escalated")
      .map((page) => page.person),
  ]);

/** Whether this person has said yes to something else as well. */
export const hasAnother = (paging: Paging, person: string, request: string): boolean =>
  Object.keys(paging.requests).some((id) => id !== request && answerers(paging, id).includes(person));

/** Who has it, or had it when the incident ended. */
export const ownerOf = (request: PageRequest | undefined): string | undefined =>
  request?.state.name === "satisfied" || request?.state.name === "cancelled"
    ? request.state.owner
    : undefined;
