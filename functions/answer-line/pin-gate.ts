// Which PINs may be looked at, by the line's own count of wrong ones; a flood of them is the operator's affair.
import { byHub } from "../core/command.ts";
import { blockOf, type PinCaller } from "../core/line/limits.ts";
import { isCounted, type LineOrder, line, lineStream } from "../core/line/line.ts";
import type { Decisions } from "../decisions.ts";
import { dispatcher } from "../dispatcher.ts";
import type { Tools } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import type { LineCall } from "./call.ts";

export interface PinGate {
  /** False where this caller's PIN must not be looked at. */
  opens(call: LineCall, round: number, tools: Tools): Promise<boolean>;
  /** What the look at it came to. */
  record(call: LineCall, round: number, wasRight: boolean, tools: Tools): Promise<void>;
}

type House = Pick<PortsOf<"answer-line">, "clock" | "journal"> & Pick<Decisions, "directory">;

export function pinGate({ clock, journal, directory }: House): PinGate {
  const lines = dispatcher(line, journal, async () => ({ configVersion: await directory.version() }));

  async function order(call: LineCall, given: LineOrder, tools: Tools) {
    const envelope = byHub("answer-line", `${given.try}.${given.type}`, clock.now(), false, call.sid);
    const dispatched = await lines.dispatch(lineStream, { ...envelope, ...given });
    if (dispatched.outcome !== "done") throw new Error(`${lineStream} did not take ${given.type}`);
    if (dispatched.events.some(({ type }) => type === "PinFloodNoticed")) {
      tools.log.error("somebody guesses PINs at the hub's number", { sid: call.sid });
      tools.count("OperatorAlarm");
    }
    return dispatched.current.state;
  }

  return {
    async opens(call, round, tools) {
      const caller = callerOf(call);
      const name = tryOf(call, round);
      // A stranger's try is counted first: however many call at once, no more are looked at than may be.
      if (!caller.known)
        return isCounted(await order(call, { type: "CountPin", try: name, caller }, tools), name);
      return blockOf((await lines.load(lineStream)).state, caller, clock.now()) === undefined;
    },
    async record(call, round, wasRight, tools) {
      const caller = callerOf(call);
      const name = tryOf(call, round);
      if (wasRight && !caller.known) await order(call, { type: "ForgivePin", try: name }, tools);
      if (!wasRight && caller.known) await order(call, { type: "CountPin", try: name, caller }, tools);
    },
  };
}

const tryOf = ({ sid }: LineCall, round: number): string => `${sid}.${round}`;

const callerOf = ({ digest, person }: LineCall): PinCaller => ({
  known: person !== undefined,
  ...(digest === undefined ? {} : { number: digest }),
});
