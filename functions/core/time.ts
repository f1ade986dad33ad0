// Time in core is a number that comes in with a command: nothing here reads a clock.

/** Milliseconds since the Unix epoch, UTC. */
export type Instant = number;

/** Milliseconds. */
export type Duration = number;

/** Whether that moment has come; what has none never does. */
export const isDue = (at: Instant | undefined, now: Instant): boolean => at !== undefined && at <= now;

export const seconds = (n: number): Duration => n * 1000;
export const minutes = (n: number): Duration => n * 60_000;
export const hours = (n: number): Duration => n * 3_600_000;
