// Opening pages and asking for their deliveries, step by step.
import { type ContactStep, usableSteps } from "../../contact.ts";
import type { Target } from "../../policy.ts";
import type { Draft } from "../draft.ts";
import type { DeliveryCause, PageCause } from "../events.ts";
import type { Page, PageRequest } from "../state.ts";
import { contactOf, pageNow, pagesOfRequest, rings } from "./look-up.ts";
import { deliveryId, nextPage, pageClaims } from "./names.ts";

/** A decision opens at most so many pages, whatever requests they are of; the rest follow at once. One transaction takes at most 100 items. */
export const pagesPerDecision = 25;

export const stepsFor = (draft: Draft, request: PageRequest, person: string): readonly ContactStep[] =>
  usableSteps(contactOf(draft, person), request.urgency);

/** The targets that somebody can reach, and those that nobody can. */
export function reachable(draft: Draft, request: PageRequest, targets: readonly Target[]) {
  const people = [...new Set(targets.map((target) => target.id))];
  return {
    people: people.filter((person) => stepsFor(draft, request, person).length > 0),
    unreachable: people.filter((person) => stepsFor(draft, request, person).length === 0),
  };
}

/** Opens a page for each, as far as one decision and the reply codes at hand go. */
export function openPages(
  draft: Draft,
  request: PageRequest,
  people: readonly string[],
  about: {
    readonly cause: PageCause;
    readonly pass: number;
    readonly level: number;
    readonly others: number;
  },
): void {
  for (const person of people) {
    if (draft.opened() >= pagesPerDecision) return;
    const code = codeOf(draft, request.id, person) ?? freshCode(draft);
    if (code === undefined) return; // whoever is left over is paged by the continuation
    const page = nextPage(draft.state().paging);
    const planned = stepsFor(draft, request, person);
    // The catch-all is paged on all channels at once: nobody else is left to wait for.
    const steps = about.cause === "catch-all" ? planned.map((step) => ({ ...step, after: 0 })) : planned;
    draft.add({ type: "PageOpened", page, request: request.id, person, code, steps, ...about });
    for (const claim of pageClaims({ page, person, code, at: draft.command.at })) draft.claim(claim);
    startDueSteps(draft, page, about.cause === "catch-all" ? "catch-all" : "page");
  }
}

export function expirePages(draft: Draft, request: string): void {
  for (const page of pagesOfRequest(draft, request)) {
    if (page.state === "open") draft.add({ type: "PageExpired", page: page.id, person: page.person });
  }
}

/** A person keeps one code for a request, however often it is repeated: codes are few, and any of its texts answers it. */
const codeOf = (draft: Draft, request: string, person: string): string | undefined =>
  pagesOfRequest(draft, request).findLast((page) => page.person === person)?.code;

/** One that no page of this incident has: the store would let one incident take the same name twice. */
function freshCode(draft: Draft): string | undefined {
  const used = new Set(Object.values(draft.state().paging.pages).map((page) => page.code));
  for (let code = draft.code(); code !== undefined; code = draft.code()) if (!used.has(code)) return code;
  return undefined;
}

const begun = (page: Page, step: number): boolean =>
  page.deliveries.some((delivery) => delivery.step === step);

/** Starts each step whose time has come. */
export function startDueSteps(draft: Draft, pageId: string, cause: DeliveryCause): void {
  const page = pageNow(draft, pageId);
  if (!rings(draft.state(), page)) return;
  for (const [index, step] of page.steps.entries()) {
    if (page.openedAt + step.after <= draft.command.at && !begun(page, index))
      want(draft, pageId, index, cause);
  }
}

/** Starts the next step before its time; false when there is none left. */
export function startNextStep(draft: Draft, pageId: string, cause: DeliveryCause): boolean {
  const page = pageNow(draft, pageId);
  if (!rings(draft.state(), page)) return false;
  const next = page.steps.findIndex((_, index) => !begun(page, index));
  if (next < 0) return false;
  want(draft, pageId, next, cause);
  return true;
}

/** Asks for one more attempt of this step. */
export function want(draft: Draft, pageId: string, step: number, cause: DeliveryCause): void {
  const page = pageNow(draft, pageId);
  const way = page?.steps[step];
  if (page === undefined || way === undefined) return;
  const attempt = page.deliveries.filter((delivery) => delivery.step === step).length + 1;
  draft.add({
    type: "DeliveryWanted",
    delivery: deliveryId(page.id, step, attempt),
    page: page.id,
    person: page.person,
    step,
    attempt,
    channel: way.channel,
    method: way.method,
    cause,
    drill: draft.state().signal.drill,
  });
}
