// What is spoken when somebody picks up: short, without secrets, for it may be a voicemail box that listens.
import { spokenOf } from "../core/incident/signal/symptoms.ts";
import { type CallScript, lastWords, say } from "../core/voice/script.ts";
import type { Wish } from "./wish.ts";

/** The prompt is spoken so often; then the call ends. */
export const rounds = 3;
const waitSeconds = 6;

/** `before`: what the key before it led to. */
export function prompt(
  { callIn, incident, words, key, path, by }: Wish,
  number: number,
  before?: string,
): CallScript {
  if (callIn === undefined) return lastWords(words.language, words.ended);
  const said = before === undefined ? [] : [before];
  if (number > rounds) return lastWords(words.language, ...said, words.nobodyPressed);
  const { serviceName: service, drill } = incident.signal;
  const { severity, title: symptom, more } = spokenOf(incident);
  const { cause } = callIn;
  const asked = words.asks({
    service,
    severity,
    symptom,
    more,
    drill,
    cause,
    key,
    ...(by === undefined ? {} : { by }),
  });
  const speak = [...said, ...asked].map(say);
  return {
    language: words.language,
    steps: [{ do: "ask", speak, waitSeconds, keysTo: `${path}/${number}` }],
  };
}
