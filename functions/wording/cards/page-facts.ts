// How a page stands for whoever got it, from its incident as it is now.
import { incidentId, type StreamId } from "../../core/aggregate.ts";
import { asks, othersPaged, ownerOf } from "../../core/incident/paging/look-up.ts";
import { mayRead } from "../../core/incident/sensitive.ts";
import { spokenOf } from "../../core/incident/signal/symptoms.ts";
import { type Incident, isOver, type Page } from "../../core/incident/state.ts";
import type { Instant } from "../../core/time.ts";
import { askedOf, namesInAsking } from "../asked.ts";
import { type Names, nameOf } from "../names.ts";
import type { PageFacts, PageStanding } from "./page-card.ts";

interface Reader {
  readonly timeZone: string;
  /** At least of those that `namedOn` says. */
  readonly names: Names;
  readonly now: Instant;
  /** The command post's address of the incident. */
  readonly address: string;
  readonly notice?: string;
}

export function pageFacts(stream: StreamId, incident: Incident, page: Page, reader: Reader): PageFacts {
  const { signal, bridge } = incident;
  const { timeZone, names, now, address, notice } = reader;
  const { severity, since } = spokenOf(incident);
  return {
    incident: incidentId(stream),
    page: page.id,
    drill: signal.drill,
    severity,
    service: signal.serviceName,
    ...matter(incident, page),
    asked: askedOf(incident, page, names),
    since,
    now,
    timeZone,
    others: othersPaged(incident, page),
    code: page.code,
    room: bridge.name === "open",
    standing: standingOf(incident, page, names),
    address,
    ...(notice === undefined ? {} : { notice }),
  };
}

/** Whose names a page's card bears. */
export function namedOn(incident: Incident, page: Page): readonly string[] {
  const owner = ownerOf(incident.paging.requests[page.request]);
  return [...namesInAsking(incident, page), ...(owner === undefined ? [] : [owner])];
}

/** Whoever was paged for a sensitive incident and does not work on it sees its name, and no more. */
function matter(incident: Incident, { person }: Page): Pick<PageFacts, "symptom" | "more" | "declared"> {
  const { declaration } = incident;
  const spoken = spokenOf(incident);
  if (mayRead(incident, person)) return { symptom: spoken.title, more: spoken.more, declared: declaration };
  return { symptom: "A sensitive incident", declared: declaration && { codename: declaration.codename } };
}

function standingOf({ phase, paging, roster }: Incident, page: Page, names: Names): PageStanding {
  if (isOver(phase)) return { name: "over", how: phase === "closed" ? "closed" : "stood-down" };
  const request = paging.requests[page.request]?.state;
  // A page that asks the owner anew waits for an answer, whatever the owner said before.
  if (request?.name === "satisfied" && !asks(page, request.owner)) {
    const { owner, asked } = request;
    if (owner === page.person) {
      const isPagedAnew = Object.values(paging.pages).some((other) => asks(other, owner));
      const why = isPagedAnew ? "urgency-raised" : "silent";
      return { name: "yours", asked: asked ? why : undefined, promised: roster[owner]?.promised };
    }
    const isOnIt = page.state === "acknowledged" || page.state === "escalated";
    return { name: isOnIt ? "beside" : "taken", by: nameOf(names, owner) };
  }
  switch (page.state) {
    case "open":
      return { name: "open" };
    case "acknowledged":
      return { name: "noted" };
    case "escalated":
      return { name: "more-help" };
    case "declined":
      return { name: "declined" };
    case "expired":
      return { name: "expired" };
    case "cancelled":
      return { name: "released" };
  }
}
