// How a page stands for the person it went to: decides which page a reply without a code may mean.
import { type Incident, isOver } from "../state.ts";
import { answerers, waitsForAnswer } from "./look-up.ts";

export type Standing =
  /** An answer is open: to the page, or to the question whether it is still theirs. */
  | "asks"
  /** Answered by this person, who stays on it. */
  | "theirs"
  /** Declined, or another has it. */
  | "settled"
  | "over";

export function standingOf(incident: Incident, pageId: string): Standing {
  const { paging, phase } = incident;
  const page = paging.pages[pageId];
  // Until this person has been told how it ended, a reply may still speak of it.
  if (page !== undefined && isBeingTold(incident, page.person)) return "asks";
  if (isOver(phase)) return "over";
  if (page === undefined) return "settled";
  if (waitsForAnswer(incident, page)) return "asks";
  const request = paging.requests[page.request];
  if (request?.state.name === "satisfied" && request.state.owner === page.person)
    return request.state.asked ? "asks" : "theirs";
  const stays = page.state === "escalated" || answerers(paging, page.request).includes(page.person);
  return stays ? "theirs" : "settled";
}

const endings: ReadonlySet<string> = new Set(["all-clear", "stood-down-by-person", "closed", "taken-by"]);

const isBeingTold = ({ notices }: Incident, person: string): boolean =>
  Object.values(notices).some(
    (notice) => notice.person === person && notice.state === "wanted" && endings.has(notice.kind),
  );
