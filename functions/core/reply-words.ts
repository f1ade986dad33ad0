// The words of replies by text: one table for what each means, and which combinations of words mean a single one.
import { politeWords } from "./chat-words.ts";

export type Intent =
  | "acknowledge"
  | "decline"
  | "escalate"
  /** Be called and put into the room; have a room opened. */
  | "join"
  | "bridge"
  /** The carriers' words: whoever sends one of them must not be texted any more. */
  | "stop"
  | "start"
  | "help"
  | "unknown";

// https://help.twilio.com/articles/223134027 and, below the line,
// https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html: these count only when they are the whole
// message, in any case.
// YES also opts in again at Twilio. Here it answers a page: Twilio has handled the opt-in before we see it, and says so
// beside the text (OptOutType).
export const carrierWords: Readonly<Record<string, Intent>> = {
  stop: "stop",
  stopall: "stop",
  "stop all": "stop",
  unsubscribe: "stop",
  cancel: "stop",
  end: "stop",
  quit: "stop",
  revoke: "stop",
  optout: "stop",
  //
  arret: "stop",
  "opt out": "stop",
  remove: "stop",
  td: "stop",
  start: "start",
  unstop: "start",
};

const code = "((?:[a-z] ?[0-9]{3,4} )?)";

/**
 * The ends of our own texts, typed or copied word for word. They count as the whole message only: what a phone sends back
 * with a reaction ("Liked …") has words around them.
 */
export const ourOwnWords: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^(?:reply )?1 ${code}yes 2 no 3 more help$`), "1 $1"],
  [new RegExp(`^(?:reply )?1 ${code}to keep it(?: 3 for more help)?$`), "1 $1"],
  [new RegExp(`^(?:reply )?join ${code}and we call you$`), "join $1"],
];

// "More help" is what our own first message calls the 3; a lone "help" is the carriers' word for "who are you?".
export const phrases: readonly (readonly [RegExp, string])[] = [
  [/\bnot (?:me|mine|ours)\b/g, "no"],
  [/\b(?:i )?(?:can not|cannot|cant)\b/g, "no"],
  [/\b(?:more|need|send) help\b/g, "escalate"],
  [/\b(?:i am |im )?on it\b/g, "ack"],
  [/\bcall me(?: in)?\b/g, "join"],
  [/\bjoin (?:the )?bridge\b/g, "join"],
  [/\bopen (?:a |the )?bridge\b/g, "bridge"],
  [/\b(?:i have|ive got|i got|got) it\b/g, "ack"],
  [/\b(?:(?:ill |i will )?be )?there in\b/g, "in"],
];

/** "Won" is no word for 1: it is also the first half of "won't". */
export const words: Readonly<Record<string, Intent>> = {
  "1": "acknowledge",
  one: "acknowledge",
  ack: "acknowledge",
  acked: "acknowledge",
  acknowledge: "acknowledge",
  acknowledged: "acknowledge",
  yes: "acknowledge",
  y: "acknowledge",
  yep: "acknowledge",
  yeah: "acknowledge",
  ok: "acknowledge",
  okay: "acknowledge",
  mine: "acknowledge",
  "2": "decline",
  two: "decline",
  no: "decline",
  n: "decline",
  nope: "decline",
  decline: "decline",
  declined: "decline",
  "3": "escalate",
  three: "escalate",
  escalate: "escalate",
  up: "escalate",
  join: "join",
  bridge: "bridge",
  help: "help",
  info: "help",
};

/** Beside these "all" means every open page of this person; "all ok" is how somebody says that nothing is wrong. */
export const besideAll: ReadonlySet<string> = new Set([
  "1",
  "one",
  "ack",
  "acknowledge",
  "2",
  "two",
  "decline",
  "3",
  "three",
  "escalate",
]);

/** They change nothing: said out of politeness, or as our texts say them ("Reply 1"). */
export const fillers: ReadonlySet<string> = new Set([
  ...politeWords,
  "page",
  "pages",
  "code",
  "reply",
  "number",
  "and",
]);
