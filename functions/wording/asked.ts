// Who asked for whom, on the page of a further request: whoever is woken by a person's order knows by whose.
import type { Incident, Page } from "../core/incident/state.ts";
import { type Names, nameOf } from "./names.ts";

/** Short enough for the one message that wakes somebody. */
export interface Asked {
  readonly by: string;
  /** A service that needs somebody; left out where it is whoever is paged. */
  readonly service?: string;
  /** Who was asked for and did not come: this page goes to the last resort. */
  readonly missing?: string;
}

/** Undefined where it is the incident itself that asks for an owner. `names`: those of `namesInAsking`. */
export function askedOf({ paging }: Incident, page: Page, names: Names): Asked | undefined {
  const request = paging.requests[page.request];
  if (request === undefined || request.kind === "owner") return undefined;
  const { kind, about = "", aboutName, askedBy } = request;
  const by = askedBy === undefined ? "Somebody" : nameOf(names, askedBy);
  if (page.cause === "catch-all") return { by, missing: aboutName ?? nameOf(names, about) };
  return kind === "subject" ? { by, service: aboutName ?? about } : { by };
}

export function namesInAsking({ paging }: Incident, page: Page): readonly string[] {
  const request = paging.requests[page.request];
  return request?.kind === "person" || request?.kind === "subject"
    ? [request.askedBy, request.kind === "person" ? request.about : undefined].filter(
        (id) => id !== undefined,
      )
    : [];
}

/** `as` brings a name into the channel's form. */
export function askedWords({ by, service, missing }: Asked, as: (name: string) => string): string {
  if (missing !== undefined) return `${as(by)} asks: no answer from ${as(missing)}`;
  return service === undefined ? `${as(by)} asks for you` : `${as(by)} asks for ${as(service)}`;
}
