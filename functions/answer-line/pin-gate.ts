// Which PINs may be looked at, by the count of wrong ones.

import type { Tools } from "../lambda.ts";
import type { Meters } from "../meters.ts";
import { type LineCall, userOf } from "./call.ts";

export interface PinGate {
  /** False where this caller's PIN must not be looked at. */
  opens(call: LineCall, round: number, tools: Tools): Promise<boolean>;
  /** What the look at it came to. */
  record(call: LineCall, round: number, wasRight: boolean, tools: Tools): Promise<void>;
}

export const pinGate = (meters: Meters): PinGate => ({
  opens(call, round, tools) {
    const user = userOf(call);
    // A stranger's try is counted first, and given back when it was right: however many call at once, no more are looked at.
    // Of a known caller only a wrong one is counted, so that a responder who dials in costs no write.
    return user.known
      ? meters.refuses("pins", user).then((refused) => !refused)
      : meters.grants("pins", useOf(call, round), user, tools);
  },
  async record(call, round, wasRight, tools) {
    const user = userOf(call);
    if (wasRight && !user.known) await meters.giveBack("pins", useOf(call, round), tools);
    if (!wasRight && user.known) await meters.grants("pins", useOf(call, round), user, tools);
  },
});

const useOf = ({ sid }: LineCall, round: number): string => `${sid}.${round}`;
