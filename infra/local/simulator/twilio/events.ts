// What happens in the simulator, for whoever watches: the page, a test, a log.
import type { PhoneMessage } from "./phones.ts";

export type SimulatorEvent =
  | { readonly type: "message"; readonly phone: string; readonly message: PhoneMessage }
  | { readonly type: "status"; readonly phone: string; readonly sid: string; readonly status: string }
  /** A call began, changed its state, or began or ceased to listen for keys. */
  | { readonly type: "call"; readonly phone: string; readonly sid: string; readonly status: string }
  /** Something was said or pressed in a call. */
  | {
      readonly type: "line";
      readonly phone: string;
      readonly sid: string;
      readonly who: "voice" | "key" | "note";
      readonly text: string;
    }
  | { readonly type: "conference"; readonly phone: string; readonly name: string; readonly status: string }
  /** What Twilio's debugger would show: https://www.twilio.com/docs/api/errors */
  | {
      readonly type: "call-problem";
      readonly phone: string;
      readonly sid: string;
      readonly code: number;
      readonly message: string;
    }
  | { readonly type: "opt-out"; readonly phone: string; readonly optedOut: boolean }
  /** The hub did not take a webhook; Twilio's debugger would show error 11200. */
  | {
      readonly type: "webhook-failed";
      readonly phone?: string;
      readonly sid: string;
      readonly path: string;
      readonly reason: string;
    };

const mostUnread = 1_000;

export function eventStream<Event = SimulatorEvent>() {
  const listeners = new Set<(event: Event) => void>();

  function subscribe(listener: (event: Event) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    subscribe,
    tell(event: Event): void {
      for (const listener of listeners) listener(event);
    },
    /** Events from now on; a reader that falls far behind loses the oldest. */
    async *follow(signal: AbortSignal): AsyncGenerator<Event> {
      const unread: Event[] = [];
      let wake = (): void => {};
      const leave = subscribe((event) => {
        unread.push(event);
        if (unread.length > mostUnread) unread.shift();
        wake();
      });
      signal.addEventListener("abort", () => wake(), { once: true });
      try {
        while (!signal.aborted) {
          const next = unread.shift();
          if (next !== undefined) yield next;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        leave();
      }
    },
  };
}

export type EventStream = ReturnType<typeof eventStream<SimulatorEvent>>;
