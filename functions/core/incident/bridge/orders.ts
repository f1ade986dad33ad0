// Every order about an incident's bridge.
import type { Instant } from "../../time.ts";
import type { DeliveryEvidence } from "../commands.ts";
import type { DeliveryReason } from "../events.ts";
import type { CallerFacts, RoomAct } from "./facts.ts";

export type BridgeOrder =
  | { readonly type: "OpenBridge" }
  /** The chat can't be reached since then: whoever works together there moves. */
  | { readonly type: "MoveToBridge"; readonly lostSince: Instant }
  /** The chat is there again: the commander is told, and decides. */
  | { readonly type: "TellChatIsBack" }
  /** A PIN was found for the wanted bridge. `pinKey` is the claim that keeps it from any other live incident. */
  | { readonly type: "SetUpBridge"; readonly round: number; readonly pinKey: string }
  | { readonly type: "EndBridge" }
  | { readonly type: "ReturnToChat" }
  /** Rings somebody and, at a key, puts that person into the room; without a person whoever orders it. */
  | { readonly type: "CallIn"; readonly person?: string }
  | { readonly type: "ControlCaller"; readonly call: string; readonly act: RoomAct }
  /** Lets a waiting caller in; without a call everybody who called for help. A bridge is opened where there is none. */
  | { readonly type: "LetIn"; readonly call?: string }
  // what came of it
  | { readonly type: "RecordCallIn"; readonly callIn: string; readonly evidence: DeliveryEvidence }
  | { readonly type: "FailControl"; readonly control: string; readonly reason: DeliveryReason }
  | { readonly type: "FailAnnouncement"; readonly announcement: string; readonly reason: DeliveryReason }
  /** A call has come to the door by this way: it goes in, waits, or is refused. */
  | (CallerFacts & { readonly type: "AdmitCaller" })
  /** A waiting call hung up. */
  | { readonly type: "EndWaiting"; readonly call: string }
  | { readonly type: "NameCaller"; readonly call: string; readonly recording: string }
  | { readonly type: "RecordHelp"; readonly call: string; readonly recording: string }
  | {
      readonly type: "RecordRoom";
      readonly conference: string;
      /** Of the event within its conference: reports come late, twice and out of order. */
      readonly sequence: number;
      readonly happened: RoomNews;
    };

export type RoomNews =
  | { readonly what: "join" | "leave" | "mute" | "unmute"; readonly call: string }
  /** The conference is over: whoever was in it has left. */
  | { readonly what: "end" };
