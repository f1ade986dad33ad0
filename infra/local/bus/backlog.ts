// Messages of one function that are due for another try. They wait in the store; only the next few are in memory.
import type { Retries } from "../../../functions/adapters/sqlite/retries.ts";
import { type Duration, seconds } from "../../../functions/core/time.ts";
import type { Clock } from "../../../functions/ports.ts";
import type { Received } from "./messages.ts";
import { openAlarm, type Waits } from "./waits.ts";

/** How long a message rests after it was received so often; after that it is a dead letter. */
export const rests: readonly Duration[] = [100, seconds(1), seconds(5), seconds(15)];

const windowLength = 100;

export interface Backlog {
  /** The next message that is due. */
  take(): Received | undefined;
  /** After its try: it is done, rests again, or is given up. */
  settle(message: Received, failure: string | undefined): "done" | "rests" | "given up";
  /** Whether a message is due now. */
  due(): boolean;
  stop(): void;
}

export function openBacklog(
  name: string,
  { retries, clock, waits }: { readonly retries: Retries; readonly clock: Clock; readonly waits: Waits },
  onDue: () => void,
): Backlog {
  const ready: Received[] = [];
  let more = false;
  const taken = new Set<number>();
  const wake = (): void => {
    look();
    if (ready.length > 0) onDue();
  };
  const alarm = openAlarm(() => clock.now(), waits, wake);
  const stopListening = retries.onRedriven(wake);
  look();

  function look(): void {
    const now = clock.now();
    const waiting = new Set(ready.map((message) => message.row));
    const limit = windowLength + taken.size + waiting.size;
    const found = retries.due(name, now, limit);
    more = found.length === limit;
    for (const retry of found) {
      if (taken.has(retry.row) || waiting.has(retry.row)) continue;
      ready.push({ ...retry, function: name, receives: retry.receives + 1 });
    }
    const next = retries.nextAfter(name, now);
    if (next !== undefined) alarm.by(next);
  }

  function rest(message: Received, failure: string): "rests" | "given up" {
    const now = clock.now();
    const pause = rests[message.receives - 1];
    if (pause === undefined) {
      retries.bury(message, message.row, failure, now);
      return "given up";
    }
    if (message.row === undefined) retries.add(message, message.receives, now + pause, message.at);
    else retries.again(message.row, message.receives, now + pause);
    alarm.by(now + pause);
    return "rests";
  }

  return {
    take() {
      if (ready.length === 0 && more) look();
      const message = ready.shift();
      if (message?.row !== undefined) taken.add(message.row);
      return message;
    },
    settle(message, failure) {
      const outcome = failure === undefined ? "done" : rest(message, failure);
      if (message.row !== undefined) {
        if (outcome === "done") retries.done(message.row);
        taken.delete(message.row);
      }
      return outcome;
    },
    due: () => ready.length > 0,
    stop() {
      alarm.stop();
      stopListening();
    },
  };
}
