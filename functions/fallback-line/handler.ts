// The hub's own answer to a call could not be had. Whoever has a PIN still gets into its room, which is named by the PIN
// itself, so that people meet while the store, or everything else of ours, is down. Nothing is looked up, and nothing is
// written here: tries are counted in this instance's memory.
import { type CallScript, type Join, lastWords, say } from "../core/voice/script.ts";
import type { HttpHandler } from "../lambda.ts";
import { claimedRoomPath, emergencyRoomPath, lineFallbackPath } from "../provider-paths.ts";
import type { PortsOf } from "../subscriptions.ts";
import { fromTwilio, spoken } from "../twilio-call.ts";
import { lineWords } from "../wording/line.ts";
import { countedTries } from "./tries.ts";

/** So often it is asked; of six digits a call has one try. */
const rounds = 3;
const words = lineWords();

export function make({ clock, twilioSignature, callScripts, dialIn }: PortsOf<"fallback-line">): HttpHandler {
  const tries = countedTries();
  return fromTwilio(twilioSignature, "call", async (form, event, tools) => {
    const round = event.pathParameters?.["round"];
    if (round === undefined) {
      tools.log.error("a call could not be answered", { sid: form["CallSid"], code: form["ErrorCode"] });
      tools.count("OperatorAlarm");
    }
    const { Digits: digits = "", From: from = "" } = form;
    const isTry = round !== undefined && /^\d{6}$/.test(digits);
    if (isTry && !tries.grants(await dialIn.callerDigest(from), clock.now())) {
      tools.log.warn("PIN not checked: too many were tried at the fallback", { sid: form["CallSid"] });
      return spoken(callScripts.render(lastWords(language, words.closed)));
    }
    const room = isTry ? await joinOf(dialIn, digits) : undefined;
    const next = round === undefined ? 1 : /^\d$/.test(round) ? Number(round) + 1 : rounds + 1;
    return spoken(callScripts.render(room === undefined ? ask(next) : intoRoom(room)));
  });
}

async function joinOf(dialIn: PortsOf<"fallback-line">["dialIn"], digits: string): Promise<Join> {
  const emergency = await dialIn.emergency(digits);
  if (emergency === undefined) {
    // Of which incident it is nobody can say now; whoever hears who comes looks it up by the PIN's claim, once it can.
    const [room, claim] = await Promise.all([dialIn.roomOf(digits), dialIn.claimOf(digits)]);
    return { do: "join", room, newsTo: claimedRoomPath(claim), recorded: false };
  }
  return { do: "join", room: emergency.room, newsTo: emergencyRoomPath, recorded: false };
}

const { language } = words;

function ask(round: number): CallScript {
  if (round > rounds) return lastWords(language, words.fallbackEnd);
  const keysTo = lineFallbackPath(round);
  return {
    language,
    steps: [{ do: "ask", speak: [say(words.fallback)], keys: 6, waitSeconds: 8, keysTo }],
  };
}

const intoRoom = (join: Join): CallScript => ({
  language,
  steps: [say(words.entering), join],
});
