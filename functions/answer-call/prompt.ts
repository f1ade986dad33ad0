// What is spoken when somebody picks up: short, without secrets, for it may be a voicemail box that listens.
import { isOver } from "../core/incident/state.ts";
import type { CallScript } from "../core/voice/script.ts";
import { callWords } from "../wording/voice.ts";
import type { CallErrand } from "./call-errand.ts";

/** The prompt is spoken so often; then the call ends, and paging goes on. */
export const rounds = 3;
const waitSeconds = 6;

export function prompt(errand: CallErrand, round: number, before?: string): CallScript {
  const { page, incident, owner, keypad, path } = errand;
  const words = callWords(errand.person?.language);
  const lead = before === undefined ? [] : [{ do: "say", text: before } as const];
  if (page === undefined || isOver(incident.phase)) return ending(errand, words.over);
  if (owner !== undefined)
    return ending(errand, owner.id === page.person ? words.yours : words.answeredBy(owner.name));
  if (page.state === "acknowledged" || page.state === "escalated") return ending(errand, words.noted);
  if (page.state !== "open" && page.state !== "expired") return ending(errand, words.notWanted);
  if (round > rounds) return ending(errand, words.nobodyPressed);
  const { severity, serviceName: service, title: symptom, drill } = incident.signal;
  const asked = words.page({ severity, service, symptom, drill, keypad });
  return {
    language: words.language,
    steps: [
      ...lead,
      { do: "ask", speak: asked.map((text) => ({ do: "say", text })), waitSeconds, then: `${path}/${round}` },
    ],
  };
}

export function ending(errand: CallErrand, text: string): CallScript {
  const words = callWords(errand.person?.language);
  return { language: words.language, steps: [{ do: "say", text }, { do: "hang-up" }] };
}
