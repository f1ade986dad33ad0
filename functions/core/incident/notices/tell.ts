// Tells people how it went on: those whose phones may have rung, or whoever it concerns.
import { usableMethod, type WrittenChannel, writtenChannels } from "../../contact.ts";
import type { Draft } from "../draft.ts";
import type { JoinedNews, NoticeKind } from "../events.ts";
import { contactOf } from "../paging/look-up.ts";
import { nextNotice } from "../paging/names.ts";
import type { Page, PageDelivery } from "../state.ts";

/** One notice per person, by the way that the newest page took; whoever was never reached is not told. Answers who was. */
export function tell(
  draft: Draft,
  kind: NoticeKind,
  pages: readonly Page[],
  about?: string,
): ReadonlySet<string> {
  const reached = newestPages(pages.filter((each) => writtenWay(each) !== undefined));
  for (const page of reached.values()) {
    const way = writtenWay(page);
    if (way !== undefined)
      requestNotice(draft, { kind, person: page.person, ...way, code: page.code, about });
  }
  return new Set(reached.keys());
}

interface Said {
  readonly kind: NoticeKind;
  readonly about?: string | undefined;
  readonly request?: string | undefined;
  readonly news?: JoinedNews | undefined;
}

/**
 * By the way that reached a person before, or by the first that is open; `preferred` is taken before either. Answers who has
 * such a way.
 */
export function tellWherever(
  draft: Draft,
  people: readonly string[],
  said: Said,
  preferred?: WrittenChannel,
): ReadonlySet<string> {
  const told = new Set<string>();
  const pages = newestPages(Object.values(draft.state().paging.pages));
  for (const person of people) {
    const page = pages.get(person);
    const known = page === undefined ? undefined : writtenWay(page);
    const way =
      preferred === undefined || known?.channel === preferred
        ? (known ?? openWay(draft, person))
        : (openWay(draft, person, [preferred]) ?? known ?? openWay(draft, person));
    // The code of another request would answer that one.
    const code = said.request === undefined || page?.request === said.request ? page?.code : undefined;
    if (way === undefined) {
      const { kind, news } = said;
      draft.add({ type: "NoticeUndeliverable", person, kind, ...(news === undefined ? {} : { news }) });
    } else {
      requestNotice(draft, { ...said, person, ...way, code });
      told.add(person);
    }
  }
  return told;
}

type Way = Pick<Told, "channel" | "method">;

function openWay(
  draft: Draft,
  person: string,
  channels: readonly WrittenChannel[] = writtenChannels,
): Way | undefined {
  for (const channel of channels) {
    const method = usableMethod(contactOf(draft, person), channel);
    if (method !== undefined) return { channel, method };
  }
  return undefined;
}

interface Told extends Said {
  readonly person: string;
  readonly channel: WrittenChannel;
  readonly method: string;
  readonly code: string | undefined;
  readonly insteadOf?: string;
}

export function requestNotice(draft: Draft, { code, about, request, news, ...told }: Told): void {
  draft.add({
    type: "NoticeWanted",
    notice: nextNotice(draft.state().paging),
    ...told,
    drill: draft.state().signal.drill,
    ...(code === undefined ? {} : { code }),
    ...(about === undefined ? {} : { about }),
    ...(request === undefined ? {} : { request }),
    ...(news === undefined ? {} : { news }),
  });
}

const newestPages = (pages: readonly Page[]): ReadonlyMap<string, Page> =>
  new Map(pages.map((page) => [page.person, page]));

/**
 * The way by which this page's text may have arrived: by the phone that it woke somebody with, where there is one. In the
 * chat the card itself says how it went on.
 */
function writtenWay(page: Page): Way | undefined {
  const arrived = page.deliveries.filter(isWritten).filter(mayHaveArrived);
  const way = arrived.findLast(({ channel }) => channel === "sms") ?? arrived.at(-1);
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
