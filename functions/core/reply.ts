// What a person meant by a text message. Strict on purpose: a reply acts only if every word of it is understood and all
// agree; "ok, who is on this?" is a question, and a question must not stop the bell.

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

export interface Reply {
  readonly intent: Intent;
  /** As it was meant: capitals, with the region's letter where the sender wrote it. */
  readonly code?: string;
}

// Longer than any answer: somebody tells a story, or a phone sends our own text back with a reaction.
const longest = 60;

// https://help.twilio.com/articles/223134027 and, below the line,
// https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html: these count only when they are the whole
// message, in any case.
// YES also opts in again at Twilio. Here it answers a page: Twilio has handled the opt-in before we see it, and says so
// beside the text (OptOutType).
const carrierWords: Readonly<Record<string, Intent>> = {
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

// "More help" is what our own first message calls the 3; a lone "help" is the carriers' word for "who are you?".
const phrases: readonly (readonly [RegExp, string])[] = [
  [/\bnot (?:me|mine|ours)\b/g, "no"],
  [/\b(?:i )?(?:can not|cannot|cant)\b/g, "no"],
  [/\b(?:more|need|send) help\b/g, "escalate"],
  [/\b(?:i am |im )?on it\b/g, "ack"],
  [/\bcall me(?: in)?\b/g, "join"],
  [/\bjoin (?:the )?bridge\b/g, "join"],
  [/\bopen (?:a |the )?bridge\b/g, "bridge"],
  [/\b(?:i have|ive got|i got|got) it\b/g, "ack"],
];

const words: Readonly<Record<string, Intent>> = {
  "1": "acknowledge",
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
  no: "decline",
  n: "decline",
  nope: "decline",
  decline: "decline",
  declined: "decline",
  "3": "escalate",
  escalate: "escalate",
  up: "escalate",
  join: "join",
  bridge: "bridge",
  help: "help",
  info: "help",
};

/** Said out of politeness; they change nothing. */
const fillers = new Set(["please", "pls", "thanks", "thank", "you", "thx", "page", "code"]);

const codePattern = /^[a-z]?[0-9]{3,4}$/;

export function readReply(text: string): Reply {
  const plain = normalised(text);
  if (plain.length > longest) return { intent: "unknown" };
  const carrier = Object.hasOwn(carrierWords, plain) ? carrierWords[plain] : undefined;
  if (carrier !== undefined) return { intent: carrier };
  return judge(tokensOf(plain));
}

/** Full-width digits, capitals, curly apostrophes and punctuation make no difference. */
const normalised = (text: string): string =>
  text
    .slice(0, 1_000)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’‘`´]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

function tokensOf(plain: string): readonly string[] {
  let said = plain;
  for (const [phrase, word] of phrases) said = said.replace(phrase, word);
  const tokens = said.split(" ").flatMap(unglued);
  // "A 4821": the letter belongs to the code, unless it is a word of its own ("y 4821", "n 4821").
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1] ?? "";
    if (isLetter(token) && /^[0-9]{3,4}$/.test(next)) return [token + next];
    const before = tokens[at - 1] ?? "";
    return isLetter(before) && /^[0-9]{3,4}$/.test(token) ? [] : [token];
  });
}

const isLetter = (token: string): boolean => /^[a-z]$/.test(token) && !Object.hasOwn(words, token);

/** "1a4821", "ack4821". A digit glued to a bare code ("14821") stays whole: nobody can tell what was meant. */
function unglued(token: string): readonly string[] {
  const parts = /^([123])([a-z][0-9]{3,4})$/.exec(token) ?? /^([a-z]{2,})([0-9]{3,4})$/.exec(token);
  return parts === null ? [token] : [parts[1] ?? "", parts[2] ?? ""];
}

function judge(tokens: readonly string[]): Reply {
  const codes = new Set(tokens.filter((token) => codePattern.test(token)));
  const rest = tokens.filter((token) => !codePattern.test(token) && !fillers.has(token));
  const intents = new Set(rest.map((token) => (Object.hasOwn(words, token) ? words[token] : undefined)));
  const code = codes.size === 1 ? [...codes][0]?.toUpperCase() : undefined;
  const named = code === undefined ? {} : { code };
  const [intent, another] = [...intents];
  // Two codes, two meanings, or a word that is not in the table.
  if (codes.size > 1 || another !== undefined || intents.has(undefined))
    return { intent: "unknown", ...named };
  // The code alone is an answer: nobody types it for another reason.
  return { intent: intent ?? (code === undefined ? "unknown" : "acknowledge"), ...named };
}
