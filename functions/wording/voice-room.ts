// What is spoken on the way into a room, and in it.
import type { AnnouncementKind, CallInCause } from "../core/incident/bridge/facts.ts";
import type { AlertSeverity } from "../core/severity.ts";
import type { Duration } from "../core/time.ts";
import { spoken } from "./speakable.ts";
import { alertReads, keyName, severities } from "./voice.ts";
import { capital, counted, lasting, sayMore } from "./words.ts";

interface About {
  readonly service: string;
  readonly severity: AlertSeverity;
  readonly symptom: string;
  /** How many other symptoms fire. */
  readonly more?: number;
  readonly drill: boolean;
}

interface Asked extends About {
  readonly cause: CallInCause;
  /** Who gave the order, where somebody did. */
  readonly by?: string;
  readonly key: string;
}

export interface Standing extends About {
  /** Since the first alert of it. */
  readonly lasts: Duration;
  /** Who has it. */
  readonly owner: string | undefined;
  /** How many are in the room, and how many of them nobody knows. */
  readonly here: number;
  readonly unknown: number;
}

export interface RoomWords {
  /** BCP 47. */
  readonly language: string;
  readonly ended: string;
  /** It ended while the call went on. */
  readonly gone: string;
  readonly yours: string;
  readonly nobodyPressed: string;
  readonly entering: string;
  readonly recorded: string;
  readonly somebodyWaits: string;
  readonly goodbye: string;
  noSuchKey(key: string): string;
  asks(asked: Asked): readonly string[];
  /** At a key, into the room. */
  offers(key: string): string;
  announcement(kind: AnnouncementKind, standing: Standing): string;
}

const mostSymptom = 120;

const english: RoomWords = {
  language: "en-US",
  ended: "This is Muster. The bridge has ended. There is nothing for you to do. Goodbye.",
  gone: "The bridge has ended. Goodbye.",
  yours: "This is Muster. You are on it already, and a phone bridge is open.",
  nobodyPressed: "Nobody pressed the key. You can still dial in. Goodbye.",
  entering: "You are put into the room.",
  recorded: "This call is recorded.",
  somebodyWaits: "A caller for help waits on the line.",
  goodbye: "Goodbye.",
  noSuchKey: (key) => `${keyName(key)} means nothing here.`,
  asks: ({ cause, by, key, ...about }) => [
    `${mark(about.drill)}This is Muster, calling you into the phone bridge. ${what(about)}`,
    ...causes[cause](by === undefined ? undefined : spoken(by, 60)),
    cause === "caller-waits"
      ? `Press ${key} to let the caller in and talk.`
      : `Press ${key} to get into the room.`,
  ],
  offers: (key) => `Press ${key} to get into the room.`,
  announcement: (kind, standing) => `${mark(standing.drill)}${announcements[kind](standing)}`,
};

const mark = (drill: boolean): string => (drill ? "This is a drill. Drill. " : "");

const what = ({ service, severity, symptom, more }: About): string =>
  `${spoken(service, 60)}, ${severities[severity]}. ${alertReads(symptom, mostSymptom)}${sayMore(more)}`;

const causes: Readonly<Record<CallInCause, (by: string | undefined) => readonly string[]>> = {
  absent: () => ["The others meet there."],
  ordered: (by) => [`${by ?? "Whoever is in command"} asks for you.`],
  "asked-for": () => [],
  "caller-waits": () => [english.somebodyWaits],
};

const announcements: Readonly<Record<AnnouncementKind, (standing: Standing) => string>> = {
  cadence: ({ owner, lasts, here, unknown, ...about }) =>
    [
      `How it stands. ${what(about)}`,
      `It goes on for ${lasting(lasts)}.`,
      owner === undefined ? "Nobody has it." : `${spoken(owner, 60)} has it.`,
      `${capital(counted(here, "is", "are"))} in the room.`,
      ...(unknown === 0
        ? []
        : [`${capital(counted(unknown, "of them is", "of them are"))} not known: please say who you are.`]),
    ].join(" "),
  "caller-waits": () =>
    "A caller waits to be let in. Let the caller in on the command post, or hang up, text JOIN, and press the key when Muster calls you.",
  "return-to-chat": () =>
    "The chat is there again, and the response goes back to it. This bridge ends when the last one leaves it.",
  ending: ({ service }) =>
    `The incident of ${spoken(service, 60)} is over. Stay for a word, if you like; nobody new is let in. Thank you.`,
};

/** In the person's language where we have it, in English otherwise. */
export const roomWords = (_language?: string): RoomWords => english;
