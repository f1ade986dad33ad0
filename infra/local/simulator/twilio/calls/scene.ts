// What one verb of a script may do to the call it is performed in.
import type { Timers } from "../timers.ts";
import type { Call, CallStatus } from "./call.ts";
import type { Form } from "./call-form.ts";
import type { CallParts } from "./parts.ts";
import type { Verb } from "./twiml.ts";

export interface Scene {
  readonly call: Call;
  readonly parts: CallParts;
  /** Cancelled when the script is left: by another one, or because somebody hung up. */
  readonly timers: Timers;
  /** How long it takes to say it. */
  readonly say: (text: string) => number;
  readonly note: (text: string) => void;
  /** Hears the keys from now on; undefined: nobody does. */
  readonly listen: (key: ((key: string) => void) | undefined) => void;
  /** What has to be undone when the script is left in the middle of this verb. */
  readonly onLeave: (undo: (() => void) | undefined) => void;
  readonly next: () => void;
  /** An address as this script means it. */
  absolute(address: string): string | undefined;
  /** Leaves this script for another; an address relative to this one's, or "" for this one itself. */
  readonly goTo: (address: string, method: string | undefined, form: Form) => void;
  readonly end: (status?: CallStatus) => void;
}

export type Perform = (verb: Verb, scene: Scene) => void;
