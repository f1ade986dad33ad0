// What the hub says to whoever calls its number.
import { spoken } from "./speakable.ts";
import { alertReads, keyName } from "./voice.ts";

interface Known {
  readonly title: string;
  readonly commander: string | undefined;
}

export interface LineWords {
  /** BCP 47. */
  readonly language: string;
  // the choice
  greeting(organisation: string): string;
  readonly choice: string;
  noSuchKey(key: string): string;
  readonly nobodyPressed: string;
  readonly tooManyCalls: string;
  // by PIN
  readonly askPin: string;
  readonly sixDigits: string;
  readonly wrongPin: string;
  readonly noMorePins: string;
  /** Too many wrong ones from this number, or from anywhere. */
  readonly closed: string;
  /** The same from the number of a person of the config: says nothing about the PIN. */
  readonly callBack: string;
  readonly over: string;
  readonly bridgeOver: string;
  /** To a caller for help. */
  readonly overMeanwhile: string;
  readonly askName: string;
  readonly emergency: string;
  readonly entering: string;
  // for help
  confirm(key: string, noHelpKey: string): string;
  readonly noHelp: string;
  /** It pages later. */
  readonly unconfirmed: string;
  /** Beyond the limits: it pages later. */
  readonly held: string;
  /** To a number that the config does not know. */
  knownService(service: string): string;
  readonly waiting: string;
  readonly tooManyWaiting: string;
  /** Removed from the room, or sent away while waiting. */
  readonly removed: string;
  subjects(subjects: readonly { readonly name: string }[]): string;
  same(known: Known): string;
  readonly paging: string;
  readonly oneMoment: string;
  readonly askWhat: string;
  /** A person of the config who joins an open bridge. */
  readonly calledBack: string;
  hangUp(isNumberKnown: boolean): string;
  // while nothing can be looked up
  readonly fallback: string;
  readonly fallbackEnd: string;
}

const english: LineWords = {
  language: "en-US",
  greeting: (organisation) => `This is Muster, for ${spoken(organisation, 60)}.`,
  choice: "Press 1 to join a bridge. Press 2 to call for help.",
  noSuchKey: (key) => `${keyName(key)} means nothing here.`,
  nobodyPressed: "Nobody pressed a key. Goodbye.",
  tooManyCalls:
    "Too many calls came from this number, or from numbers we don't know. Try again later. Goodbye.",
  askPin: "Type the six digits of the bridge's PIN.",
  sixDigits: "A PIN has six digits.",
  wrongPin: "That PIN isn't valid.",
  noMorePins: "That PIN isn't valid. Check it, and call again. Goodbye.",
  closed: "PINs are closed for now: too many were wrong. Ask a responder to call you in. Goodbye.",
  callBack:
    "Too many wrong PINs came from this number. Hang up: if this one is right, we call you back in a moment. Goodbye.",
  over: "That incident is over. There is nothing to join. Goodbye.",
  overMeanwhile:
    "The incident that you called about was ended just now. If you still need help, call again. Goodbye.",
  bridgeOver: "That bridge has ended. Goodbye.",
  askName: "We don't recognise your number. Say your name after the tone.",
  emergency: "This is the emergency room.",
  entering: "You are joining the call.",
  confirm: (key, noHelpKey) =>
    `We don't recognise your number. If you need help now, press ${key}: people are woken for it. If not, press ${noHelpKey}.`,
  noHelp: "Nobody is paged. Goodbye.",
  unconfirmed:
    "Your call is noted, and people are paged for it in about ten minutes. To page them at once, call again and press the key. Goodbye.",
  held: "Several calls for help came in before yours. Your call is noted, and people are paged for it within the hour. Goodbye.",
  knownService: (service) =>
    `${spoken(service, 40)} is being looked at already. Press 1 to wait for the people on it. Press 2 to report something else.`,
  waiting: "People are told that you wait. Stay on the line: they let you in.",
  tooManyWaiting: "Other callers are waiting already, and people know. Goodbye.",
  removed: "You are not on this call any more. Goodbye.",
  subjects: (subjects) =>
    [
      "What is it about?",
      ...subjects.map(({ name }, n) => `Press ${n + 1} for ${spoken(name, 40)}.`),
      "Press 9 for anything else.",
    ].join(" "),
  same: ({ title, commander }) =>
    `This is known. ${alertReads(title, 120)} ${
      commander === undefined ? "Nobody has it yet." : `Command is with ${spoken(commander, 60)}.`
    } Press 1 to join it. Press 2 to report something else.`,
  paging: "People are being paged. Stay on the line.",
  oneMoment: "One moment.",
  askWhat: "Say what is wrong after the tone. Then press any key.",
  calledBack: "Hang up: we call you back at your number in a moment, and you join at a key. Goodbye.",
  hangUp: (isNumberKnown) =>
    `People are being paged. You can hang up now: ${
      isNumberKnown ? "we have your number." : "call again to hear how it stands."
    } Goodbye.`,
  fallback: "This is Muster. Nothing can be looked up now. If you have the six digits of a PIN, type them.",
  fallbackEnd: "Nobody is paged by this call. Reach people by the numbers that you have. Goodbye.",
};

/** In the caller's language where we know both, in English otherwise. */
export const lineWords = (_language?: string): LineWords => english;
