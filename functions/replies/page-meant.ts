// Which pages a reply speaks of. Codes name them, each whole; without one the only page that asks for an answer is meant, of
// those whose hour has not passed.
import type { StreamId } from "../core/aggregate.ts";
import { codeKey, type PageTicket, pagesOf } from "../core/incident/paging/names.ts";
import { type Standing, standingOf } from "../core/incident/paging/standing.ts";
import { spokenTo } from "../core/incident/spoken-to.ts";
import type { Incident } from "../core/incident/state.ts";
import type { Reply } from "../core/reply.ts";
import { gravestFirst as bySeverity } from "../core/severity.ts";
import type { Instant } from "../core/time.ts";
import type { NumberHolder } from "../organisation-items.ts";
import type { Held } from "../ports.ts";
import type { AskedPage, NamedPage } from "../wording/reply-answers.ts";
import type { House } from "./house.ts";

export interface Page {
  readonly stream: StreamId;
  readonly ticket: PageTicket;
}

/** A page as its incident stands now. */
export interface CurrentPage extends Page {
  readonly incident: Incident;
  readonly standing: Standing;
}

export type Meant =
  /** `of`: where the reply did not name it and this number has another one. */
  | { readonly outcome: "page"; readonly page: Page; readonly of?: NamedPage }
  /** All of these are answered; `unknown` are codes of no page of theirs. */
  | { readonly outcome: "pages"; readonly pages: readonly Page[]; readonly unknown: readonly string[] }
  /** Nobody can tell which. */
  | { readonly outcome: "several"; readonly pages: readonly CurrentPage[] }
  | { readonly outcome: "none"; readonly code?: string };

/** More pages than this in one hour are neither listed nor answered together. */
const listed = 50;

/** What was asked of the people with this number within the hour. */
export async function askedLately(
  house: Pick<House, "claims" | "clock">,
  holders: readonly NumberHolder[],
): Promise<readonly Page[]> {
  const people = peopleOf(holders);
  const now = house.clock.now();
  const lately = await Promise.all(people.map((person) => house.claims.held(pagesOf(person), listed, now)));
  return lately.flat().flatMap(pageOf);
}

export const newestOf = (pages: readonly Page[]): Instant | undefined =>
  pages.length === 0 ? undefined : Math.max(...pages.map(({ ticket }) => ticket.at));

export async function pagesMeant(
  house: House,
  holders: readonly NumberHolder[],
  lately: readonly Page[],
  reply: Reply,
): Promise<Meant> {
  const [code, another] = reply.codes;
  if (code === undefined) return unnamed(await currentOf(house, lately), reply);
  if (another !== undefined) return named(house, holders, lately, reply.codes);
  const page = await pageOfCode(house, holders, lately, code);
  if (page !== undefined) return { outcome: "page", page };
  // Without its letter a code is none. Where the only page has these digits nothing else can be meant.
  const bare = unnamed(await currentOf(house, lately), reply);
  const fits = bare.outcome === "page" && bare.page.ticket.code.slice(1) === code;
  return fits ? bare : { outcome: "none", code };
}

async function named(
  house: House,
  holders: readonly NumberHolder[],
  lately: readonly Page[],
  codes: readonly string[],
): Promise<Meant> {
  const found = await Promise.all(codes.map((code) => pageOfCode(house, holders, lately, code)));
  return {
    outcome: "pages",
    pages: found.flatMap((page) => page ?? []),
    unknown: codes.filter((_, n) => found[n] === undefined),
  };
}

async function pageOfCode(
  house: House,
  holders: readonly NumberHolder[],
  lately: readonly Page[],
  code: string,
): Promise<Page | undefined> {
  const asked = lately.find(({ ticket }) => ticket.code === code);
  if (asked !== undefined) return asked;
  const held = await house.claims.holder(codeKey(code), house.clock.now());
  const [page] = held === undefined ? [] : pageOf(held);
  // Somebody else's page is not told apart from none: a code is no secret to be tried out.
  return page !== undefined && peopleOf(holders).includes(page.ticket.person) ? page : undefined;
}

/** In this order: what asks for an answer, what is theirs, what is settled; of what is over, the newest. */
const tiers: readonly Standing[] = ["asks", "theirs", "settled"];

function unnamed(pages: readonly CurrentPage[], { intent, all, arrivingIn }: Reply): Meant {
  const candidates = intent === "join" || intent === "bridge" ? open(pages, intent) : firstTier(pages);
  const [only, ...others] = candidates;
  const areAllTheirs = candidates.every(({ standing }) => standing === "theirs");
  // A second yes is answered with what this person already has.
  const isSecondYes = intent === "acknowledge" && arrivingIn === undefined && areAllTheirs;
  if (others.length > 0 && (all || isSecondYes)) return { outcome: "pages", pages: candidates, unknown: [] };
  if (only === undefined) {
    const over = pages.toSorted((a, b) => b.ticket.at - a.ticket.at)[0];
    // What was not understood is not even said to be over.
    return over === undefined || intent === "unknown" ? { outcome: "none" } : { outcome: "page", page: over };
  }
  if (others.length > 0) return { outcome: "several", pages: gravestFirst([only, ...others]) };
  return { outcome: "page", page: only, ...(pages.length > 1 ? { of: namedAmong(only, pages) } : {}) };
}

/** By its service, and by what is wrong where another has the same. */
function namedAmong({ stream, ticket, incident }: CurrentPage, pages: readonly CurrentPage[]): NamedPage {
  const { signal } = incident;
  const isAlike = pages.some(
    (each) => each.stream !== stream && each.incident.signal.serviceName === signal.serviceName,
  );
  const service = signal.serviceName;
  return isAlike ? { service, symptom: spokenTo(incident, ticket.person).title } : { service };
}

const firstTier = (pages: readonly CurrentPage[]): readonly CurrentPage[] =>
  tiers.map((tier) => pages.filter(({ standing }) => standing === tier)).find(({ length }) => length > 0) ??
  [];

/** A room is no answer to a page: any incident that goes on may be meant, and to be called into one it has to be open. */
function open(pages: readonly CurrentPage[], intent: "join" | "bridge"): readonly CurrentPage[] {
  const goOn = pages.filter(({ standing }) => standing !== "over");
  const rooms = goOn.filter(({ incident }) => incident.bridge.name === "open");
  return intent === "join" && rooms.length > 0 ? rooms : goOn;
}

/** Repeats of one incident's page leave no doubt about what is answered: the newest, of those that ask if any does. */
async function currentOf(house: House, pages: readonly Page[]): Promise<readonly CurrentPage[]> {
  const current = await Promise.all(
    pages.map(async (page) => {
      const { state: incident } = await house.incidents.load(page.stream);
      return { ...page, incident, standing: standingOf(incident, page.ticket.page) };
    }),
  );
  const newest = new Map<StreamId, CurrentPage>();
  for (const page of current.toSorted((a, b) => a.ticket.at - b.ticket.at)) {
    const before = newest.get(page.stream);
    if (before?.standing !== "asks" || page.standing === "asks") newest.set(page.stream, page);
  }
  return [...newest.values()];
}

const gravestFirst = (pages: readonly CurrentPage[]): readonly CurrentPage[] =>
  pages.toSorted(
    (a, b) =>
      Number(a.incident.signal.drill) - Number(b.incident.signal.drill) ||
      bySeverity(a.incident.signal, b.incident.signal) ||
      b.ticket.at - a.ticket.at,
  );

export function askedPage({ ticket, incident }: CurrentPage): AskedPage {
  const { serviceName: service, drill } = incident.signal;
  const { title: symptom, severity } = spokenTo(incident, ticket.person);
  return { code: ticket.code, service, symptom, severity, drill };
}

const peopleOf = (holders: readonly NumberHolder[]): readonly string[] => [
  ...new Set(holders.map(({ person }) => person)),
];

const pageOf = ({ holder, detail }: Held): readonly Page[] =>
  detail === undefined ? [] : [{ stream: holder, ticket: JSON.parse(detail) as PageTicket }];
