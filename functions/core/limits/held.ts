// Calls for help that page nobody yet: the caller did not confirm, or the limits refused another incident. Nothing is lost:
// what is still held after ten minutes pages the line's first service, all held calls in one page.
import { type Aggregate, beside, type Decision, nothing, type StreamId } from "../aggregate.ts";
import type { Envelope } from "../command.ts";
import type { EventMeta } from "../incident/events.ts";
import { type Instant, isDue } from "../time.ts";
import { heldCalls } from "./table.ts";

export const heldStream: StreamId = "held/calls";

export interface HeldCall {
  readonly call: string;
  /** Left out where the config does not know the caller. */
  readonly person?: string;
  /** The last four digits of the number, where it is shown. */
  readonly ending?: string;
}

export interface Held {
  /** Oldest first, however many: one that is only counted could not be released, nor fall due. */
  readonly calls: readonly (HeldCall & { readonly at: Instant })[];
  readonly pagedAt: Instant | undefined;
}

export type HeldOrder =
  | (HeldCall & { readonly type: "HoldCall" })
  /** The call pages by itself now, or its caller needs no help. */
  | { readonly type: "ReleaseCall"; readonly call: string }
  | { readonly type: "PassTime" };
export type HeldCommand = Envelope & HeldOrder;

export type HeldFact =
  | (HeldCall & { readonly type: "CallHeld" })
  | { readonly type: "HeldCallReleased"; readonly call: string }
  /** `more`: how many there were than are listed. */
  | { readonly type: "HeldCallsPaged"; readonly calls: readonly HeldCall[]; readonly more: number };
export type HeldEvent = EventMeta & HeldFact;

export interface HeldFacts {
  readonly configVersion: string;
}

function decide(held: Held, command: HeldCommand, { configVersion }: HeldFacts): Decision<HeldEvent> {
  const { at, actor: by, causeId } = command;
  const fact = judge(held, command);
  return fact === undefined ? nothing : { events: [{ ...fact, at, by, causeId, configVersion }], claims: [] };
}

function judge(held: Held, command: HeldCommand): HeldFact | undefined {
  const isHeld = (call: string): boolean => held.calls.some((each) => each.call === call);
  switch (command.type) {
    case "HoldCall": {
      return isHeld(command.call) ? undefined : { type: "CallHeld", ...callOf(command) };
    }
    case "ReleaseCall":
      return isHeld(command.call) ? { type: "HeldCallReleased", call: command.call } : undefined;
    case "PassTime": {
      if (!isDue(nextDue(held), command.at)) return undefined;
      const calls = held.calls.map(({ at: _at, ...call }) => call);
      const listed = calls.slice(0, heldCalls.listed);
      return { type: "HeldCallsPaged", calls: listed, more: calls.length - listed.length };
    }
  }
}

const callOf = ({ call, person, ending }: HeldCall): HeldCall => ({
  call,
  ...(person === undefined ? {} : { person }),
  ...(ending === undefined ? {} : { ending }),
});

function evolve(held: Held, event: HeldEvent): Held {
  switch (event.type) {
    case "CallHeld":
      return { ...held, calls: [...held.calls, { ...callOf(event), at: event.at }] };
    case "HeldCallReleased":
      return { ...held, calls: held.calls.filter(({ call }) => call !== event.call) };
    case "HeldCallsPaged":
      return { calls: [], pagedAt: event.at };
  }
}

function nextDue({ calls: [oldest], pagedAt }: Held): Instant | undefined {
  if (oldest === undefined) return undefined;
  const due = oldest.at + heldCalls.pagesAfter;
  return pagedAt === undefined ? due : Math.max(due, pagedAt + heldCalls.pagesEvery);
}

export const nothingHeld: Held = { calls: [], pagedAt: undefined };

export const held: Aggregate<Held, HeldCommand, HeldEvent, never, HeldFacts> = {
  ...beside,
  schema: 2,
  initial: nothingHeld,
  evolve,
  decide,
  nextDue,
};
