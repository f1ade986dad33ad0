// What is spoken into a conference from outside: to everybody in it, or into one ear.
// https://www.twilio.com/docs/voice/api/conference-resource#update-a-conference-resource
import type { WebAddress } from "../webhooks.ts";
import { apiVersion } from "../wire.ts";
import { type Call, iso, phoneOf } from "./call.ts";
import type { Conference } from "./conferences.ts";
import { askHub } from "./instructions.ts";
import type { CallParts } from "./parts.ts";

/** Keys and rooms have no place in an announcement. */
const heard = new Set(["Say", "Play", "Pause", "Redirect"]);

/** Asks for the words, and says them to those who are there by then. */
export function announce(
  conference: Conference,
  address: WebAddress,
  listeners: () => readonly Call[],
  parts: CallParts,
): void {
  const { account, events, now, background, problem } = parts;
  const { sid, friendlyName } = conference;
  const form = {
    AccountSid: account.accountSid,
    ApiVersion: apiVersion,
    ConferenceSid: sid,
    FriendlyName: friendlyName,
  };
  const tell = (call: Call, who: "voice" | "note", text: string): void => {
    call.transcript.push({ at: iso(now()), who, text });
    events.tell({ type: "line", phone: phoneOf(call), sid: call.sid, who, text });
  };
  const said = askHub(address, form, `${sid}-announce-${now()}`, parts).then((found) => {
    for (const call of listeners()) {
      if (found.outcome === "failed") problem(call, found.code, found.reason);
      else
        for (const { name, text, attributes } of found.verbs) {
          if (!heard.has(name)) problem(call, 12200, `<${name}> in an announcement`);
          if (name === "Say") tell(call, "voice", text);
          else tell(call, "note", `announced: ${name} ${attributes["length"] ?? text}`.trim());
        }
    }
  });
  background(said);
}
