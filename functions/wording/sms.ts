// What goes out by SMS: the first message of a page, notices, and the answers to replies. Each is one message of at most
// 160 characters that cost one septet each, whatever the monitoring wrote into its alert.
import type { AlertSeverity } from "../core/severity.ts";
import type { Instant } from "../core/time.ts";
import { type Asked, askedWords } from "./asked.ts";
import { gsm, shorten } from "./gsm.ts";
import { type NoticeFacts, noticeWords } from "./notices.ts";
import { wallClock } from "./wall-clock.ts";
import { andMore, capital, counted, severityWords } from "./words.ts";

export const oneMessage = 160;
const longestService = 24;
const longestAsked = 16;
/** Of a notice: what follows it is not cut off. */
const longestSymptom = 80;

export interface FirstMessage {
  readonly drill: boolean;
  readonly severity: AlertSeverity;
  readonly service: string;
  readonly symptom: string;
  /** How many other symptoms fire. */
  readonly more?: number;
  readonly since: Instant;
  /** When this is written: decides whether `since` needs a day. */
  readonly now: Instant;
  readonly timeZone: string;
  /** How many others are paged. */
  readonly others: number;
  readonly code: string;
  /** Of a further request: who asked for whom. */
  readonly asked?: Asked;
}

/** Severity first, the way to answer last; of what does not fit, the symptom is cut and never the code. */
export function firstMessage(page: FirstMessage): string {
  const service = shorten(gsm(page.service), longestService);
  const head = `${mark(page.drill)}${severityWords[page.severity]} ${service}: `;
  const since = ` since ${wallClock(page.since, page.now, page.timeZone)}.`;
  const whom =
    page.asked === undefined
      ? othersPaged(page.others)
      : askedWords(page.asked, (name) => shorten(gsm(name), longestAsked));
  const tail = `${since} ${whom}. Reply 1 ${page.code} yes, 2 no, 3 more help`;
  const more = andMore("", page.more);
  const symptom = shorten(gsm(page.symptom), oneMessage - head.length - more.length - tail.length);
  return head + symptom + more + tail;
}

/** Where keys and replies may not work a link does: two messages then, rather than a page cut short. */
export const withLink = (message: string, link: string): string => `${message} or ${link}`;

/** The first word of everything that belongs to a drill. */
const mark = (drill: boolean): string => (drill ? "DRILL " : "");

const othersPaged = (others: number): string =>
  others <= 0 ? "Only you paged" : `${Math.min(others, 999)} ${others === 1 ? "other" : "others"} paged`;

export function noticeMessage(notice: NoticeFacts): string {
  const { about, asked, codename, code, dialIn } = notice;
  const words = noticeWords(notice.kind, {
    service: shorten(gsm(notice.service), longestService),
    severity: notice.severity,
    symptom: shorten(gsm(notice.symptom), longestSymptom),
    more: notice.more ?? 0,
    about: about === undefined ? undefined : who(about),
    asked: asked === undefined ? undefined : who(asked),
    codename: codename === undefined ? undefined : gsm(codename),
    dialIn,
    // Without a page of its own there is nothing that a reply could speak of.
    toKeep:
      code === undefined
        ? "Say so on the command post to keep it"
        : `Reply 1 ${code} to keep it, 3 for more help`,
    toBeCalled: `Reply JOIN${named(code)} and we call you`,
  });
  return fitted(notice.drill, words);
}

const who = (name: string): string => shorten(gsm(name), 40);
const named = (code: string | undefined): string => (code === undefined ? "" : ` ${code}`);

const fitted = (drill: boolean, words: string): string =>
  mark(drill) + shorten(words, oneMessage - mark(drill).length);

/** What a reply came to. Every reply gets an answer, except STOP, which Twilio answers itself. */
export type Answer =
  | { readonly kind: "yours"; readonly stoodDown: number }
  | { readonly kind: "still-yours" }
  | { readonly kind: "passed-on" }
  | { readonly kind: "more-help" }
  | { readonly kind: "already-answered"; readonly by: string }
  | { readonly kind: "over" }
  /** Several pages are open, or the only one is too old for a bare answer. */
  | {
      readonly kind: "which-page";
      readonly pages: readonly { readonly code: string; readonly service: string }[];
    }
  | { readonly kind: "no-such-page"; readonly code: string }
  | { readonly kind: "no-page" }
  | { readonly kind: "not-understood" }
  | { readonly kind: "not-allowed" }
  /** There is no bridge to come to, or no phone that may be called. */
  | { readonly kind: "no-bridge" }
  | { readonly kind: "calling-you" }
  | { readonly kind: "called-already" }
  | { readonly kind: "bridge-opened" }
  | { readonly kind: "bridge-open-already" }
  | { readonly kind: "help"; readonly organisation: string }
  | { readonly kind: "started" }
  /** The number belongs to nobody in the config. */
  | { readonly kind: "stranger" }
  /** The hub could not note it. */
  | { readonly kind: "not-noted" };

export const answerMessage = (answer: Answer, drill: boolean): string => fitted(drill, answerWords(answer));

function answerWords(answer: Answer): string {
  switch (answer.kind) {
    case "yours":
      return answer.stoodDown <= 0
        ? "You have it."
        : `You have it. ${capital(counted(answer.stoodDown, "other"))} stood down.`;
    case "still-yours":
      return "Good. It stays yours.";
    case "passed-on":
      return "Noted: not you. The next one is asked.";
    case "more-help":
      return "More help is being paged. You stay on it.";
    case "already-answered":
      return `Already answered by ${who(answer.by)}. Nothing for you to do.`;
    case "over":
      return "That incident is over. Nothing for you to do.";
    case "which-page":
      return `Which page? Reply 1 and its code: ${answer.pages
        .map(({ code, service }) => `${code} ${shorten(gsm(service), 20)}`)
        .join(", ")}`;
    case "no-such-page":
      return `There is no page ${gsm(answer.code)} for you. Please look at the code again.`;
    case "no-page":
      return "There is no open page for you.";
    case "not-understood":
      return "Not understood, nothing changed. Reply 1 and the page's code for yes, 2 for no, 3 for more help.";
    case "not-allowed":
      return "That can't be done by SMS from this number. Nothing changed.";
    case "no-bridge":
      return "No bridge is open that you could be called into. Nothing changed.";
    case "calling-you":
      return "We call you now. Press the key that is spoken to get into the room.";
    case "called-already":
      return "You are in the room already, or your phone is about to ring.";
    case "bridge-opened":
      return "A phone bridge is being opened. You get its number and PIN by text in a moment.";
    case "bridge-open-already":
      return "The phone bridge is open already. Reply JOIN and we call you.";
    case "help":
      return `On-call pager of ${shorten(gsm(answer.organisation), 40)}. Reply to a page: 1 yes, 2 no, 3 more help, then its code. STOP ends all texts.`;
    case "started":
      // Each carrier keeps a list of its own, and takes nobody off it by a word that was sent to the other.
      return "You get pages by SMS again. If you sent STOP to another of our numbers, send START there too.";
    case "stranger":
      return "This number pages on-call staff, and yours is not on its list. Nothing changed.";
    case "not-noted":
      return "That could not be noted. Please send it again.";
  }
}
