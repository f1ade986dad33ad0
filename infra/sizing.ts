// What each function gets of time, memory and room beside the others: a reader checks the table, not the constructs.
import type { FunctionName } from "../functions/subscriptions.ts";

export interface Size {
  /** MB; processor time comes in proportion, and a paging function must not wait for it. */
  readonly memory: number;
  /** Seconds. A provider's call gives up after 5, a delivery's lease lapses after 30: this lies between. */
  readonly timeout: number;
  /** Messages per call of a queue's or the feed's consumer. */
  readonly batch: number;
  /** The most calls at once that its queue may make: what a storm can fill must leave room for pages. */
  readonly concurrency?: number;
}

const usual: Size = { memory: 512, timeout: 15, batch: 10 };
const paging: Size = { memory: 1024, timeout: 15, batch: 5 };

/** A new account may start with ten calls at once in all: together those that a storm of alerts fills take at most eight. */
const sizes: { readonly [name in FunctionName]?: Size } = {
  "receive-alert": { ...usual, memory: 1024 },
  "receive-alarm": { ...usual, concurrency: 2 },
  "accept-alerts": { ...usual, concurrency: 2 },
  "handle-alert": { ...usual, memory: 1024, concurrency: 2 },
  "release-alerts": { ...usual, concurrency: 2 },
  "send-page": paging,
  "send-notice": paging,
  // Ten at once are some fifty calls in a second, which is what the chat takes of us.
  // https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit
  "update-cards": { memory: 1024, timeout: 60, batch: 5, concurrency: 2 },
  "update-site": { memory: 1024, timeout: 30, batch: 5, concurrency: 2 },
  // Somebody who pressed a button looks at it until it is answered.
  "receive-activity": paging,
  "call-in": paging,
  "run-bridge": paging,
  "fire-timers": { memory: 1024, timeout: 30, batch: 10 },
  "relay-events": { memory: 512, timeout: 30, batch: 100 },
  "apply-config": { ...usual, timeout: 60 },
};

export const sizeOf = (name: FunctionName): Size => sizes[name] ?? usual;
