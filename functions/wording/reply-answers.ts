// What a reply came to, in words. Every reply gets an answer, except STOP, which the carriers answer themselves, and what a
// machine goes on sending.
import type { AlertSeverity } from "../core/severity.ts";
import type { Duration } from "../core/time.ts";
import { type Alphabet, inAlphabet } from "./alphabet.ts";
import { fitted, longestName } from "./sms.ts";
import { capital, counted, lasting } from "./words.ts";

export type Answer =
  | {
      readonly kind: "yours";
      readonly stoodDown: number;
      /** Where the reply did not say which page it meant and this number had another one. */
      readonly of?: NamedPage;
      /** When this person is expected, where that was said. */
      readonly arrivingIn?: Duration;
    }
  | { readonly kind: "still-yours" }
  /** `next`: somebody new is paged because of it. */
  | { readonly kind: "passed-on"; readonly next: boolean; readonly of?: NamedPage }
  | { readonly kind: "more-help"; readonly of?: NamedPage }
  | { readonly kind: "already-answered"; readonly by: string }
  | { readonly kind: "over" }
  /** Several pages may be meant. */
  | { readonly kind: "which-page"; readonly word: string; readonly pages: readonly AskedPage[] }
  /** A reply that named several pages, or all of them. */
  | { readonly kind: "several"; readonly each: readonly AnsweredPage[] }
  | { readonly kind: "no-such-page"; readonly code: string }
  | { readonly kind: "no-page" }
  /** `code`: of the one page that is meant. */
  | { readonly kind: "not-understood"; readonly code?: string }
  | { readonly kind: "not-allowed" }
  /** The incident is sensitive, and the sender is not part of it. */
  | { readonly kind: "not-invited" }
  /** There is no bridge to come to, or no phone that may be called. */
  | { readonly kind: "no-bridge" }
  | { readonly kind: "called-lately" }
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

/** By its service, and by what is wrong where another page has the same. */
export interface NamedPage {
  readonly service: string;
  readonly symptom?: string;
}

export interface AskedPage {
  readonly code: string;
  readonly service: string;
  readonly symptom: string;
  readonly severity: AlertSeverity;
  readonly drill: boolean;
}

type Asking = Extract<Answer, { readonly kind: "which-page" }>;

export interface AnsweredPage {
  readonly code: string;
  readonly drill: boolean;
  readonly answer: Answer;
}

export const answerMessage = (answer: Answer, drill: boolean): string =>
  inAlphabet((alphabet) => fitted(alphabet, drill, (room) => answerWords(answer, alphabet, room)));

function answerWords(answer: Answer, alphabet: Alphabet, room: number): string {
  const of = "of" in answer && answer.of !== undefined ? named(answer.of, alphabet) : undefined;
  switch (answer.kind) {
    case "yours":
      return [
        `You have ${of ?? "it"}${expected(answer.arrivingIn)}.`,
        ...(answer.stoodDown <= 0 ? [] : [`${capital(counted(answer.stoodDown, "other"))} stood down.`]),
      ].join(" ");
    case "still-yours":
      return "Good. It stays yours.";
    case "passed-on":
      return `Noted: not you${of === undefined ? "" : ` for ${of}`}. ${answer.next ? "The next one is asked" : "The paging goes on"}.`;
    case "more-help":
      return `More help is being paged${of === undefined ? "" : ` for ${of}`}. You stay on it.`;
    case "already-answered":
      return `Already answered by ${alphabet.fit(answer.by, longestName)}. Nothing for you to do.`;
    case "over":
      return "That incident is over. Nothing for you to do.";
    case "which-page":
      return whichPage(answer, alphabet, room);
    case "several":
      return severalPages(answer.each, alphabet, room);
    case "no-such-page":
      return `There is no page ${alphabet.fit(answer.code, 10)} for you. Please look at the code again.`;
    case "no-page":
      return "No page of the last hour waits for you. For an older one send 1, 2 or 3 with its code.";
    case "not-understood":
      return `Not understood, nothing changed. Reply 1 ${answer.code ?? "and the page's code"} for yes, 2 for no, 3 for more help.`;
    case "not-allowed":
      return "That can't be done by SMS from this number. Nothing changed.";
    case "not-invited":
      return "That incident is sensitive and you aren't part of it. Nothing changed.";
    case "called-lately":
      return "We called you several times just now. Dial in with the PIN.";
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
      return `On-call pager of ${alphabet.fit(answer.organisation, longestName)}. Reply to a page: 1 yes, 2 no, 3 more help, then its code. STOP ends all texts.`;
    case "started":
      // Each carrier keeps a list of its own, and takes nobody off it by a word that was sent to the other.
      return "You get pages by SMS again. If you sent STOP to another of our numbers, send START there too.";
    case "stranger":
      return "This number pages on-call staff, and yours is not on its list. Nothing changed.";
    case "not-noted":
      return "That could not be noted. Please send it again.";
  }
}

const named = ({ service, symptom }: NamedPage, alphabet: Alphabet): string =>
  symptom === undefined
    ? alphabet.fit(service, longestName)
    : `${alphabet.fit(service, longestService)}: ${alphabet.quote(symptom, longestSymptom)}`;

const expected = (arrivingIn: Duration | undefined): string =>
  arrivingIn === undefined ? "" : `, and are expected in ${lasting(arrivingIn)}`;

const longestService = 20;
const longestSymptom = 40;

/** Whole entries only: half of a code would be a code that does not exist. */
function whichPage({ word, pages }: Asking, alphabet: Alphabet, room: number): string {
  const services = pages.map(({ service }) => alphabet.fit(service, longestService));
  const entries = pages.map(({ code, symptom, drill }, n) => {
    const service = services[n] ?? "";
    // Where two are alike, what is wrong tells them apart.
    const isAlike = services.indexOf(service) !== services.lastIndexOf(service);
    return `${drill ? "DRILL " : ""}${code} ${service}${isAlike ? `: ${alphabet.quote(symptom, longestSymptom)}` : ""}`;
  });
  return asManyAsFit(`Which page? Reply ${word} and its code: `, entries, room);
}

function asManyAsFit(head: string, entries: readonly string[], room: number): string {
  for (let shown = entries.length; shown > 1; shown--) {
    const rest = entries.length - shown;
    const more = rest === 0 ? "" : `, and ${rest} more: see the command post`;
    const text = `${head}${entries.slice(0, shown).join(", ")}${more}`;
    if (text.length <= room) return text;
  }
  return entries.length > 1
    ? `${head}${entries[0]}, and ${entries.length - 1} more: see the command post`
    : `${head}${entries.join("")}`;
}

/** What happened to each of several, those with the same fate together. */
function severalPages(each: readonly AnsweredPage[], alphabet: Alphabet, room: number): string {
  const fates = new Map<string, string[]>();
  for (const { code, drill, answer } of each) {
    const fate = fateWords(answer, alphabet);
    fates.set(fate, [...(fates.get(fate) ?? []), `${drill ? "DRILL " : ""}${alphabet.fit(code, 10)}`]);
  }
  const told = (pagesOf: (codes: readonly string[]) => string): string =>
    [...fates].map(([fate, codes]) => `${fate.replace(place, () => pagesOf(codes))}.`).join(" ");
  for (let shown = each.length; shown > 1; shown--) {
    const text = told((codes) => someOf(codes, shown));
    if (text.length <= room) return text;
  }
  return told((codes) => counted(codes.length, "page"));
}

const someOf = (codes: readonly string[], show: number): string =>
  codes.length <= show
    ? codes.join(", ")
    : `${codes.slice(0, show).join(", ")} and ${codes.length - show} more`;

/** Where the codes go. No words from outside have it. */
const place = "\u0000";

function fateWords(answer: Answer, alphabet: Alphabet): string {
  switch (answer.kind) {
    case "yours":
      return `You have ${place}${expected(answer.arrivingIn)}`;
    case "still-yours":
      return `You have ${place}`;
    case "passed-on":
      return `Noted: not you for ${place}`;
    case "more-help":
      return `More help is being paged for ${place}`;
    case "already-answered":
      return `${alphabet.fit(answer.by, longestName)} has ${place}`;
    case "over":
      return `Over already: ${place}`;
    case "no-such-page":
      return `No page of yours: ${place}`;
    default:
      return `Nothing changed for ${place}`;
  }
}
