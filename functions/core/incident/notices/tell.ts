// Tells people whose phones may have rung how it went on.
import type { WrittenChannel } from "../../contact.ts";
import type { Draft } from "../draft.ts";
import type { NoticeKind } from "../events.ts";
import { nextNotice } from "../paging/names.ts";
import type { Page, PageDelivery } from "../state.ts";

/** One notice per person, by the way that the newest page took; whoever was never reached is not told. */
export function tell(draft: Draft, kind: NoticeKind, pages: readonly Page[], about?: string): void {
  for (const page of newestPages(pages.filter((each) => writtenWay(each) !== undefined)).values()) {
    const way = writtenWay(page);
    if (way !== undefined) tellPerson(draft, { kind, person: page.person, ...way, code: page.code, about });
  }
}

interface Told {
  readonly kind: NoticeKind;
  readonly person: string;
  readonly channel: WrittenChannel;
  readonly method: string;
  readonly code: string | undefined;
  readonly about?: string | undefined;
}

export function tellPerson(draft: Draft, { code, about, ...told }: Told): void {
  draft.add({
    type: "NoticeWanted",
    notice: nextNotice(draft.state().paging),
    ...told,
    drill: draft.state().signal.drill,
    ...(code === undefined ? {} : { code }),
    ...(about === undefined ? {} : { about }),
  });
}

export const newestPages = (pages: readonly Page[]): ReadonlyMap<string, Page> =>
  new Map(pages.map((page) => [page.person, page]));

/** The way by which this page's text may have arrived. */
export function writtenWay(
  page: Page,
): { readonly channel: WrittenChannel; readonly method: string } | undefined {
  const way = page.deliveries.filter(isWritten).findLast(mayHaveArrived);
  return way === undefined ? undefined : { channel: way.channel, method: way.method };
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
