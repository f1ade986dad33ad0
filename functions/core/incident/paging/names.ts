// Names of pages, deliveries and notices inside one incident, and the names by which a page can be found from outside.
import type { ClaimChange } from "../../aggregate.ts";
import { type Duration, hours, type Instant, minutes } from "../../time.ts";
import type { Paging } from "../state.ts";

export const ownerRequest = "owner";

/** Of a further request: the owner's is the first. */
export const nextRequest = ({ requests }: Paging): string => `r${Object.keys(requests).length}`;
export const nextPage = (paging: Paging): string => `p${paging.numbered + 1}`;
export const nextNotice = (paging: Paging): string => `n${paging.numbered + 1}`;
export const deliveryId = (page: string, step: number, attempt: number): string =>
  `${page}.${step}.${attempt}`;

/** A code answers for its page, and is given to no other, for so long: a late reply must never reach the wrong page. */
const codeLife: Duration = hours(48);
/** After the end a reply still learns that it is over. */
const codeRest: Duration = hours(2);
/** One transaction takes at most 100 items; codes beyond this lapse by themselves. */
const codesReleased = 40;
/** For as long a bare "1" may mean a page. */
const bareReplyWindow: Duration = minutes(60);

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
  /** When the page was opened. */
  readonly at: Instant;
}

export const pageClaims = ({ page, person, code, at }: PageTicket): readonly ClaimChange[] => {
  const detail = JSON.stringify({ page, person, code, at } satisfies PageTicket);
  return [
    { key: codeKey(code), change: "take", detail, until: at + codeLife },
    { key: `${pagesOf(person)}/${code}`, change: "take", detail, until: at + bareReplyWindow },
  ];
};

export const releaseCodes = (codes: readonly string[], at: Instant): readonly ClaimChange[] =>
  [...new Set(codes)]
    .slice(0, codesReleased)
    .map((code) => ({ key: codeKey(code), change: "release", until: at + codeRest }));
