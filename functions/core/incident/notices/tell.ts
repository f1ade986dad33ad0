// Tells people whose phones may have rung how it went on.
import type { WrittenChannel } from "../../contact.ts";
import type { Draft } from "../draft.ts";
import type { NoticeKind } from "../events.ts";
import { nextNotice } from "../paging/names.ts";
import type { Page, PageDelivery } from "../state.ts";

/** One notice per person, by the way that the newest page took; whoever was never reached is not told. */
export function tell(draft: Draft, kind: NoticeKind, pages: readonly Page[], about?: string): void {
  const newest = new Map<string, readonly [Page, Written]>();
  for (const page of pages) {
    const way = page.deliveries.filter(isWritten).findLast(mayHaveArrived);
    if (way !== undefined) newest.set(page.person, [page, way]);
  }
  for (const [page, way] of newest.values()) {
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

type Written = PageDelivery & { readonly channel: WrittenChannel };
/** Only requests ring a phone: a notice is written, never spoken. */
const isWritten = (delivery: PageDelivery): delivery is Written => delivery.channel !== "voice";

/** A delivery whose claim may be committed counts as arrived: better told once too often than left in doubt. */
const mayHaveArrived = (delivery: PageDelivery): boolean =>
  delivery.state === "handed" ||
  delivery.state === "confirmed" ||
  delivery.state === "uncertain" ||
  delivery.state === "superseded";
