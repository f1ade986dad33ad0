// What a person meant by a text message. Strict on purpose: a reply acts only if every word of it is understood and all
// agree; "ok, who is on this?" is a question, and a question must not stop the bell.
import { readTime } from "./chat-words.ts";
import { isDoubtful, plainReply } from "./reply-text.ts";
import { besideAll, carrierWords, fillers, type Intent, ourOwnWords, phrases, words } from "./reply-words.ts";
import type { Duration } from "./time.ts";

export interface Reply {
  readonly intent: Intent;
  /** As they were meant: capitals, each once. One that is not whole is among them, and names no page. */
  readonly codes: readonly string[];
  /** Every open page of this person. */
  readonly all?: true;
  /** Of an acknowledgement: when to expect this person. */
  readonly arrivingIn?: Duration;
}

/** Twelve codes fit. More is a story, or our own text sent back with a reaction. */
const longest = 100;

export function readReply(text: string): Reply {
  const plain = plainReply(text);
  if (plain.length > longest) return { intent: "unknown", codes: [] };
  const carrier = Object.hasOwn(carrierWords, plain) ? carrierWords[plain] : undefined;
  if (carrier !== undefined) return { intent: carrier, codes: [] };
  const reply = judge(tokensOf(plain));
  return reply.intent !== "help" && isDoubtful(text) ? { intent: "unknown", codes: reply.codes } : reply;
}

function tokensOf(plain: string): readonly string[] {
  let said = plain;
  for (const [whole, meant] of ourOwnWords) said = said.replace(whole, meant).trim();
  for (const [phrase, word] of phrases) said = said.replace(phrase, word);
  return joined(said.split(" ").flatMap(unglued));
}

/** "1a4821", "1a 4821", "ack4821", "in20". A digit glued to bare digits ("14821") stays whole: nobody can tell what was meant. */
function unglued(token: string): readonly string[] {
  const parts =
    /^([123])([a-z][0-9]{0,4})$/.exec(token) ??
    /^(in|eta)([0-9]{1,3}(?:[a-z]+)?)$/.exec(token) ??
    /^([a-z]{2,})([0-9]{3,4})$/.exec(token);
  return parts === null ? [token] : [parts[1] ?? "", parts[2] ?? ""];
}

const codeLength = 5;

/** "A 48 21": a letter and the digits behind it are one code, unless the letter is a word of its own ("y 4821", "n 4821"). */
function joined(tokens: readonly string[]): readonly string[] {
  const made: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    const code =
      /^[a-z][0-9]{0,3}$/.test(token) && !Object.hasOwn(words, token) ? codeFrom(tokens, at) : undefined;
    made.push(code?.text ?? token);
    at += (code?.pieces ?? 1) - 1;
  }
  return made;
}

interface Pieced {
  readonly text: string;
  readonly pieces: number;
}

function codeFrom(tokens: readonly string[], from: number): Pieced | undefined {
  let text = tokens[from] ?? "";
  let pieces = 1;
  for (; text.length < codeLength; pieces++) {
    const next = tokens[from + pieces] ?? "";
    if (!/^[0-9]+$/.test(next) || text.length + next.length > codeLength) break;
    // "A482 1" lacks a digit, or is a code and a 1: only where another word answers is the last piece part of the code.
    if (/^[123]$/.test(next) && text.length + 1 === codeLength && !answers(tokens, from, from + pieces))
      break;
    text += next;
  }
  return text.length >= codeLength - 1 ? { text, pieces } : undefined;
}

/** Whether a word outside these places answers. */
const answers = (tokens: readonly string[], from: number, to: number): boolean =>
  tokens.some((token, at) => (at < from || at > to) && Object.hasOwn(words, token));

const codePattern = /^[a-z]?[0-9]{3,4}$/;

function judge(tokens: readonly string[]): Reply {
  const { time, others } = withoutTime(tokens);
  const codes = [...new Set(others.filter((token) => codePattern.test(token)))].map((code) =>
    code.toUpperCase(),
  );
  const rest = others.filter((token) => !codePattern.test(token) && !fillers.has(token));
  const said = rest.filter((token) => token !== "all");
  const all = said.length < rest.length;
  const intents = new Set(said.map((token) => (Object.hasOwn(words, token) ? words[token] : undefined)));
  if (time !== undefined) intents.add("acknowledge");
  const [intent, another] = [...intents];
  const unknown: Reply = { intent: "unknown", codes };
  // Two meanings, or a word that is not in the table.
  if (another !== undefined || intents.has(undefined)) return unknown;
  if (all && (codes.length > 0 || said.length === 0 || !said.every((token) => besideAll.has(token))))
    return unknown;
  // Nobody is called into two rooms.
  if (codes.length > 1 && (intent === "join" || intent === "bridge")) return unknown;
  if (intent === undefined && codes.length === 0) return unknown;
  return {
    // The code alone is an answer: nobody types it for another reason.
    intent: intent ?? "acknowledge",
    codes,
    ...(all ? { all } : {}),
    ...(time === undefined ? {} : { arrivingIn: time }),
  };
}

/** "in 20", "eta an hour", "20 min": the longest that can be read as a time. Bare digits are none. */
function withoutTime(tokens: readonly string[]): {
  readonly time: Duration | undefined;
  readonly others: readonly string[];
} {
  for (const [at, token] of tokens.entries()) {
    const isSaid = token === "in" || token === "eta";
    const from = isSaid ? at + 1 : at;
    for (let to = Math.min(from + 5, tokens.length); to > from; to--) {
      const span = tokens.slice(from, to).join(" ");
      const time = isSaid || bareTime.test(span) ? readTime(span) : undefined;
      if (time !== undefined) return { time, others: tokens.toSpliced(at, to - at) };
    }
  }
  return { time: undefined, others: tokens };
}

/** Without "in" it has to say what it counts, and may be no answer with a letter too many ("2m"). */
const bareTime = /^(?:\d{2,3} ?(?:m|mins?|minutes?)|.*\b(?:hours?|hrs?))$/;
