// What is spoken when somebody picks up: short, without secrets, for it may be a voicemail box that listens.
import { leadsIntoRoom } from "../core/incident/bridge/state.ts";
import { spokenTo } from "../core/incident/spoken-to.ts";
import { isOver } from "../core/incident/state.ts";
import { type CallScript, lastWords, say } from "../core/voice/script.ts";
import { callWords } from "../wording/voice.ts";
import { roomWords } from "../wording/voice-room.ts";
import { type CallErrand, hasIt } from "./call-errand.ts";
import { stepName } from "./steps.ts";

/** The prompt is spoken so often; then the call ends, and paging goes on. Whoever wants to hear more is asked again. */
const rounds = 3;
export const mostRounds = 2 * rounds;
const waitSeconds = 6;

interface Round {
  readonly number: number;
  /** What the key before it led to. */
  readonly before?: string;
  readonly wantsMore?: true;
}

export function prompt(errand: CallErrand, { number, before, wantsMore }: Round): CallScript {
  const { page, incident, owner, keypad, path, asked: by } = errand;
  const words = callWords(errand.person?.language);
  if (page === undefined || isOver(incident.phase)) return ending(errand, words.over);
  const room = leadsIntoRoom(incident.bridge);
  if (room && hasIt(errand)) return offer(errand, 1, roomWords(errand.person?.language).yours);
  if (owner !== undefined)
    return ending(errand, owner.id === page.person ? words.yours : words.answeredBy(owner.name));
  if (page.state === "acknowledged" || page.state === "escalated") return ending(errand, words.noted);
  if (page.state !== "open" && page.state !== "expired") return ending(errand, words.notWanted);
  const said = before === undefined ? [] : [before];
  if (number > (wantsMore ? mostRounds : rounds)) return ending(errand, ...said, words.nobodyPressed);
  const { serviceName: service, drill } = incident.signal;
  const { severity, title: symptom, more } = spokenTo(incident, page.person);
  const asked = words.page({ severity, service, symptom, more, drill, keypad, room, asked: by });
  // All of it inside the question: whoever knows the key need not hear it out.
  const speak = [...said, ...asked].map(say);
  return {
    language: words.language,
    steps: [
      {
        do: "ask",
        speak,
        waitSeconds,
        keysTo: `${path}/${stepName(room ? "page-with-room" : "page", number)}`,
      },
    ],
  };
}

/** Whoever has it already is asked into the room. */
export function offer(errand: CallErrand, number: number, ...texts: readonly string[]): CallScript {
  const words = roomWords(errand.person?.language);
  if (number > rounds) return ending(errand, ...texts, words.goodbye);
  const speak = [...texts, words.offers(errand.keypad.join)].map(say);
  const keysTo = `${errand.path}/${stepName("offer", number)}`;
  return { language: words.language, steps: [{ do: "ask", speak, waitSeconds, keysTo }] };
}

export const ending = (errand: CallErrand, ...texts: readonly string[]): CallScript =>
  lastWords(callWords(errand.person?.language).language, ...texts);
