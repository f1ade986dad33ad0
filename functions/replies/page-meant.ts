// Which page a reply speaks of. A code names it; without one only one incident may have paged within the last hour, and
// its newest page is meant.
import type { StreamId } from "../core/aggregate.ts";
import { codeKey, type PageTicket, pagesOf } from "../core/incident/paging/names.ts";
import type { NumberHolder } from "../organisation-items.ts";
import type { Held } from "../ports.ts";
import type { Answer } from "../wording/sms.ts";
import type { House } from "./house.ts";

export type Meant =
  | Page
  | { readonly outcome: "several"; readonly pages: readonly Page[] }
  | { readonly outcome: "none" };
export interface Page {
  readonly outcome: "page";
  readonly stream: StreamId;
  readonly ticket: PageTicket;
}

/** More pages than this in one hour are listed no further. */
const listed = 20;

export async function pageMeant(
  house: House,
  holders: readonly NumberHolder[],
  code: string | undefined,
): Promise<Meant> {
  const now = house.clock.now();
  const people = [...new Set(holders.map(({ person }) => person))];
  const lately = (
    await Promise.all(people.map((person) => house.claims.held(pagesOf(person), listed, now)))
  ).flat();
  const pages = newestOfEach(lately.flatMap(pageOf));
  if (code === undefined) {
    const [only, ...others] = pages;
    if (only === undefined) return { outcome: "none" };
    return others.length === 0 ? only : { outcome: "several", pages };
  }
  const named = lately.flatMap(pageOf).find(({ ticket }) => ticket.code.endsWith(code));
  if (named !== undefined) return named;
  const held = await house.claims.holder(codeKey(code), now);
  const [page] = held === undefined ? [] : pageOf(held);
  // Somebody else's page is not told apart from none: a code is no secret to be tried out.
  if (page === undefined || !people.includes(page.ticket.person)) return { outcome: "none" };
  return page;
}

/** Repeats of one incident's page leave no doubt about what is answered. */
function newestOfEach(pages: readonly Page[]): readonly Page[] {
  const newest = new Map<StreamId, Page>();
  for (const page of pages.toSorted((a, b) => a.ticket.at - b.ticket.at)) newest.set(page.stream, page);
  return [...newest.values()];
}

const pageOf = ({ holder, detail }: Held): readonly Page[] =>
  detail === undefined ? [] : [{ outcome: "page", stream: holder, ticket: JSON.parse(detail) as PageTicket }];

/** What to say when it is not clear which page is meant. */
export async function whichPage(
  house: House,
  meant: Exclude<Meant, Page>,
  code: string | undefined,
): Promise<Answer> {
  if (meant.outcome === "none")
    return code === undefined ? { kind: "no-page" } : { kind: "no-such-page", code };
  const services = meant.pages.map(async ({ stream, ticket }) => {
    const { state } = await house.incidents.load(stream);
    return { code: ticket.code, service: state.signal.serviceName };
  });
  return { kind: "which-page", pages: await Promise.all(services) };
}
