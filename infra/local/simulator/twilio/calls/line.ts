// One call from the first ring to the end.
import { cancellable } from "../timers.ts";
import type { WebAddress } from "../webhooks.ts";
import { type AnsweredBy, type Call, type CallStatus, phoneOf } from "./call.ts";
import { callForm } from "./call-form.ts";
import { behave, type Callee } from "./callees.ts";
import type { CallParts } from "./parts.ts";
import { performance } from "./performance.ts";
import { progressOf, sendReport } from "./progress.ts";
import type { Verb } from "./twiml.ts";

export interface PhoneLine {
  readonly call: Call;
  /** The phone rings; the hub's call left the queue. */
  readonly ring: () => void;
  /** The phone's owner dialled the hub. */
  readonly dialHub: () => void;
  /** False when there is nothing to answer. */
  readonly answer: (by?: AnsweredBy) => boolean;
  readonly press: (keys: string) => boolean;
  /** By the phone's owner: a ringing call is declined. */
  readonly hangUp: () => boolean;
  readonly redirect: (instructions: WebAddress | { readonly twiml: string }) => void;
  readonly end: (status: CallStatus) => void;
}

// How long the provider listens before it knows who answered.
const verdictAfter = {
  human: 2_000,
  machine_start: 4_000,
  machine_end_beep: 12_000,
  fax: 4_000,
  unknown: 30_000,
};

export function phoneLine(call: Call, callee: Callee, parts: CallParts): PhoneLine {
  const { timers, cancelAll } = cancellable(parts.timers);
  const report = progressOf(call, parts);
  const script = performance(call, parts, {
    end,
    heard: () => owner.heard(spoken(call)),
    opens,
  });
  const owner = behave(callee, { timers, answer, decline, hangUp, press });
  let stopRinging = (): void => {};

  function become(status: CallStatus): void {
    call.status = status;
    call.updatedAt = parts.now();
    parts.events.tell({ type: "call", phone: phoneOf(call), sid: call.sid, status });
  }

  function ring(): void {
    report("initiated");
    if (parts.faults.next(call.to, "failed") !== undefined) return end("failed");
    call.startedAt = parts.now();
    become("ringing");
    report("ringing");
    stopRinging = timers.after(call.plan.ringSeconds * 1000, () => end("no-answer"));
    owner.rings();
  }

  function pickedUp(): void {
    stopRinging();
    call.answeredAt = parts.now();
    become("in-progress");
    report("answered");
    owner.answered();
  }

  function answer(by: AnsweredBy = "human"): boolean {
    if (call.direction === "inbound" || call.status !== "ringing") return false;
    pickedUp();
    // Whoever hangs up at once has heard nothing.
    if (call.endedAt !== undefined) return true;
    const { machines, instructions } = call.plan;
    if (machines === undefined) script.begin(instructions);
    else if (machines.report !== undefined) {
      script.begin(instructions);
      timers.after(verdictAfter[verdict(by)], () => tellVerdict(verdict(by)));
    } else {
      timers.after(verdictAfter[verdict(by)], () => {
        call.answeredBy = verdict(by);
        script.begin(instructions);
      });
    }
    return true;
  }

  const verdict = (by: AnsweredBy): AnsweredBy =>
    by === "machine_start" && call.plan.machines?.wanted === "DetectMessageEnd" ? "machine_end_beep" : by;

  /** https://www.twilio.com/docs/voice/answering-machine-detection: told beside the script, which goes on. */
  function tellVerdict(by: AnsweredBy): void {
    call.answeredBy = by;
    const to = call.plan.machines?.report;
    if (to === undefined || to === "unreported") return;
    const form = { ...callForm(call, parts.account), MachineDetectionDuration: String(verdictAfter[by]) };
    sendReport(call, to, form, `${call.sid}-machine`, parts);
  }

  /** An inbound call is answered by the hub's first verb, or rejected by it. */
  function opens(first: Verb | undefined): boolean {
    if (call.direction !== "inbound") return true;
    if (first?.name === "Reject") {
      end(first.attributes["reason"] === "busy" ? "busy" : "failed");
      return false;
    }
    pickedUp();
    return call.endedAt === undefined;
  }

  function press(keys: string): boolean {
    if (call.status !== "in-progress") return false;
    for (const key of keys) if (call.endedAt === undefined) script.press(key);
    return true;
  }

  function decline(): void {
    if (call.status === "ringing") end("busy");
  }

  function hangUp(): boolean {
    if (call.endedAt !== undefined || call.status === "queued") return false;
    if (call.status === "in-progress") end("completed");
    else end(call.direction === "inbound" ? "no-answer" : "busy");
    return true;
  }

  function end(status: CallStatus): void {
    if (call.endedAt !== undefined) return;
    call.endedAt = parts.now();
    cancelAll();
    script.stop();
    become(status);
    report("completed");
  }

  return {
    call,
    ring,
    dialHub() {
      call.startedAt = parts.now();
      become("ringing");
      script.begin(call.plan.instructions);
    },
    answer,
    press,
    hangUp,
    redirect: script.begin,
    end,
  };
}

const spoken = ({ transcript }: Call): readonly string[] =>
  transcript.flatMap(({ who, text }) => (who === "voice" ? [text] : []));
