// Something is said into a room: everybody in it hears the same.
// https://www.twilio.com/docs/voice/api/conference-resource#update-a-conference-resource

import type { WebAddress } from "../webhooks.ts";
import { apiVersion } from "../wire.ts";
import { iso, phoneOf } from "./call.ts";
import type { Conference } from "./conferences.ts";
import { askHub } from "./instructions.ts";
import type { CallParts } from "./parts.ts";

/** Keys and rooms have no place in an announcement. */
const heard = new Set(["Say", "Play", "Pause", "Redirect"]);

export function announce(conference: Conference, address: WebAddress, parts: CallParts): void {
  const { account, background, now, events, problem } = parts;
  const { sid, friendlyName } = conference;
  const form = {
    AccountSid: account.accountSid,
    ApiVersion: apiVersion,
    ConferenceSid: sid,
    FriendlyName: friendlyName,
  };
  const asked = askHub(address, form, `${sid}-announcement-${now()}`, parts).then((found) => {
    for (const { call } of conference.participants) {
      const phone = phoneOf(call);
      if (found.outcome === "failed") {
        problem(call, found.code, found.reason);
        continue;
      }
      for (const { name, text } of found.verbs) {
        if (!heard.has(name)) problem(call, 12200, `<${name}> in an announcement`);
        if (name !== "Say") continue;
        call.transcript.push({ at: iso(now()), who: "voice", text });
        events.tell({ type: "line", phone, sid: call.sid, who: "voice", text });
      }
    }
  });
  background(asked);
}
