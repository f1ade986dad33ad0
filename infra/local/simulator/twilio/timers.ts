// Waiting, as something that can be replaced in a test and cancelled as a whole.

export interface Timers {
  /** Runs later; the answer cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export const realTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export function cancellable(timers: Timers): { readonly timers: Timers; readonly cancelAll: () => void } {
  const pending = new Set<() => void>();
  return {
    timers: {
      after(ms, run) {
        const cancel = timers.after(ms, () => {
          pending.delete(cancel);
          run();
        });
        pending.add(cancel);
        return cancel;
      },
    },
    cancelAll() {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
}
