// Names of pages, deliveries and notices inside one incident, and the names by which a page can be found from outside.
import type { ClaimChange } from "../../aggregate.ts";
import { type Duration, hours, type Instant, minutes } from "../../time.ts";
import type { NoticeKind } from "../events.ts";
import type { Page, Paging } from "../state.ts";

export const ownerRequest = "owner";

/** Of a further request: the owner's is the first. */
export const nextRequest = ({ requests }: Paging): string => `r${Object.keys(requests).length}`;
export const nextPage = (paging: Paging): string => `p${paging.numbered + 1}`;
export const nextNotice = (paging: Paging): string => `n${paging.numbered + 1}`;
export const deliveryId = (page: string, step: number, attempt: number): string =>
  `${page}.${step}.${attempt}`;

/** A code answers for its page, and is given to no other, for so long: a late reply must never reach the wrong page. */
export const codeLife: Duration = hours(48);
/** After the end a reply still learns that it is over. */
const codeRest: Duration = hours(2);
/** One transaction takes at most 100 items; codes beyond this lapse by themselves. */
const codesReleased = 40;
/** For as long a bare "1" may mean a page, after the newest message that asks for an answer. */
export const bareReplyWindow: Duration = minutes(60);
/** One transaction takes at most 100 items: of more codes only the page's own hour counts. */
const codesRenewed = 20;

const askingNotices: ReadonlySet<NoticeKind> = new Set(["still-yours", "severity-raised", "bridge-open"]);
/** Whether a notice asks for an answer by text, as a page does. */
export const asksForReply = (kind: NoticeKind): boolean => askingNotices.has(kind);

export const correlationKey = (correlation: string): string => `correlation/${correlation}`;
/** Live incidents are told apart by it when it is spoken: however it is written, it is one name. */
export const codenameKey = (codename: string): string => `codename/${codename.toLowerCase()}`;
export const codeKey = (code: string): string => `code/${code}`;
export const pagesOf = (person: string): string => `pages-of/${person}`;

/** What stands beside a code, so that a reply finds its page. */
export interface PageTicket {
  readonly page: string;
  readonly person: string;
  readonly code: string;
  /** When it was last asked for. */
  readonly at: Instant;
}

export const pageClaims = ({ page, person, code, at }: PageTicket): readonly ClaimChange[] => {
  const detail = JSON.stringify({ page, person, code, at } satisfies PageTicket);
  return [
    { key: codeKey(code), change: "take", detail, until: at + codeLife },
    { key: `${pagesOf(person)}/${code}`, change: "take", detail, until: at + bareReplyWindow },
  ];
};

/** The hour of a bare reply, and the life of the code, begin anew with every message that asks something of this person. */
export function renewedClaims(before: Paging, { pages }: Paging): readonly ClaimChange[] {
  const isAskedAnew = ({ id, askedAt }: Page): boolean =>
    before.pages[id] !== undefined && before.pages[id].askedAt !== askedAt;
  const opened = Object.values(pages).filter(({ id }) => before.pages[id] === undefined);
  const taken = new Set(opened.map(({ code }) => code));
  const newest = new Map(
    Object.values(pages)
      .filter((page) => isAskedAnew(page) && !taken.has(page.code))
      .map((page) => [page.code, page]),
  );
  return [...newest.values()]
    .slice(-codesRenewed)
    .flatMap(({ id: page, person, code, askedAt: at }) => pageClaims({ page, person, code, at }));
}

export const releaseCodes = (codes: readonly string[], at: Instant): readonly ClaimChange[] =>
  [...new Set(codes)]
    .slice(0, codesReleased)
    .map((code) => ({ key: codeKey(code), change: "release", until: at + codeRest }));
