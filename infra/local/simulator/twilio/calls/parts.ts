// What every part of the simulated telephone network shares.
import type { DeliveryParts } from "../delivery.ts";
import type { Call } from "./call.ts";
import type { Conferences } from "./conferences.ts";
import type { Recordings } from "./recordings.ts";

export interface CallParts extends DeliveryParts {
  /** Characters a second; 0: what is said takes no time. */
  readonly speechSpeed: number;
  readonly conferences: Conferences;
  readonly recordings: Recordings;
  /** What Twilio's debugger would show of this call. */
  readonly problem: (call: Call, code: number, message: string) => void;
}
