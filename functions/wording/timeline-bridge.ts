// The bridge's part of the timeline in sentences.
import type {
  AnnouncementKind,
  BridgeEvent,
  BridgeReason,
  CallerAct,
  CallInCause,
} from "../core/incident/bridge/facts.ts";
import type { EventMeta } from "../core/incident/events.ts";
import { actorName, type Names, nameOf } from "./names.ts";
import { deliveryReasonWords } from "./reasons.ts";
import { capital } from "./words.ts";

/** No default: an event without a sentence does not compile. `names` may hold those of calls. */
export function bridgeSentence(event: BridgeEvent & EventMeta, names: Names): string {
  const name = (id: string) => nameOf(names, id);
  switch (event.type) {
    case "BridgeWanted":
      return `A phone bridge is wanted: ${event.reason === "ordered" ? `${actorName(event.by, names)} asked for it` : reasons[event.reason]}.`;
    case "BridgeOpened":
      return `The phone bridge is open${event.recorded ? "; it is recorded" : ""}.`;
    case "MovedToBridge":
      return "The chat can't be reached: the response moves to the bridge.";
    case "AbsentRung":
      return event.people.length === 0
        ? "Nobody is absent from the bridge who could be called."
        : `Not on the bridge yet, and rung: ${event.people.map(name).join(", ")}.`;
    case "CallInWanted":
      return `${name(event.person)} is called to be put into the room${causes[event.cause]}.`;
    case "CallInHanded":
      return `The provider took the call (${event.receipt}).`;
    case "CallInFailed":
      return `The call to the bridge led to nothing: ${deliveryReasonWords(event.reason)}.`;
    case "CallerAdmitted":
      return event.person === undefined
        ? `An unknown caller${numberWords(event.ending)} is let into the room.`
        : `${name(event.person)} is let into the room.`;
    case "CallerWaiting":
      return `${event.person === undefined ? `An unknown caller${numberWords(event.ending)}` : name(event.person)} waits to be let in.`;
    case "WaitingEnded":
      return `${capital(name(event.call))} stopped waiting.`;
    case "CallerNamed":
      return "The unknown caller said a name.";
    case "HelpRecorded":
      return "The caller said what is wrong.";
    case "CallerJoined":
      return `${capital(name(event.call))} is on the bridge.`;
    case "CallerLeft":
      return `${capital(name(event.call))} left the bridge.`;
    case "CallerMuted":
      return `${capital(name(event.call))} is muted.`;
    case "CallerUnmuted":
      return `${capital(name(event.call))} can be heard again.`;
    case "ConferenceEnded":
      return "The room is empty.";
    case "CallerControlWanted":
      return `${capital(actorName(event.by, names))} ${acts[event.act]} ${name(event.call)}.`;
    case "CallerControlFailed":
      return `That could not be done on the bridge: ${deliveryReasonWords(event.reason)}.`;
    case "AnnouncementWanted":
      return `Announced on the bridge: ${announcements[event.kind]}.`;
    case "AnnouncementFailed":
      return `An announcement could not be made: ${deliveryReasonWords(event.reason)}.`;
    case "ReturnedToChat":
      return `${capital(actorName(event.by, names))} sends the response back to the chat.`;
    case "BridgeEnded":
      return ends[event.reason];
  }
}

const numberWords = (ending: string | undefined): string =>
  ending === undefined ? "" : ` (number ending in ${ending})`;

const reasons: Readonly<Record<Exclude<BridgeReason, "ordered">, string>> = {
  "chat-unreachable": "the chat can't be reached",
  severity: "the severity is critical",
  policy: "the policy says so",
  caller: "a caller for help waits on the line",
};

const causes: Readonly<Record<CallInCause, string>> = {
  absent: "",
  ordered: ", by order",
  "asked-for": ", as asked for",
  "caller-waits": ": a caller waits for help",
};

const acts: Readonly<Record<CallerAct, string>> = {
  mute: "mutes",
  unmute: "lets everybody hear",
  remove: "removes",
  admit: "lets in",
};

const announcements: Readonly<Record<AnnouncementKind, string>> = {
  cadence: "how things stand",
  "caller-waits": "a caller waits to be let in",
  "return-to-chat": "the response goes back to the chat",
  ending: "the incident is over",
};

const ends: Readonly<Record<Extract<BridgeEvent, { type: "BridgeEnded" }>["reason"], string>> = {
  ordered: "The bridge was ended.",
  returned: "The bridge ended: everybody is back in the chat.",
  "incident-over": "The bridge ended with the incident.",
};
