// Every fact of an incident's phone bridge: the room where responders meet when the chat is not there, who is in it, and
// who is rung to come. Its number and PIN stand nowhere: the PIN is derived from the incident and the round.
import type { Instant } from "../../time.ts";
import type { DeliveryReason } from "../events.ts";

export const bridgeReasons = ["ordered", "chat-unreachable", "severity", "policy", "caller"] as const;
/** Why a bridge was opened. `caller`: somebody called for help and waits on the line. */
export type BridgeReason = (typeof bridgeReasons)[number];

/** Why somebody is rung: not there though invited; ordered by the commander; asked for by the person; a caller waits. */
export type CallInCause = "absent" | "ordered" | "asked-for" | "caller-waits";

/** The way by which a call was let into the room. */
export type Admission = "pin" | "call-in" | "page" | "call-for-help";

/** What can be done to a call in the room. */
export type RoomAct = "mute" | "unmute" | "remove";
/** `admit`: lets a waiting caller into the room. */
export type CallerAct = RoomAct | "admit";

export type AnnouncementKind = "cadence" | "caller-waits" | "return-to-chat" | "ending";

export interface CallerFacts {
  readonly call: string;
  readonly way: Admission;
  /** Left out for a caller whose number the config does not know. */
  readonly person?: string;
  /** A keyed digest of the number, where it is shown. */
  readonly number?: string;
  /** The last four digits of the number, where it is shown. */
  readonly ending?: string;
}

export type BridgeEvent =
  /** A bridge is to be set up: whoever derives PINs finds one that no other live incident has. */
  | { readonly type: "BridgeWanted"; readonly reason: BridgeReason }
  /** `round` tells this opening's PIN from those before it. */
  | {
      readonly type: "BridgeOpened";
      readonly round: number;
      readonly reason: BridgeReason;
      /** The claim that keeps the PIN from any other live incident: a keyed digest, which tells nobody the PIN. */
      readonly pinKey: string;
      readonly recorded: boolean;
      /** When it is announced how things stand, again and again; left out where it never is. */
      readonly announceAt?: Instant;
      /** When whoever is absent is rung; left out where nobody is. */
      readonly ringAbsentAt?: Instant;
    }
  /** The chat can't be reached, and a bridge is open for another reason: now everybody is wanted there. */
  | { readonly type: "MovedToBridge"; readonly ringAbsentAt: Instant }
  /** Whoever should be there and is not was rung; once more at `nextAt`, where it is set. */
  | { readonly type: "AbsentRung"; readonly people: readonly string[]; readonly nextAt?: Instant }
  | {
      readonly type: "CallInWanted";
      readonly callIn: string;
      readonly person: string;
      readonly method: string;
      readonly cause: CallInCause;
      readonly drill: boolean;
    }
  | { readonly type: "CallInHanded"; readonly callIn: string; readonly receipt: string }
  | { readonly type: "CallInFailed"; readonly callIn: string; readonly reason: DeliveryReason }
  /** Our own script let this call in; it is in the room when the provider says so. */
  | (CallerFacts & { readonly type: "CallerAdmitted" })
  /** The call waits, in a room of its own, until a responder lets it in. */
  | (CallerFacts & { readonly type: "CallerWaiting" })
  /** It hung up, or was led on, before it was in the room. */
  | { readonly type: "WaitingEnded"; readonly call: string }
  /** Somebody unknown said a name: `recording` is the provider's id of it. */
  | { readonly type: "CallerNamed"; readonly call: string; readonly recording: string }
  /** A caller for help said what is wrong. */
  | { readonly type: "HelpRecorded"; readonly call: string; readonly recording: string }
  /** `sequence` orders what happened within one conference. */
  | {
      readonly type: "CallerJoined" | "CallerLeft" | "CallerMuted" | "CallerUnmuted";
      readonly call: string;
      readonly conference: string;
      readonly sequence: number;
    }
  /** The provider closed it: nobody is in it, whatever is reported later. */
  | { readonly type: "ConferenceEnded"; readonly conference: string; readonly sequence: number }
  | {
      readonly type: "CallerControlWanted";
      readonly control: string;
      readonly call: string;
      readonly act: CallerAct;
    }
  | { readonly type: "CallerControlFailed"; readonly control: string; readonly reason: DeliveryReason }
  | {
      readonly type: "AnnouncementWanted";
      readonly announcement: string;
      readonly kind: AnnouncementKind;
      /** When the next one is due. */
      readonly nextAt?: Instant;
    }
  | { readonly type: "AnnouncementFailed"; readonly announcement: string; readonly reason: DeliveryReason }
  /** The commander's decision: the response goes back to the chat. */
  | { readonly type: "ReturnedToChat" }
  | {
      readonly type: "BridgeEnded";
      readonly reason: "ordered" | "returned" | "incident-over";
      /** Of the opening that ended: its room is told from those before and after it. Left out where none was open yet. */
      readonly round?: number;
    };
