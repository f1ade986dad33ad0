// What a record keeps of earlier messages, beside what the alert is now.
import type { AlertMemory, AlertRecord, LeftOut, LeftOutReason, RoutedAlert } from "./alert.ts";
import { type Instant, minutes } from "./time.ts";

/** Returns are remembered for this long. */
export const returnsKept = minutes(30);
const mostReturns = 4;
/** A record stays below one write unit of the store. */
const mostLeftOut = 3;

interface Remembering {
  readonly memory?: AlertMemory;
}

export const remember = <Known extends Remembering>(record: Known, more: AlertMemory): Known =>
  withMemory(record, { ...record.memory, ...more });

/** Remembers when a fire or a resolve was received, if that was before the ledger took it. */
export function heard<Known extends Remembering>(
  record: Known,
  { heardAt }: RoutedAlert,
  now: Instant,
): Known {
  const { heardAt: _before, ...memory } = record.memory ?? {};
  return withMemory(record, heardAt === undefined || heardAt >= now ? memory : { ...memory, heardAt });
}

/** It fires again: only what people were told of has come back. */
export function returned<Known extends Remembering>(
  record: Known,
  { incident }: AlertRecord,
  sinceIsOurs: boolean,
  now: Instant,
): Known {
  const { sinceIsOurs: _before, returns: before = [], ...memory } = record.memory ?? {};
  const recent = before.filter((at) => now - at < returnsKept);
  const returns = incident === undefined ? recent : [...recent, now].slice(-mostReturns);
  return withMemory(record, {
    ...memory,
    ...(sinceIsOurs ? { sinceIsOurs } : {}),
    ...(returns.length === 0 ? {} : { returns }),
  });
}

/** Remembers a message that changed nothing. */
export function withLeftOut(
  record: AlertRecord,
  { since }: RoutedAlert,
  reason: LeftOutReason,
  at: Instant,
): AlertRecord {
  const { incident, memory } = record;
  const entry: LeftOut = {
    reason,
    at,
    ...(since === undefined ? {} : { since }),
    ...(incident === undefined ? {} : { incident }),
  };
  const others = (memory?.leftOut ?? []).filter((each) => each.reason !== reason || each.since !== since);
  return remember(record, { leftOut: [...others, entry].slice(-mostLeftOut) });
}

function withMemory<Known extends Remembering>(record: Known, memory: AlertMemory): Known {
  const { memory: _before, ...rest } = record;
  return (Object.keys(memory).length === 0 ? rest : { ...rest, memory }) as Known;
}
