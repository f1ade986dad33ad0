// Status reports as they come, or as a fault makes them come: late, never, twice, or the last one first.
import type { FaultQueue } from "./faults.ts";
import type { Timers } from "./timers.ts";

export interface ReportParts {
  readonly faults: FaultQueue;
  readonly timers: Timers;
}

/** One line of reports about one message or call; its fault is drawn when it begins. */
export function reportLine<Report>(
  to: string,
  { faults, timers }: ReportParts,
  send: (report: Report) => void,
  isLast: (report: Report) => boolean,
): (report: Report) => void {
  const fault = faults.next(to, "reports-late", "reports-lost", "reports-doubled", "reports-reordered");
  const held: Report[] = [];
  return (report) => {
    switch (fault?.kind) {
      case undefined:
        return send(report);
      case "reports-lost":
        return;
      case "reports-late":
        timers.after(fault.ms, () => send(report));
        return;
      case "reports-doubled":
        send(report);
        return send(report);
      case "reports-reordered":
        held.unshift(report);
        if (isLast(report)) for (const late of held) send(late);
    }
  };
}
