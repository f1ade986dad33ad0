// What goes out by SMS: the first message of a page, and notices. Each is one message of at most 160 characters that cost one
// septet each, or three parts of UCS-2 where that would lose letters, whatever the monitoring wrote into its alert.
import type { AlertSeverity } from "../core/severity.ts";
import type { Instant } from "../core/time.ts";
import { type Alphabet, inAlphabet } from "./alphabet.ts";
import { type Asked, askedWords } from "./asked.ts";
import { type NoticeFacts, noticeWords } from "./notices.ts";
import { wallClock } from "./wall-clock.ts";
import { andMore, severityWords } from "./words.ts";

const longestService = 24;
const longestAsked = 16;
/** Of a notice: what follows it is not cut off. */
const longestSymptom = 80;
const shortestSymptom = 12;

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
export const firstMessage = (page: FirstMessage): string =>
  inAlphabet((alphabet) => composed(page, alphabet, alphabet.room.message, ""));

/** Where keys and replies may not work a link does: more parts then, rather than a page cut short. */
export const firstMessageWithLink = (page: FirstMessage, link: string): string =>
  inAlphabet((alphabet) => composed(page, alphabet, alphabet.room.withLink, ` or ${link}`));

/** So much of the symptom comes before what a shorter end leaves out. */
const leastSymptom = 40;

function composed(page: FirstMessage, alphabet: Alphabet, room: number, end: string): string {
  const service = alphabet.fit(page.service, longestService);
  const head = `${mark(page.drill)}${severityWords[page.severity]} ${service}: `;
  const since = ` since ${wallClock(page.since, page.now, page.timeZone)}.`;
  const whom =
    page.asked === undefined
      ? othersPaged(page.others)
      : askedWords(page.asked, (name) => alphabet.fit(name, longestAsked));
  const reply = `Reply 1 ${page.code}`;
  const answers = `${reply} yes, 2 no, 3 more help`;
  const whole = `${since} ${whom}. ${answers}`;
  // Beside a link, in an alphabet that takes much room, the symptom is worth more than what the link's page says as well.
  const tails = end === "" ? [whole] : [whole, `${since} ${answers}`, `${since} ${reply}`, `. ${reply}`];
  const symptom = alphabet.quote(page.symptom);
  const more = andMore("", page.more);
  const fits = (tail: string): boolean =>
    room - head.length - more.length - tail.length - end.length >= Math.min(symptom.length, leastSymptom);
  const tail = `${tails.find(fits) ?? tails.at(-1)}${end}`;
  return head + alphabet.quote(page.symptom, room - head.length - more.length - tail.length) + more + tail;
}

/** The first word of everything that belongs to a drill. */
const mark = (drill: boolean): string => (drill ? "DRILL " : "");

const othersPaged = (others: number): string =>
  others <= 0 ? "Only you paged" : `${Math.min(others, 999)} ${others === 1 ? "other" : "others"} paged`;

export const noticeMessage = (notice: NoticeFacts): string =>
  inAlphabet((alphabet) => {
    const room = alphabet.room.message - mark(notice.drill).length;
    const marks = alphabet.quote("").length;
    const others = noticeIn(alphabet, notice, marks).length - marks;
    // A quotation that is cut ends in its mark all the same.
    const longest = Math.min(Math.max(room - others, shortestSymptom), longestSymptom);
    return fitted(alphabet, notice.drill, () => noticeIn(alphabet, notice, longest));
  });

function noticeIn(alphabet: Alphabet, notice: NoticeFacts, longest: number): string {
  const { about, asked, codename, code, dialIn } = notice;
  return noticeWords(notice.kind, {
    service: alphabet.fit(notice.service, longestService),
    severity: notice.severity,
    symptom: alphabet.quote(notice.symptom, longest),
    more: notice.more ?? 0,
    about: about === undefined ? undefined : alphabet.fit(about, longestName),
    asked: asked === undefined ? undefined : alphabet.fit(asked, longestName),
    codename: codename === undefined ? undefined : alphabet.fit(codename),
    dialIn,
    // Without a page of its own there is nothing that a reply could speak of.
    toKeep:
      code === undefined
        ? "Say so on the command post to keep it"
        : `Reply 1 ${code} to keep it, 3 for more help`,
    toBeCalled: `Reply JOIN${named(code)} and we call you`,
  });
}

const named = (code: string | undefined): string => (code === undefined ? "" : ` ${code}`);

export const longestName = 40;

export function fitted(alphabet: Alphabet, drill: boolean, words: (room: number) => string): string {
  const room = alphabet.room.message - mark(drill).length;
  return mark(drill) + alphabet.cut(words(room), room);
}
