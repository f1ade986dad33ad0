// What a no came to: whom it leaves the incident with, and whether anybody new is paged because of it.
import type { IncidentEvent } from "../events.ts";
import type { Incident } from "../state.ts";

export type AfterDecline =
  /** The next level, or the catch-all, was paged at once. */
  | { readonly name: "next-paged" }
  /** No one new was paged: others of the level were asked at the same time, or the catch-all's next round comes. */
  | { readonly name: "paging-goes-on" }
  /** Somebody has it: a late no is no news to anybody. */
  | { readonly name: "owned"; readonly by: string };

export function afterDecline(
  { paging }: Incident,
  page: string,
  events: readonly Pick<IncidentEvent, "type">[],
): AfterDecline {
  const request = paging.requests[paging.pages[page]?.request ?? ""];
  if (request?.state.name === "satisfied") return { name: "owned", by: request.state.owner };
  const isNextPaged = events.some(({ type }) => type === "LevelStarted" || type === "CatchAllPaged");
  return { name: isNextPaged ? "next-paged" : "paging-goes-on" };
}
