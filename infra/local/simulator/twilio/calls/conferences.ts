// Rooms in which calls hear each other: who is in them, and the provider's reports of it, numbered in their order.
// https://www.twilio.com/docs/voice/twiml/conference
import type { SimulatedAccount } from "../account.ts";
import { newSid } from "../phones.ts";
import type { WebAddress } from "../webhooks.ts";
import { stamp } from "../wire.ts";
import { type Call, type Present, phoneOf } from "./call.ts";
import type { Form } from "./call-form.ts";

export interface Conference {
  readonly sid: string;
  readonly friendlyName: string;
  readonly at: number;
  updatedAt: number;
  status: "init" | "in-progress" | "completed";
  participants: Participant[];
  /** Of the last report. */
  sequence: number;
  readonly reports: Reports | undefined;
  endedBy: string | undefined;
  reason: EndReason | undefined;
}

export type EndReason =
  | "conference-ended-via-api"
  | `participant-with-end-conference-on-exit-${"left" | "kicked"}`
  | `last-participant-${"left" | "kicked"}`;

export interface Participant {
  readonly call: Call;
  readonly label: string | undefined;
  readonly at: number;
  readonly startOnEnter: boolean;
  endOnExit: boolean;
  muted: boolean;
  hold: boolean;
  updatedAt: number;
  /** What the call does after the room. */
  readonly goOn: () => void;
}

interface Reports {
  readonly to: WebAddress;
  readonly events: readonly string[];
}

export interface Entrance {
  readonly name: string;
  readonly label: string | undefined;
  readonly muted: boolean;
  readonly startOnEnter: boolean;
  readonly endOnExit: boolean;
  readonly most: number;
  readonly reports: Reports | undefined;
}

export interface Inside {
  /** The call ended or was led elsewhere. */
  readonly leave: () => void;
  /** Out of the room, and on with the call. */
  readonly kick: () => void;
}

export interface ConferenceParts {
  readonly account: SimulatedAccount;
  readonly now: () => number;
  readonly report: (to: WebAddress, form: Form, token: string) => void;
  readonly changed: (conference: Conference) => void;
}

// What a report is called, and which word asks for it.
const asked = {
  "conference-start": "start",
  "conference-end": "end",
  "participant-join": "join",
  "participant-leave": "leave",
  "participant-mute": "mute",
  "participant-unmute": "mute",
  "participant-hold": "hold",
  "participant-unhold": "hold",
} as const;
type ConferenceEvent = keyof typeof asked;

const kept = 200;

export function conferenceRooms({ account, now, report, changed }: ConferenceParts) {
  const all = new Map<string, Conference>();
  const open = (name: string): Conference | undefined =>
    [...all.values()].find(({ friendlyName, status }) => friendlyName === name && status !== "completed");

  function opened({ name, reports }: Entrance): Conference {
    const at = now();
    const conference: Conference = {
      sid: newSid("CF"),
      friendlyName: name,
      at,
      updatedAt: at,
      status: "init",
      participants: [],
      sequence: 0,
      reports, // the first one in says how the room is
      endedBy: undefined,
      reason: undefined,
    };
    all.set(conference.sid, conference);
    const [oldest] = [...all.values()].filter(({ status }) => status === "completed");
    if (all.size > kept && oldest !== undefined) all.delete(oldest.sid);
    return conference;
  }

  function tell(conference: Conference, event: ConferenceEvent, who?: Participant, more: Form = {}): void {
    conference.updatedAt = now();
    conference.sequence += 1;
    changed(conference);
    const { reports, sid, friendlyName, sequence } = conference;
    if (reports === undefined || !reports.events.includes(asked[event])) return;
    const form = {
      AccountSid: account.accountSid,
      ConferenceSid: sid,
      FriendlyName: friendlyName,
      SequenceNumber: String(sequence),
      StatusCallbackEvent: event,
      Timestamp: stamp(now()),
      ...(who !== undefined && {
        CallSid: who.call.sid,
        Coaching: "false",
        EndConferenceOnExit: String(who.endOnExit),
        Hold: String(who.hold),
        Muted: String(who.muted),
        StartConferenceOnEnter: String(who.startOnEnter),
        ...(who.label !== undefined && { ParticipantLabel: who.label }),
      }),
      ...more,
    };
    report(reports.to, form, `${sid}-${sequence}`);
  }

  function remove(conference: Conference, who: Participant, how: "left" | "kicked" = "left"): void {
    if (!conference.participants.includes(who)) return;
    conference.participants = conference.participants.filter((other) => other !== who);
    who.call.conference = undefined;
    tell(conference, "participant-leave", who);
    if (who.endOnExit || conference.participants.length === 0) end(conference, who, how);
  }

  function end(conference: Conference, by?: Participant, how: "left" | "kicked" = "left"): void {
    if (conference.status === "completed") return;
    const began = conference.status === "in-progress";
    conference.status = "completed";
    conference.endedBy = by?.call.sid;
    conference.reason = endReason(by, how);
    for (const left of conference.participants) kick(conference, left);
    if (!began) return changed(conference);
    tell(conference, "conference-end", undefined, {
      ReasonConferenceEnded: conference.reason,
      ...(by !== undefined && { CallSidEndingConference: by.call.sid }),
    });
  }

  function kick(conference: Conference, who: Participant, how?: "left" | "kicked"): void {
    remove(conference, who, how);
    who.goOn();
  }

  return {
    /** Undefined when the room is full. */
    join(call: Call, entrance: Entrance, goOn: () => void): Inside | undefined {
      const conference = open(entrance.name) ?? opened(entrance);
      if (conference.participants.length >= entrance.most) return undefined;
      const { label, muted, startOnEnter, endOnExit } = entrance;
      const at = now();
      const who = { call, label, at, startOnEnter, endOnExit, muted, hold: false, updatedAt: at, goOn };
      conference.participants.push(who);
      call.conference = entrance.name;
      tell(conference, "participant-join", who);
      const { participants, status } = conference;
      if (status === "init" && participants.length > 1 && participants.some((each) => each.startOnEnter)) {
        conference.status = "in-progress";
        tell(conference, "conference-start");
      }
      return { leave: () => remove(conference, who), kick: () => kick(conference, who) };
    },
    mute(conference: Conference, who: Participant, muted: boolean): void {
      if (who.muted === muted) return;
      who.muted = muted;
      who.updatedAt = now();
      tell(conference, muted ? "participant-mute" : "participant-unmute", who);
    },
    hold(conference: Conference, who: Participant, hold: boolean): void {
      if (who.hold === hold) return;
      who.hold = hold;
      who.updatedAt = now();
      tell(conference, hold ? "participant-hold" : "participant-unhold", who);
    },
    /** By whoever looks after the conference. */
    kick: (conference: Conference, who: Participant): void => kick(conference, who, "kicked"),
    /** The room of that name, opened where there is none, before anybody is in it. */
    reserve: (entrance: Entrance): Conference => open(entrance.name) ?? opened(entrance),
    end: (conference: Conference): void => end(conference),
    /** By its sid, or by its name while it is open. */
    find: (name: string): Conference | undefined => all.get(name) ?? open(name),
    /** Newest first. */
    list: (): readonly Conference[] => [...all.values()].reverse(),
    people: (name: string): readonly Present[] =>
      (open(name)?.participants ?? []).map(({ call, muted }) => ({ number: phoneOf(call), muted })),
  };
}

const endReason = (by: Participant | undefined, how: "left" | "kicked"): EndReason => {
  if (by === undefined) return "conference-ended-via-api";
  return by.endOnExit ? `participant-with-end-conference-on-exit-${how}` : `last-participant-${how}`;
};

export type Conferences = ReturnType<typeof conferenceRooms>;
