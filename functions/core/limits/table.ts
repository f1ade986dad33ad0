// How often the hub does something for those who ask for it from outside: the one table. None of its rows is asked about
// monitoring's alerts: their pages are never held back by a limit. docs/decisions/0031 gives the reasons for the numbers.
import { hours, minutes } from "../time.ts";
import type { Limit } from "./window.ts";

interface Row {
  /** One number of a person of the config. */
  readonly person?: readonly Limit[];
  /** One number that nobody in the config has. */
  readonly stranger?: readonly Limit[];
  /** All numbers together that nobody in the config has, and hidden ones. */
  readonly strangers?: readonly Limit[];
  /** Uses from anywhere that alarm the operator; when all strangers are refused, the operator is alarmed as well. */
  readonly alarm?: Limit;
}

export const limits = {
  /** Wrong PINs at the hub's number. */
  pins: {
    person: [
      { count: 6, per: hours(1) },
      { count: 20, per: hours(24) },
    ],
    stranger: [
      { count: 6, per: hours(1) },
      { count: 20, per: hours(24) },
    ],
    strangers: [
      { count: 20, per: minutes(10) },
      { count: 100, per: hours(24) },
    ],
    alarm: { count: 20, per: minutes(10) },
  },
  /** Calls from unknown numbers that the hub's number answers with its menu. */
  calls: {
    stranger: [
      { count: 12, per: hours(1) },
      { count: 40, per: hours(24) },
    ],
    strangers: [{ count: 300, per: minutes(10) }],
  },
  /** Incidents that calls for help open. A call beyond them joins the open incident, or is held. */
  help: {
    person: [
      { count: 4, per: hours(1) },
      { count: 12, per: hours(24) },
    ],
    stranger: [
      { count: 1, per: hours(1) },
      { count: 3, per: hours(24) },
    ],
    strangers: [
      { count: 3, per: hours(1) },
      { count: 8, per: hours(24) },
    ],
  },
  /** Answers to texts of unknown numbers; how many one number gets is below. */
  answers: {
    strangers: [
      { count: 30, per: hours(1) },
      { count: 100, per: hours(24) },
    ],
  },
} as const satisfies Readonly<Record<string, Row>>;

export type LimitName = keyof typeof limits;

export const rowOf = (name: LimitName): Row => limits[name];

/** So often the operator is alarmed about one row. */
export const alarmedEvery = hours(24);

/** What is older than every limit is forgotten. */
export const remembered = hours(24);

/**
 * How many answers that change nothing one number gets. A second "1" to the same page is understood and gets more of them, but
 * not without end: some phones reply OK to everything.
 */
export const idleAnswers = { understood: 20, notUnderstood: 5 } as const;

export const heldCalls = {
  /** A call for help that was not confirmed, or came beyond the limits, pages after this time. */
  pagesAfter: minutes(10),
  /** Held calls page together, this often at most. */
  pagesEvery: hours(1),
  /** In one page, oldest first; further ones are counted. */
  listed: 20,
} as const;

/** Callers who wait to be let in to one incident. */
export const waitingCallers = {
  /** At once; the next one becomes an alert, and is asked to hang up when people know. */
  atOnce: 5,
  fromOneNumber: 2,
  /** Of those who were removed from the bridge. */
  removedAtOnce: 2,
  /** So often a responder's phone rings because callers wait. */
  ringsEvery: minutes(10),
  /** So often the room hears that a caller waits. */
  announcedEvery: minutes(2),
} as const;

/** How often a phone rings for one incident because its number asked for it by text or call: a number can be forged. */
export const callBacks = { count: 3, per: minutes(10) } as const;

/** Of one instance of the fallback, which reads no store: all tries, right or wrong. */
export const fallbackPins: Row = {
  stranger: [{ count: 6, per: hours(1) }],
  strangers: [{ count: 60, per: minutes(10) }],
};
