// Queues as SQS keeps them: at least once, in no order, hidden while somebody is at them, put aside after so many tries.
// What SQS and the bus do now and then they do here often: a message comes twice, sometimes much later.
import type { Chance } from "./chance.ts";
import type { QueueShape } from "./deployment.ts";

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  receives: number;
  visibleAt: number;
}

export interface Queue {
  readonly shape: QueueShape;
  send(body: string, delay?: number): string;
  /** Hides what it gives out. */
  receive(limit: number): readonly Message[];
  remove(id: string): void;
  visible(): boolean;
  /** All of it, hidden or not. */
  readonly messages: ReadonlyMap<string, Message>;
}

const doubled = 0.25;
const latest = 120_000;

export interface Surroundings {
  readonly now: () => number;
  /** Told when a message will be seen that is not seen yet. */
  readonly later: (delay: number) => void;
  readonly chance: Chance;
  readonly bury: (queue: string, body: string) => void;
}

let sent = 0;

export function openQueue(shape: QueueShape, { now, later, chance, bury }: Surroundings): Queue {
  const messages = new Map<string, Message>();

  function put(body: string, delay: number): string {
    const id = `message-${++sent}`;
    messages.set(id, { id, body, sentAt: now(), receives: 0, visibleAt: now() + delay });
    if (delay > 0) later(delay);
    return id;
  }

  function seen(): readonly Message[] {
    const at = now();
    return [...messages.values()].filter(({ visibleAt }) => visibleAt <= at);
  }

  return {
    shape,
    messages,
    send(body, delay = 0) {
      // Letters are kept and counted, so they stay single.
      if (shape.deadLetters !== undefined && chance.hits(doubled))
        put(body, delay + (chance.hits(0.5) ? 0 : chance.below(latest)));
      return put(body, delay);
    },
    receive(limit) {
      const given: Message[] = [];
      for (const message of chance.some(seen(), limit)) {
        if (message.receives >= shape.maxReceives && shape.deadLetters !== undefined) {
          messages.delete(message.id);
          bury(shape.deadLetters, message.body);
          continue;
        }
        message.receives++;
        message.visibleAt = now() + shape.visibility;
        later(shape.visibility);
        given.push(message);
      }
      return given;
    },
    remove: (id) => void messages.delete(id),
    visible: () => seen().length > 0,
  };
}
