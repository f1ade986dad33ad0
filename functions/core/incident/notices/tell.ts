// Tells people whose phones may have rung how it went on.
import type { Draft } from "../draft.ts";
import type { NoticeKind } from "../events.ts";
import { nextNotice } from "../paging/names.ts";
import type { Page, PageDelivery } from "../state.ts";

/** One notice per person, by the way that page took; whoever was never reached is not told. */
export function tell(draft: Draft, kind: NoticeKind, pages: readonly Page[], about?: string): void {
  const told = new Set<string>();
  for (const page of pages) {
    const way = page.deliveries.findLast(mayHaveArrived);
    if (way === undefined || told.has(page.person)) continue;
    told.add(page.person);
    draft.add({
      type: "NoticeWanted",
      notice: nextNotice(draft.state().paging),
      person: page.person,
      kind,
      channel: way.channel,
      method: way.method,
      code: page.code,
      drill: draft.state().signal.drill,
      ...(about === undefined ? {} : { about }),
    });
  }
}

/** A delivery whose claim may be committed counts as arrived: better told once too often than left in doubt. */
const mayHaveArrived = (delivery: PageDelivery): boolean =>
  delivery.state === "handed" ||
  delivery.state === "confirmed" ||
  delivery.state === "uncertain" ||
  delivery.state === "superseded";
