// A notice failed: it goes by another written way of the same person, once by each, until none is left.
import { usableMethods, type WrittenChannel, writtenChannels } from "../../contact.ts";
import type { Draft } from "../draft.ts";
import type { DeliveryReason, Detour } from "../events.ts";
import { contactOf } from "../paging/look-up.ts";
import { pageUntold } from "../paging/page-owner.ts";
import type { Incident, Notice } from "../state.ts";
import { requestNotice } from "./tell.ts";

/** So many ways for one notice, the first included. */
const mostWays = 4;

interface Failure {
  readonly reason: DeliveryReason;
  readonly detours?: readonly Detour[];
}

export function failNotice(draft: Draft, id: string, failure: Failure): void {
  const notice = draft.state().notices[id];
  if (notice === undefined) return;
  const { person, kind } = notice;
  const channel = channelOf(notice, failure.detours);
  draft.add({ type: "NoticeFailed", notice: id, person, kind, channel, ...failure });
  const tried = triedWays(draft.state(), id, failure.detours ?? []);
  // Words about a bridge lead nowhere once it has ended.
  if (failure.reason === "no-longer-wanted") return;
  const way = tried.length >= mostWays ? undefined : nextWay(draft, notice, tried);
  if (way === undefined) draft.add({ type: "NoticeUndeliverable", person, kind });
  // An order to act needs a page's fallbacks: where a phone did not bring it, a chat wakes nobody.
  const isPaged =
    kind === "severity-raised" && (way === undefined || channel === "sms") && pageUntold(draft, person);
  if (way !== undefined && !isPaged) requestNotice(draft, { ...aboutOf(notice), ...way, insteadOf: id });
}

/** By which channel it went in the end: a notice in the chat is texted while the chat fails, or is passed over. */
export function channelOf(
  { channel, carrier }: Pick<Notice, "channel" | "carrier">,
  detours: readonly Detour[] = [],
): WrittenChannel {
  const byPhone =
    (carrier !== undefined && carrier !== "teams") || detours.some((detour) => detour.carrier === "teams");
  return channel === "teams" && byPhone ? "sms" : channel;
}

const aboutOf = ({ person, kind, about, code, request, news }: Notice) => ({
  person,
  kind,
  about,
  code,
  request,
  news,
});

interface TriedWay {
  readonly channel: WrittenChannel;
  /** Undefined: whichever number takes texts first, where the chat's own way ended at a phone. */
  readonly method: string | undefined;
}

/** The ways of this notice and of those in whose place it went. */
function triedWays({ notices }: Incident, id: string, detours: readonly Detour[]): readonly TriedWay[] {
  const tried: TriedWay[] = [];
  let [next, others]: [string | undefined, boolean] = [id, detours.some(({ how }) => how !== "passed-over")];
  while (next !== undefined) {
    const notice: Notice | undefined = notices[next];
    if (notice === undefined) break;
    const { channel, method, carrier, insteadOf }: Notice = notice;
    tried.push({ channel, method });
    const byPhone = others || (carrier !== undefined && carrier !== "teams");
    if (channel === "teams" && byPhone && insteadOf === undefined)
      tried.push({ channel: "sms", method: undefined });
    [next, others] = [insteadOf, false];
  }
  return tried;
}

/** The other channel first: what one of them can't do, its next number may not do either. */
function nextWay(draft: Draft, { person, channel }: Notice, tried: readonly TriedWay[]) {
  const contact = contactOf(draft, person);
  for (const each of writtenChannels.toSorted((a, b) => Number(a === channel) - Number(b === channel))) {
    const open = usableMethods(contact, each);
    const used = tried.filter((way) => way.channel === each).map((way) => way.method ?? open[0]);
    const method = open.find((id) => !used.includes(id));
    if (method !== undefined) return { channel: each, method };
  }
  return undefined;
}
