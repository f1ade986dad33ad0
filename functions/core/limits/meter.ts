// Counts the uses of one row of the table. A use is counted before it is granted, in one conditional commit: however many
// come at once, no more are granted than the row says. A use that turns out not to count is given back.
import { type Aggregate, beside, type Decision, nothing, type StreamId } from "../aggregate.ts";
import type { Envelope } from "../command.ts";
import type { EventMeta } from "../incident/events.ts";
import type { Instant } from "../time.ts";
import { alarmedEvery, type LimitName, remembered, rowOf } from "./table.ts";
import { isReached } from "./window.ts";

export const meterStream = (limit: LimitName): StreamId => `line/${limit}`;

export interface User {
  /** A keyed digest of the number; left out where it is hidden. */
  readonly number?: string;
  /** A person of the config has this number. */
  readonly known: boolean;
}

interface Use extends User {
  /** The call or text, and which use in it. */
  readonly id: string;
  readonly at: Instant;
}

export interface MeterState {
  /** Of the last day, oldest first. */
  readonly uses: readonly Use[];
  readonly alarmedAt: Instant | undefined;
}

export type MeterOrder =
  | { readonly type: "CountUse"; readonly limit: LimitName; readonly use: string; readonly user: User }
  | { readonly type: "GiveBackUse"; readonly use: string };
export type MeterCommand = Envelope & MeterOrder;

export type MeterEvent = EventMeta &
  (
    | { readonly type: "UseCounted"; readonly use: string; readonly number?: string; readonly known: boolean }
    | { readonly type: "UseGivenBack"; readonly use: string }
    /** The operator is alarmed: a flood, or all strangers are refused from here on. */
    | { readonly type: "LimitAlarmed" }
  );

export interface MeterFacts {
  readonly configVersion: string;
}

/** Whether this use was counted: one that was not is refused. */
export const isCounted = ({ uses }: MeterState, id: string): boolean => uses.some((use) => use.id === id);

export type Block = "number" | "strangers";

/** Why this user is refused now; undefined while the next use would be granted. */
export function blockOf(
  limit: LimitName,
  { uses }: MeterState,
  { number, known }: User,
  now: Instant,
): Block | undefined {
  const { person, stranger, strangers } = rowOf(limit);
  const mine = uses.filter((use) => number !== undefined && use.number === number);
  if (isReached(timesOf(mine), known ? person : stranger, now)) return "number";
  const others = uses.filter((use) => !use.known);
  return !known && isReached(timesOf(others), strangers, now) ? "strangers" : undefined;
}

const timesOf = (uses: readonly Use[]): readonly Instant[] => uses.map(({ at }) => at);

function decide(
  meter: MeterState,
  command: MeterCommand,
  { configVersion }: MeterFacts,
): Decision<MeterEvent> {
  const { at, actor: by, causeId } = command;
  const meta = { at, by, causeId, configVersion };
  switch (command.type) {
    case "CountUse": {
      const { limit, use, user } = command;
      if (isCounted(meter, use) || blockOf(limit, meter, user, at) !== undefined) return nothing;
      const counted: MeterEvent = { ...meta, type: "UseCounted", use, ...user };
      const alarm: readonly MeterEvent[] = isAlarming(limit, evolve(meter, counted), at)
        ? [{ ...meta, type: "LimitAlarmed" }]
        : [];
      return { events: [counted, ...alarm], claims: [] };
    }
    case "GiveBackUse":
      if (!isCounted(meter, command.use)) return nothing;
      return { events: [{ ...meta, type: "UseGivenBack", use: command.use }], claims: [] };
  }
}

function isAlarming(limit: LimitName, meter: MeterState, now: Instant): boolean {
  if (meter.alarmedAt !== undefined && now - meter.alarmedAt < alarmedEvery) return false;
  const { alarm } = rowOf(limit);
  const isFlood = alarm !== undefined && isReached(timesOf(meter.uses), [alarm], now);
  return isFlood || blockOf(limit, meter, { known: false }, now) === "strangers";
}

function evolve(meter: MeterState, event: MeterEvent): MeterState {
  switch (event.type) {
    case "UseCounted": {
      const { use: id, number, known, at } = event;
      const recent = meter.uses.filter((use) => use.at > at - remembered);
      return { ...meter, uses: [...recent, { id, known, at, ...(number === undefined ? {} : { number }) }] };
    }
    case "UseGivenBack":
      return { ...meter, uses: meter.uses.filter(({ id }) => id !== event.use) };
    case "LimitAlarmed":
      return { ...meter, alarmedAt: event.at };
  }
}

export const unused: MeterState = { uses: [], alarmedAt: undefined };

export const meter: Aggregate<MeterState, MeterCommand, MeterEvent, never, MeterFacts> = {
  ...beside,
  schema: 2,
  initial: unused,
  evolve,
  decide,
  nextDue: () => undefined,
};
