// The telephone exchange between the hub and the phones: takes calls, dials them in their order, and keeps the live ones.

import type { DeliveryParts } from "../delivery.ts";
import { faultScript } from "../faults.ts";
import { newSid } from "../phones.ts";
import type { WebAddress } from "../webhooks.ts";
import { announce } from "./announcements.ts";
import { type AnsweredBy, type Call, iso, type PhoneCall, phoneOf, shown } from "./call.ts";
import { callMemory } from "./call-memory.ts";
import { type Callee, type CalleeScript, calleeSchema } from "./callees.ts";
import { type CallerScript, callerSchema } from "./callers.ts";
import { type Conference, conferenceRooms, type Participant } from "./conferences.ts";
import { dialQueue } from "./dial-queue.ts";
import { type PhoneLine, phoneLine } from "./line.ts";
import type { CallParts } from "./parts.ts";
import { sendReport } from "./progress.ts";
import { recordingMemory } from "./recordings.ts";

export interface ExchangeSettings {
  /** Calls that may be dialled in a second, 1 as for a new account; 0: any number. */
  readonly callsPerSecond?: number;
  /** Characters a second; 0: what is said takes no time. */
  readonly speechSpeed?: number;
  /** Where the hub answers calls from phones. */
  readonly voiceUrl: () => string;
  readonly voiceFallbackUrl?: () => string;
  /** Where it is told that such a call is over. */
  readonly voiceStatusUrl?: () => string;
}

export function exchange(base: DeliveryParts, settings: ExchangeSettings) {
  const memory = callMemory();
  const lines = new Map<string, PhoneLine>();
  const callees = new Map<string, Callee>();
  const queue = dialQueue(base.timers, base.now, settings.callsPerSecond ?? 1);
  const dequeue = new Map<string, () => void>();
  const { account, now, events, timers, faults } = base;
  const conferences = conferenceRooms({
    account,
    now,
    report: (to, form, token) => sendReport(undefined, to, form, token, base),
    changed({ participants, friendlyName, status }) {
      for (const { call } of participants)
        events.tell({ type: "conference", phone: phoneOf(call), name: friendlyName, status });
    },
  });
  const parts: CallParts = {
    ...base,
    speechSpeed: settings.speechSpeed ?? 0,
    conferences,
    recordings: recordingMemory(now),
    problem(call, code, message) {
      call.transcript.push({ at: iso(now()), who: "note", text: `${code}: ${message}` });
      events.tell({ type: "call-problem", phone: phoneOf(call), sid: call.sid, code, message });
    },
  };

  const hand: Callee = { kind: "hand" };
  function line(call: Call, callee = callees.get(phoneOf(call)) ?? hand, own = parts): PhoneLine {
    memory.keep(call);
    const opened = phoneLine(call, callee, own);
    lines.set(call.sid, opened);
    events.tell({ type: "call", phone: phoneOf(call), sid: call.sid, status: call.status });
    return opened;
  }

  function drop(): void {
    for (const [sid, { call }] of lines)
      if (call.endedAt !== undefined) {
        lines.delete(sid);
        dequeue.delete(sid);
      }
  }

  return {
    conferences,
    /** Said to everybody in the room. */
    recordings: parts.recordings,
    /** Spoken into a conference: to one of those in it, or to all. */
    announce: (conference: Conference, to: WebAddress, only?: Participant): void =>
      announce(
        conference,
        to,
        () => conference.participants.filter((who) => who === (only ?? who)).map(({ call }) => call),
        parts,
      ),
    memory,
    problem: parts.problem,
    /** A call that the hub asked for. */
    place(call: Call): void {
      drop();
      const { ring } = line(call);
      const held = faults.next(call.to, "queued")?.ms ?? 0;
      const join = (): void => void dequeue.set(call.sid, queue.add(ring));
      if (held === 0) join();
      else dequeue.set(call.sid, timers.after(held, join));
    },
    /** A call of another carrier: it waits in no queue of this one, and this one's faults are none of its own. */
    ring(call: Call): void {
      drop();
      line(call, undefined, { ...parts, faults: faultScript() }).ring();
    },
    /** A call from that phone to the hub. */
    dial: (phone: string, input: CallerScript = {}): string => {
      drop();
      const { to = account.from, shows, says, presses, hangsUpIn } = callerSchema.parse(input);
      const post = (url: () => string): WebAddress => ({ url: url(), method: "POST" });
      const { voiceUrl, voiceFallbackUrl, voiceStatusUrl } = settings;
      const call: Call = {
        ...blank(now()),
        sid: newSid("CA"),
        direction: "inbound",
        from: phone,
        to,
        shownAs: shows,
        says,
        status: "ringing",
        plan: {
          instructions: post(voiceUrl),
          fallback: voiceFallbackUrl === undefined ? undefined : post(voiceFallbackUrl),
          reports:
            voiceStatusUrl === undefined ? undefined : { to: post(voiceStatusUrl), events: ["completed"] },
          ringSeconds: 60,
          machines: undefined,
        },
      };
      const scripted = presses === undefined && hangsUpIn === undefined ? undefined : { presses, hangsUpIn };
      line(call, scripted && calleeSchema.parse({ kind: "human", ...scripted })).dialHub();
      return call.sid;
    },
    /** Of a call that goes on. */
    live(sid: string): PhoneLine | undefined {
      const found = lines.get(sid);
      return found?.call.endedAt === undefined ? found : undefined;
    },
    /** Whoever waits in the queue leaves it. */
    withdraw(sid: string): void {
      dequeue.get(sid)?.();
    },
    callee: (phone: string, script: CalleeScript): void =>
      void callees.set(phone, calleeSchema.parse(script)),
    calleeOf: (phone: string): Callee => callees.get(phone) ?? hand,
    answer: (sid: string, by?: AnsweredBy): boolean => lines.get(sid)?.answer(by) ?? false,
    press: (sid: string, keys: string): boolean => lines.get(sid)?.press(keys) ?? false,
    hangUp: (sid: string): boolean => lines.get(sid)?.hangUp() ?? false,
    /** Calls of that phone that it knows of: one that waits at the provider makes no sound. */
    calls: (phone: string): readonly PhoneCall[] =>
      memory
        .of(phone)
        .filter(({ startedAt }) => startedAt !== undefined)
        .map((call) => shown(call, conferences.people)),
  };
}

export const blank = (at: number) =>
  ({
    at,
    startedAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    updatedAt: at,
    answeredBy: undefined,
    transcript: [],
    listening: false,
    conference: undefined,
    shownAs: undefined,
    says: undefined,
  }) satisfies Partial<Call>;

export type Exchange = ReturnType<typeof exchange>;
