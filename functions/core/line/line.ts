// PINs that are tried at the hub's number. A stranger's try is counted before it is looked at, and given back when it was
// right: however many call at once, no more are looked at than the limits say. Of a known caller only a wrong one is
// counted, so that a responder who dials in costs no write.
import { type Aggregate, beside, type Decision, nothing, type StreamId } from "../aggregate.ts";
import type { Envelope } from "../command.ts";
import type { EventMeta } from "../incident/events.ts";
import { blockOf, flood, floodToldEvery, isReached, type PinCaller, remembered } from "./limits.ts";
import { type LineState, quietLine } from "./state.ts";

/** There is one: the number is the hub's only one. */
export const lineStream: StreamId = "line/dial-in";

export type LineOrder =
  | { readonly type: "CountPin"; readonly try: string; readonly caller: PinCaller }
  /** It was right. */
  | { readonly type: "ForgivePin"; readonly try: string };
export type LineCommand = Envelope & LineOrder;

export type LineEvent = EventMeta &
  (
    | {
        readonly type: "PinCounted";
        readonly try: string;
        readonly number?: string;
        readonly known: boolean;
      }
    | { readonly type: "PinForgiven"; readonly try: string }
    /** Somebody guesses: the operator's alarm goes off. */
    | { readonly type: "PinFloodNoticed" }
  );

export interface LineFacts {
  readonly configVersion: string;
}

/** Whether this try was counted: one that was not may not be looked at. */
export const isCounted = ({ tries }: LineState, id: string): boolean => tries.some((each) => each.id === id);

function decide(line: LineState, command: LineCommand, { configVersion }: LineFacts): Decision<LineEvent> {
  const { at, actor: by, causeId } = command;
  const meta = { at, by, causeId, configVersion };
  switch (command.type) {
    case "CountPin": {
      if (isCounted(line, command.try) || blockOf(line, command.caller, at) !== undefined) return nothing;
      const counted: LineEvent = { ...meta, type: "PinCounted", try: command.try, ...command.caller };
      const after = evolve(line, counted);
      const noticed: readonly LineEvent[] = isNews(after, at) ? [{ ...meta, type: "PinFloodNoticed" }] : [];
      return { events: [counted, ...noticed], claims: [] };
    }
    case "ForgivePin":
      if (!isCounted(line, command.try)) return nothing;
      return { events: [{ ...meta, type: "PinForgiven", try: command.try }], claims: [] };
  }
}

const isNews = (line: LineState, now: number): boolean =>
  (line.floodAt === undefined || now - line.floodAt >= floodToldEvery) &&
  (isReached(line.tries, [flood], now) || blockOf(line, { known: false }, now) !== undefined);

function evolve(line: LineState, event: LineEvent): LineState {
  switch (event.type) {
    case "PinCounted": {
      const { try: id, number, known, at } = event;
      const recent = line.tries.filter((each) => each.at > at - remembered);
      return { ...line, tries: [...recent, { id, number, known, at }] };
    }
    case "PinForgiven":
      return { ...line, tries: line.tries.filter(({ id }) => id !== event.try) };
    case "PinFloodNoticed":
      return { ...line, floodAt: event.at };
  }
}

export const line: Aggregate<LineState, LineCommand, LineEvent, never, LineFacts> = {
  ...beside,
  schema: 1,
  initial: quietLine,
  evolve,
  decide,
  nextDue: () => undefined,
};
