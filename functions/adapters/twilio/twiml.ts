// A call's script in TwiML, by Twilio's own builder: every word is text to it, and never markup.
import voiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { foreignLanguages, inLanguages } from "../../core/voice/languages.ts";
import type { Ask, CallScript, Hold, Join, Pause, Say, Step, TakeDown } from "../../core/voice/script.ts";
import type { CallScripts } from "../../ports.ts";

type Response = InstanceType<typeof voiceResponse>;
type Speaker = Pick<Response, "say" | "pause">;

// The voice for a language; Twilio chooses one for those that have no line. A pair that does not fit fails, so that a voice
// beside our own is one that has its language in its name: https://www.twilio.com/docs/voice/twiml/say/text-speech
const voices: Readonly<Record<string, string>> = {
  "en-US": "Polly.Joanna",
  "en-GB": "Polly.Amy",
  ...Object.fromEntries(foreignLanguages.map((language) => [language, `Google.${language}-Standard-A`])),
};

// What stands between quotation marks comes from outside, and is spoken by another voice than what is ours: a listener knows
// that it is not the hub that says "press 1". Texts in foreign scripts have voices of their own already.
const quotingVoices: Readonly<Record<string, string>> = {
  "en-US": "Polly.Matthew",
  "en-GB": "Polly.Brian",
};

// https://www.twilio.com/docs/api/errors/13521: 3,000 characters with these voices, 4,500 as they are in a URL.
const longestText = 2_900;
const longestEncoded = 4_400;

export function twimlScripts(publicUrl: string): CallScripts {
  const base = publicUrl.replace(/\/+$/, "");
  return {
    render({ language, steps }) {
      const response = new voiceResponse();
      for (const step of steps) perform(response, step, language, base);
      return response.toString();
    },
  };
}

function perform(response: Response, step: Step, language: string, base: string): void {
  switch (step.do) {
    case "ask":
      return ask(response, step, language, base);
    case "join":
      return join(response, step, base);
    case "hold":
      return hold(response, step, base);
    case "take-down":
      return takeDown(response, step, base);
    case "go-on":
      return void response.redirect({ method: "POST" }, `${base}${step.to}`);
    case "hang-up":
      return void response.hangup();
    default:
      return speak(response, step, language);
  }
}

/** The room's settings are those of whoever comes first, so that everybody brings the same. */
function join(response: Response, { room, newsTo, recorded }: Join, base: string): void {
  response.dial().conference(
    {
      beep: "true",
      startConferenceOnEnter: true,
      endConferenceOnExit: false,
      ...(newsTo !== undefined && {
        statusCallback: `${base}${newsTo}`,
        statusCallbackMethod: "POST",
        statusCallbackEvent: ["start", "end", "join", "leave", "mute"],
      }),
      record: recorded ? "record-from-start" : "do-not-record",
    },
    room,
  );
  response.hangup();
}

/** A conference that nobody else enters and that never starts plays its music: https://www.twilio.com/docs/voice/twiml/conference#attributes-waitUrl */
function hold(response: Response, { room, newsTo, nextTo }: Hold, base: string): void {
  response.dial().conference(
    {
      beep: "false",
      startConferenceOnEnter: false,
      endConferenceOnExit: true,
      maxParticipants: 2,
      statusCallback: `${base}${newsTo}`,
      statusCallbackMethod: "POST",
      statusCallbackEvent: ["leave"],
      record: "do-not-record",
    },
    room,
  );
  response.redirect({ method: "POST" }, `${base}${nextTo}`);
}

function takeDown(response: Response, { mostSeconds, nextTo }: TakeDown, base: string): void {
  response.record({
    action: `${base}${nextTo}`,
    method: "POST",
    maxLength: mostSeconds,
    timeout: 4,
    finishOnKey: "1234567890*#",
    playBeep: true,
    trim: "trim-silence",
  });
  // Reached when nothing was said.
  response.redirect({ method: "POST" }, `${base}${nextTo}`);
}

function ask(
  response: Response,
  { speak: words, keys = 1, waitSeconds, keysTo }: Ask,
  language: string,
  base: string,
): void {
  const listening = response.gather({
    input: ["dtmf"],
    numDigits: keys,
    // Where one key is asked for every key is one: without this # would count as none.
    finishOnKey: keys === 1 ? "" : "#",
    timeout: waitSeconds,
    action: `${base}${keysTo}`,
    method: "POST",
    actionOnEmptyResult: true,
  });
  for (const word of words) speak(listening, word, language);
}

function speak(speaker: Speaker, step: Say | Pause, language: CallScript["language"]): void {
  if (step.do === "pause") {
    speaker.pause({ length: step.seconds });
    return;
  }
  for (const { text: piece, isQuoted } of quotations(step.text)) {
    for (const { language: spokenIn, text } of inLanguages(piece, language)) {
      const voice = voiceOf(spokenIn, isQuoted);
      const words = bounded(text);
      // Its types list the languages and voices of today; what it writes is any.
      speaker.say({ language: spokenIn, ...(voice === undefined ? {} : { voice }) } as SayAttributes, words);
    }
  }
}

const quotations = (text: string) =>
  text
    .split(/“([^“”]*)”/u)
    .map((piece, n, { length }) => ({ text: length === 1 ? piece : piece.trim(), isQuoted: n % 2 === 1 }))
    .filter(({ text }, _, { length }) => length === 1 || text !== "");

function voiceOf(language: string, isQuoted: boolean): string | undefined {
  const known = isQuoted && Object.hasOwn(quotingVoices, language) ? quotingVoices : voices;
  return Object.hasOwn(known, language) ? known[language] : undefined;
}

type SayAttributes = Extract<Parameters<Speaker["say"]>[0], object>;

/** What XML can't hold is left out, and what Twilio would refuse is cut off. */
function bounded(text: string): string {
  let kept = "";
  let encoded = 0;
  for (const sign of text.replace(unwritable, " ").slice(0, longestText).toWellFormed()) {
    encoded += encodeURIComponent(sign).length;
    if (encoded > longestEncoded) break;
    kept += sign;
  }
  return kept;
}

// https://www.w3.org/TR/xml/#charsets
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]+/gu;
