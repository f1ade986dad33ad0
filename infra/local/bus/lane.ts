// One function's queue: so many at a time, tried again when they fail, given up in the end; nobody waits for a bad one.
import { setImmediate as aTurnOfOthers } from "node:timers/promises";
import type { Retries } from "../../../functions/adapters/sqlite/retries.ts";
import type { Clock } from "../../../functions/ports.ts";
import { openBacklog } from "./backlog.ts";
import { handOver, type QueueHandler, type Received } from "./messages.ts";
import type { Waits } from "./waits.ts";

export interface LaneSettings {
  readonly name: string;
  readonly handler: QueueHandler;
  /** How many messages one call takes. */
  readonly batch: number;
  /** How many calls run at once. */
  readonly concurrency: number;
}

/** Where new messages come from. */
export interface Source {
  take(limit: number): readonly Received[];
  /** All of what one `take` gave is done, or rests as retries. */
  finished(taken: readonly Received[]): void;
  empty(): boolean;
}

export interface Trouble {
  readonly function: string;
  readonly message: string;
  readonly receives: number;
  readonly outcome: "rests" | "given up";
  readonly reason: string;
}

export interface Surroundings {
  readonly retries: Retries;
  readonly clock: Clock;
  readonly waits: Waits;
  readonly report: (trouble: Trouble) => void;
}

export interface Lane {
  /** Calls the function as far as there are messages and it may run. */
  kick(): void;
  idle(): boolean;
  /** Takes no more; answers when what runs has ended. */
  drain(): Promise<void>;
}

export function openLane(
  { name, handler, batch, concurrency }: LaneSettings,
  source: Source,
  surroundings: Surroundings,
  onRest: () => void,
): Lane {
  const backlog = openBacklog(name, surroundings, kick);
  const running = new Set<Promise<void>>();
  let draining = false;
  let retryNext = true;

  // New messages and retries take turns, so that neither keeps the other waiting. A retry travels alone: whatever made
  // a whole batch fail can then only fail itself.
  function next(): { readonly messages: readonly Received[]; readonly fresh: boolean } | undefined {
    retryNext = !retryNext;
    const retry = retryNext || source.empty() ? backlog.take() : undefined;
    if (retry !== undefined) return { messages: [retry], fresh: false };
    const messages = source.take(batch);
    if (messages.length > 0) return { messages, fresh: true };
    const late = backlog.take();
    return late === undefined ? undefined : { messages: [late], fresh: false };
  }

  function kick(): void {
    while (!draining && running.size < concurrency) {
      const taken = next();
      if (taken === undefined) return;
      const run = carry(taken.messages, taken.fresh).finally(() => {
        running.delete(run);
        kick();
        if (running.size === 0) onRest();
      });
      running.add(run);
    }
  }

  async function carry(messages: readonly Received[], fresh: boolean): Promise<void> {
    const failures = await handOver(handler, messages);
    for (const message of messages) {
      const reason = failures.get(message.id);
      const outcome = backlog.settle(message, reason);
      if (reason === undefined || outcome === "done") continue;
      surroundings.report({
        function: name,
        message: message.id,
        receives: message.receives,
        outcome,
        reason,
      });
    }
    if (fresh) source.finished(messages);
    // What only computes would keep everybody else of this process waiting until nothing is left of it.
    if (!source.empty()) await aTurnOfOthers();
  }

  return {
    kick,
    idle: () => running.size === 0 && source.empty() && !backlog.due(),
    async drain() {
      draining = true;
      backlog.stop();
      await Promise.all(running);
    },
  };
}
