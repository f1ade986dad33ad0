// The timeline in sentences, of what people are told without being asked, and of what they miss.
import type { EventMeta, EventOf, NoticeEvent, NoticeKind } from "../core/incident/events.ts";
import { besides, taken } from "./carriers.ts";
import { type Names, nameOf } from "./names.ts";
import { deliveryReasonWords } from "./reasons.ts";
import { capital, channelWords, lasting } from "./words.ts";

export function noticeSentence(event: NoticeEvent & EventMeta, names: Names): string {
  switch (event.type) {
    case "NoticeWanted":
      return noticeWanted(event, names);
    case "NoticeHanded":
      return taken(event, noticeTo(event, names));
    case "NoticeConfirmed":
      return `${capital(noticeTo(event, names))} arrived.`;
    case "NoticeUncertain":
      return `It is not known whether ${nameIn(names, event)} was told${toldOf(event)}: ${deliveryReasonWords(event.reason)}.${besides(event)} Without a receipt in ${lasting(event.until - event.at)} another way is tried.`;
    case "NoticeFailed":
      return `${capital(nameIn(names, event))} was not told${toldOf(event)}: ${deliveryReasonWords(event.reason)}.${besides(event)}`;
    case "NoticeUndeliverable":
      return `NOT TOLD: ${nameOf(names, event.person)} has no written way left by which to learn that ${noticeMatters[event.kind]}.`;
  }
}

/** "Telling Ada that …", and "Ada was not told that …". */
const noticeMatters: Readonly<Record<NoticeKind, string>> = {
  "all-clear": "all is clear",
  "stood-down-by-person": "the incident was stood down",
  closed: "the incident is closed",
  "taken-by": "somebody else has it",
  "help-came": "the help that they asked for came",
  "not-answered": "nobody has answered the request",
  "still-yours": "an answer is needed to keep it",
  "severity-raised": "the severity was raised",
  "new-alerts": "something else joined the incident",
  "signal-clear": "the signal is clear",
  "bridge-open": "the bridge is open",
  "chat-is-back": "the chat is there again",
  "return-to-chat": "the response goes back to the chat",
};

function noticeWanted({ person, channel, kind, insteadOf }: EventOf<"NoticeWanted">, names: Names): string {
  const [name, by] = [nameOf(names, person), channelWords[channel]];
  const again = insteadOf === undefined ? "" : "By another way: ";
  return capital(
    kind === "still-yours"
      ? `${again}asking ${name} by ${by} whether it is still in hand.`
      : `${again}telling ${name} by ${by} that ${noticeMatters[kind]}.`,
  );
}

/** Under this a notice stands among the names: no person's id looks like it. */
export const noticeName = (notice: string): string => `notice/${notice}`;

const noticeTo = ({ notice }: { readonly notice: string }, names: Names): string => {
  const to = names.get(noticeName(notice));
  return to === undefined ? "the notice" : `the notice to ${to}`;
};

type Undelivered = EventOf<"NoticeFailed"> | EventOf<"NoticeUncertain">;

const nameIn = (names: Names, { person }: Undelivered): string =>
  person === undefined ? "a person" : nameOf(names, person);

/** " by SMS that the severity was raised" */
const toldOf = ({ channel, kind }: Undelivered): string =>
  `${channel === undefined ? "" : ` by ${channelWords[channel]}`}${kind === undefined ? "" : ` that ${noticeMatters[kind]}`}`;
