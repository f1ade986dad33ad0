// Live conferences at Twilio, from outside: who is muted or removed, what is announced, and the end. Rooms are made by the
// calls that come in, never from here. The resource is imported here and not with the others: whoever pages must not carry
// it.
import conference from "twilio/lib/rest/api/v2010/account/conference.js";
import type { RoomAct } from "../../core/incident/bridge/facts.ts";
import type { RoomOutcome, Rooms } from "../../ports.ts";
import { apiOf, type TwilioAccount, twilioCalls } from "./client.ts";
import { failureOf, refusalOf } from "./failures.ts";

export interface TwilioRoomsSettings extends TwilioAccount {
  /** Where Twilio reaches the hub. */
  readonly publicUrl: string;
}

export function twilioRooms(settings: TwilioRoomsSettings): Rooms {
  const conferences = conference.ConferenceListInstance(apiOf(settings), settings.accountSid);
  const calls = twilioCalls(settings);
  const base = settings.publicUrl.replace(/\/+$/, "");

  const participant = (conference: string, call: string) => conferences(conference).participants(call);
  const acts: Readonly<Record<RoomAct, (conference: string, call: string) => Promise<unknown>>> = {
    mute: (conference, call) => participant(conference, call).update({ muted: true }),
    unmute: (conference, call) => participant(conference, call).update({ muted: false }),
    remove: (conference, call) => participant(conference, call).remove(),
  };

  return {
    control: (conference, call, act) => outcomeOf(() => acts[act](conference, call)),
    announce: (conference, at) =>
      outcomeOf(() =>
        conferences(conference).update({ announceUrl: `${base}${at}`, announceMethod: "POST" }),
      ),
    lead: (call, at) => outcomeOf(() => calls(call).update({ url: `${base}${at}`, method: "POST" })),
    async close(room) {
      let closed: RoomOutcome = { outcome: "gone" };
      for (const status of live) {
        const outcome = await outcomeOf(async () => {
          // By its name: a report of who came in may still be on its way.
          const found = await conferences.list({ friendlyName: room, status, limit: 20 });
          for (const { sid } of found) await conferences(sid).update({ status: "completed" });
          if (found.length > 0) closed = { outcome: "done" };
        });
        if (outcome.outcome !== "done" && outcome.outcome !== "gone") return outcome;
      }
      return closed;
    },
  };
}

/** `init`: somebody waits alone. https://www.twilio.com/docs/voice/api/conference-resource */
const live = ["in-progress", "init"] as const;

/** https://www.twilio.com/docs/api/errors/21220: the call that is to be led elsewhere is not in progress. */
const callIsOver = 21220;

async function outcomeOf(ask: () => Promise<unknown>): Promise<RoomOutcome> {
  try {
    await ask();
    return { outcome: "done" };
  } catch (error) {
    // https://www.twilio.com/docs/voice/api/conference-participant-resource: whoever left, and whatever is over, is not there.
    const { status, code } = refusalOf(error);
    if (status === 404 || code === callIsOver) return { outcome: "gone" };
    const { outcome, reason } = failureOf(error);
    return { outcome, reason };
  }
}
