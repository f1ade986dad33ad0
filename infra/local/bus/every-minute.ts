// What the table says comes once a minute comes here by the machine's own clock, whatever happened to everything else.
import type { ScheduledEvent } from "aws-lambda";
import { type Instant, minutes } from "../../../functions/core/time.ts";
import type { Clock } from "../../../functions/ports.ts";
import type { Trouble } from "./lane.ts";
import type { Waits } from "./waits.ts";

export interface EveryMinute {
  /** Answers when it does not run. */
  idle(): Promise<void>;
  drain(): Promise<void>;
}

interface Settings {
  readonly name: string;
  readonly clock: Clock;
  readonly waits: Waits;
  readonly fire: (event: ScheduledEvent) => Promise<unknown>;
  readonly report: (trouble: Trouble) => void;
}

export function startEveryMinute({ name, clock, waits, fire, report }: Settings): EveryMinute {
  let running: Promise<void> | undefined;
  let wait: unknown;
  const run = async (): Promise<void> => {
    try {
      await fire(scheduledEvent(clock.now()));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      report({ function: name, message: "every minute", receives: 1, outcome: "given up", reason });
    }
  };
  const next = (): void => {
    wait = waits.set(() => {
      // One that takes longer than a minute is not joined by another.
      running ??= run().finally(() => {
        running = undefined;
      });
      next();
    }, minutes(1));
  };
  next();
  return {
    idle: async () => running,
    async drain() {
      waits.clear(wait);
      await running;
    },
  };
}

const scheduledEvent = (now: Instant): ScheduledEvent => ({
  version: "0",
  id: `minute-${now}`,
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: "000000000000",
  time: new Date(now).toISOString(),
  region: "local",
  resources: [],
  detail: {},
});
