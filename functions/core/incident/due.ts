// The next moment at which time has something to say to an incident.
import type { Instant } from "../time.ts";
import { bridgeDue } from "./bridge/pass-time.ts";
import { noticesDue } from "./notices/pass-time.ts";
import { unpaged } from "./paging/continue.ts";
import { rings } from "./paging/look-up.ts";
import { deliveryDue } from "./paging/tries.ts";
import { newsDue } from "./signal/news.ts";
import { type Incident, isOver, type Page, type PageRequest, waitsForProof } from "./state.ts";

export function nextDue(incident: Incident): Instant | undefined {
  if (incident.phase === "unopened") return undefined;
  if (isOver(incident.phase)) return noticesDue(incident.notices);
  const moments = [
    noticesDue(incident.notices),
    incident.signal.foldUntil,
    newsDue(incident),
    waitsForProof(incident.signal) ? incident.signal.clear.verifyAt : undefined,
    bridgeDue(incident.bridge),
    ...Object.values(incident.paging.requests).map((request) => requestDue(incident, request)),
    ...Object.values(incident.paging.pages).flatMap((page) => (rings(incident, page) ? pageDue(page) : [])),
  ].filter((moment) => moment !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function requestDue(incident: Incident, request: PageRequest): Instant | undefined {
  const { state, stage, catchAll } = request;
  switch (state.name) {
    case "open":
      if (unpaged(incident, request).length > 0) return (catchAll ?? stage)?.startedAt;
      return afterProof(incident, catchAll?.nextAt ?? stage?.until);
    case "paused":
      return state.until;
    case "satisfied":
      return state.checkAt;
    case "cancelled":
      return undefined;
  }
}

/** No level starts while an all-clear is being verified. */
const afterProof = ({ signal }: Incident, at: Instant | undefined): Instant | undefined =>
  at !== undefined && waitsForProof(signal) ? Math.max(at, signal.clear.verifyAt) : at;

function pageDue(page: Page): readonly (Instant | undefined)[] {
  const begun = new Set(page.deliveries.map((delivery) => delivery.step));
  const steps = page.steps.filter((_, index) => !begun.has(index)).map((step) => page.openedAt + step.after);
  return [...steps, ...page.deliveries.map((delivery) => deliveryDue(page, delivery))];
}
