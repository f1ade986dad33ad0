// What is spoken on the phone. Numbers, host names and abbreviations are written so that a voice says them as people do.

import { quotedInSpeech } from "../core/quoted.ts";
import type { RefusalReason } from "../core/refusal.ts";
import type { AlertSeverity } from "../core/severity.ts";
import type { Instant } from "../core/time.ts";
import type { KeyMeaning, Keypad } from "../core/voice/keypad.ts";
import { type Asked, askedWords } from "./asked.ts";
import { refusalWords } from "./reasons.ts";
import { spoken, spokenByOne } from "./speakable.ts";
import { wallClock } from "./wall-clock.ts";
import { counted, sayMore } from "./words.ts";

interface PageFacts {
  readonly severity: AlertSeverity;
  readonly service: string;
  readonly symptom: string;
  /** How many other symptoms fire. */
  readonly more?: number;
  readonly drill: boolean;
  /** Of a further request: who asked for whom. */
  readonly asked?: Asked | undefined;
  readonly keypad: Keypad;
  /** A room is open into which a key leads. */
  readonly room: boolean;
}

type OpeningFacts = Omit<PageFacts, "keypad" | "room">;

interface OneWayFacts extends OpeningFacts {
  readonly code: string;
}

interface MoreFacts {
  readonly alerts: number;
  readonly since: Instant;
  readonly now: Instant;
  readonly timeZone: string;
}

export interface CallWords {
  /** BCP 47. */
  readonly language: string;
  readonly over: string;
  readonly notWanted: string;
  readonly yours: string;
  /** This person has answered, and others are still asked. */
  readonly noted: string;
  readonly nobodyPressed: string;
  /** The page itself can't be read. */
  readonly failed: string;
  readonly did: Readonly<Record<Exclude<KeyMeaning, "more">, string>>;
  /** What became urgent stays with its owner. */
  readonly stillYours: string;
  /** A no by which no one new is paged. */
  readonly pagingGoesOn: string;
  /** An answer that came after another one. */
  hasIt(name: string): string;
  answeredBy(name: string): string;
  noSuchKey(key: string): string;
  took(key: string, what: string): string;
  refused(reason: RefusalReason, by?: string): string;
  page(facts: PageFacts): readonly string[];
  /** Of a call that listens to no keys. */
  oneWay(facts: OneWayFacts): string;
  more(facts: MoreFacts): string;
}

const mostSpoken = 200;
export const severities: Readonly<Record<AlertSeverity, string>> = {
  critical: "critical",
  error: "an error",
  warning: "a warning",
  info: "for information",
};

export const keyName = (key: string): string => {
  if (key === "*") return "The star key";
  if (key === "#") return "The pound key";
  return `Key ${spoken(key, 5)}`;
};

const opening = (
  { severity, service, symptom, more, drill, asked }: OpeningFacts,
  said: typeof spoken = spoken,
): string =>
  `${drill ? "This is a drill. Drill. " : ""}This is Muster with a page for you. ${asked === undefined ? "" : `${askedWords(asked, (name) => said(name, 60))}. `}${said(service, 60)}, ${severities[severity]}. ${alertReads(symptom, mostSpoken, said)}${sayMore(more)}`;

/** What an alert says, told from what the hub says: announced, in another voice where there is one, and with an end. */
export const alertReads = (words: string, most: number, said: typeof spoken = spoken): string =>
  `The alert reads: ${quotedInSpeech(said(words, most).replace(endMark, "end alert"))} End of alert.`;
const endMark = /\bend[.,!? ]+of[.,!? ]+alert\b/gi;

/** Sign by sign, with time to write it down. */
const spelled = (code: string): string => Array.from(code).join(", ");

const english: CallWords = {
  language: "en-US",
  over: "This is Muster. The incident is over. There is nothing for you to do. Goodbye.",
  notWanted: "This is Muster. You are not needed for this any more. Goodbye.",
  yours: "This is Muster. You have it already. Goodbye.",
  noted: "This is Muster. Your answer is noted already. Goodbye.",
  nobodyPressed: "No key was pressed. The paging goes on. Goodbye.",
  failed:
    "This is Muster. There is a page for you, and it can't be read out now. Please answer it by text message, or open the command post.",
  did: {
    acknowledge: "You have it. Good luck.",
    later: "You have it, and are expected in 20 minutes.",
    decline: "Noted: not you. The next one is asked.",
    escalate: "More help is being paged. You stay on it.",
    join: "You have it.",
  },
  stillYours: "Good. It stays yours.",
  pagingGoesOn: "Noted: not you. The paging goes on.",
  hasIt: (name) => `${spoken(name, 60)} has it. There is nothing for you to do.`,
  answeredBy: (name) =>
    `This is Muster. It is already answered by ${spoken(name, 60)}. There is nothing for you to do. Goodbye.`,
  noSuchKey: (key) => `${keyName(key)} means nothing here.`,
  took: (key, what) => `${keyName(key)}. ${what}`,
  refused: (reason, by) =>
    `Nothing changed: ${refusalWords(reason, by === undefined ? undefined : spoken(by, 60))}.`,
  page: ({ keypad, room, ...facts }) => [
    opening(facts),
    `Press ${keypad.acknowledge} to take it.${room ? ` ${keypad.join} to take it and get into the room.` : ""} ${keypad.decline} for no. ${keypad.escalate} for more help. ${keypad.later} if you can be there in 20 minutes. ${keypad.more} to hear more.`,
  ],
  oneWay: ({ code, ...facts }) => {
    const said = `The code is ${spelled(code)}.`;
    const begin = opening(facts, spokenByOne);
    return `${begin} This call takes no keys. To take it, answer by text message: 1 and the code. ${said} ${begin} ${said}`;
  },
  more: ({ alerts, since, now, timeZone }) =>
    `It fires since ${wallClock(since, now, timeZone)}, with ${counted(alerts, "alert")}. Labels and links stand on the command post.`,
};

/** In the person's language where we have it, in English otherwise. */
export const callWords = (_language?: string): CallWords => english;
