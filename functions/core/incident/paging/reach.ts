// Opening pages and asking for their deliveries, step by step.
import { type ContactStep, everyStep, usableSteps } from "../../contact.ts";
import type { Target } from "../../policy.ts";
import type { Duration } from "../../time.ts";
import type { Draft } from "../draft.ts";
import type { DeliveryCause, PageCause } from "../events.ts";
import type { Page, PageRequest } from "../state.ts";
import { contactOf, pageNow, pagesOfRequest, requestNow, rings } from "./look-up.ts";
import { codeLife, deliveryId, nextPage, pageClaims } from "./names.ts";
import { hasTimeLeft, isHeldUp, wasReached } from "./progress.ts";

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
    const before = pagesOfRequest(draft, request.id).find((p) => p.state === "open" && p.person === person);
    if (before !== undefined && isComing(draft, before)) continue;
    if (before !== undefined) expireWithLevel(draft, before);
    const code = codeOf(draft, request.id, person) ?? freshCode(draft);
    if (code === undefined) return; // whoever is left over is paged by the continuation
    const page = nextPage(draft.state().paging);
    // The catch-all is paged on all channels at once: no one else is left to wait for.
    const steps =
      about.cause === "catch-all" ? everyStep(contactOf(draft, person)) : stepsFor(draft, request, person);
    draft.add({ type: "PageOpened", page, request: request.id, person, code, steps, ...about });
    for (const claim of pageClaims({ page, person, code, at: draft.command.at })) draft.claim(claim);
    startDueSteps(draft, page, about.cause === "catch-all" ? "catch-all" : "page");
  }
}

/**
 * The pages of a level end with it, but for those that a provider holds up: they go out as well when it is back, and are
 * then given their level's time.
 */
export function expirePages(draft: Draft, requestId: string): void {
  for (const page of pagesOfRequest(draft, requestId))
    if (page.state === "open" && !isHeldUp(page) && !hasTime(draft, page)) expireWithLevel(draft, page);
}

/** Nothing of it has arrived yet, or it arrived late and may still be answered in time: another page would double it. */
const isComing = (draft: Draft, page: Page): boolean =>
  hasTime(draft, page) || (isHeldUp(page) && !wasReached(page));

const hasTime = (draft: Draft, page: Page): boolean =>
  hasTimeLeft(page, withinOf(draft, page), draft.command.at);

/** Every way of the page has ended. */
export const expire = (draft: Draft, page: Page): void =>
  draft.add({
    type: "PageExpired",
    page: page.id,
    person: page.person,
    reason: wasReached(page) ? "not-answered" : "not-reached",
  });

/** Its level is over: in time, or before it, as somebody of it asked for more help or gave it back. */
function expireWithLevel(draft: Draft, page: Page): void {
  const hadItsTime = draft.command.at - page.openedAt >= withinOf(draft, page);
  if (!wasReached(page) || hadItsTime) return expire(draft, page);
  draft.add({ type: "PageExpired", page: page.id, person: page.person, reason: "level-over" });
}

function withinOf(draft: Draft, page: Page): Duration {
  const policy = requestNow(draft, page.request)?.policy;
  return policy?.levels[page.level]?.within ?? policy?.catchAllEvery ?? 0;
}

/**
 * A person keeps one code for a request, however often it is repeated: codes are few, and any of its texts answers it. One
 * that has lapsed may be another incident's by now, and could not be taken back.
 */
const codeOf = (draft: Draft, request: string, person: string): string | undefined =>
  pagesOfRequest(draft, request).findLast(
    (page) => page.person === person && draft.command.at < page.askedAt + codeLife,
  )?.code;

/** One that no page of this incident has: the store would let one incident take the same name twice. */
function freshCode(draft: Draft): string | undefined {
  const used = new Set(Object.values(draft.state().paging.pages).map((page) => page.code));
  for (let code = draft.code(); code !== undefined; code = draft.code()) if (!used.has(code)) return code;
  return undefined;
}

/** A page takes the steps of its request's present urgency: what has begun stays, and nothing waits behind it any more. */
export function hasten(draft: Draft, pageId: string): void {
  const page = pageNow(draft, pageId);
  const request = page === undefined ? undefined : requestNow(draft, page.request);
  if (page === undefined || request === undefined) return;
  const age = draft.command.at - page.openedAt;
  const known = new Set(page.steps.map(({ method }) => method));
  const steps = [
    ...page.steps.map((step) => ({ ...step, after: Math.min(step.after, age) })),
    ...stepsFor(draft, request, page.person)
      .filter(({ method }) => !known.has(method))
      .map((step) => ({ ...step, after: age + step.after })),
  ];
  if (steps.length === page.steps.length && page.steps.every((_, step) => begun(page, step))) return;
  draft.add({ type: "PageHastened", page: pageId, person: page.person, steps });
  startDueSteps(draft, pageId, "severity-raised");
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
