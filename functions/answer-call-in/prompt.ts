// What is spoken when somebody picks up: short, without secrets, for it may be a voicemail box that listens.
import type { CallScript } from "../core/voice/script.ts";
import type { Wish } from "./wish.ts";

/** The prompt is spoken so often; then the call ends. */
const rounds = 3;
const waitSeconds = 6;

/** `before`: what the key before it led to. */
export function prompt(
  { callIn, incident, words, key, path, by }: Wish,
  number: number,
  before?: string,
): CallScript {
  if (callIn === undefined) return ending(words.ended);
  const said = before === undefined ? [] : [before];
  if (number > rounds) return ending(...said, words.nobodyPressed);
  const { severity, serviceName: service, title: symptom, drill } = incident.signal;
  const { cause } = callIn;
  const asked = words.asks({
    service,
    severity,
    symptom,
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

  function ending(...texts: readonly string[]): CallScript {
    return { language: words.language, steps: [...texts.map(say), { do: "hang-up" }] };
  }
}

const say = (text: string) => ({ do: "say", text }) as const;
