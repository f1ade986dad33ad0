// A call's script in TwiML, by Twilio's own builder: every word is text to it, and never markup.
import voiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import type { Ask, CallScript, Pause, Say } from "../../core/voice/script.ts";
import type { CallScripts } from "../../ports.ts";

type Response = InstanceType<typeof voiceResponse>;
type Speaker = Pick<Response, "say" | "pause">;

/** The voice for a language; Twilio chooses one for those that have no line. */
const voices = { "en-US": "Polly.Joanna", "en-GB": "Polly.Amy" } as const;

// https://www.twilio.com/docs/api/errors/13521: 3,000 characters with these voices, 4,500 as they are in a URL.
const longestText = 2_900;
const longestEncoded = 4_400;

export function twimlScripts(publicUrl: string): CallScripts {
  const base = publicUrl.replace(/\/+$/, "");
  return {
    render({ language, steps }) {
      const response = new voiceResponse();
      for (const step of steps) {
        if (step.do === "ask") ask(response, step, language, base);
        else if (step.do === "hang-up") response.hangup();
        else speak(response, step, language);
      }
      return response.toString();
    },
  };
}

function ask(response: Response, { speak: words, waitSeconds, keysTo }: Ask, language: string, base: string) {
  const listening = response.gather({
    input: ["dtmf"],
    numDigits: 1,
    // Every key is a key: without this # would count as none.
    finishOnKey: "",
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
  const voice = Object.hasOwn(voices, language) ? voices[language as keyof typeof voices] : undefined;
  // Its types list the languages of today; what it writes is any.
  const spokenIn = { language: language as "en-US", ...(voice === undefined ? {} : { voice }) };
  speaker.say(spokenIn, bounded(step.text));
}

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
