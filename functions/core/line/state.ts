// The hub's own number as a decision sees it: which PINs were tried in vain, and when the operator last heard of it.
import type { Instant } from "../time.ts";

export interface LineState {
  /** Of the last day, oldest first. */
  readonly tries: readonly PinTry[];
  readonly floodAt: Instant | undefined;
}

export interface PinTry {
  /** The call, and which try in it. */
  readonly id: string;
  readonly number: string | undefined;
  readonly known: boolean;
  readonly at: Instant;
}

export const quietLine: LineState = { tries: [], floodAt: undefined };
