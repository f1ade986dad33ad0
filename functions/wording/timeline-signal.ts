// The timeline in sentences, of what monitoring says: what joined, what ended, what pages speak of now.
import type { AlertSample, EventMeta, EventOf, SignalEvent } from "../core/incident/events.ts";
import { quoted } from "../core/quoted.ts";
import { capital, counted, lasting, severityWords } from "./words.ts";

export function signalSentence(event: SignalEvent & EventMeta): string {
  switch (event.type) {
    case "IncidentOpened":
      return `${event.drill ? "Drill opened" : "Opened"}: ${quoted(event.title)} (${severityWords[event.severity]}, ${event.serviceName}).`;
    case "AlertsJoined":
      return joined(event);
    case "AlertsFolded":
      return `More alerts are coming in. They are listed together in ${lasting(event.until - event.at)}.`;
    case "SymptomsEnded":
      return `Ended: ${titled(event.samples)}.`;
    case "LeadAlertChanged":
      return `Pages now speak of: ${quoted(event.title)} (${severityWords[event.severity]}).`;
    case "SeverityRaised":
      return `Severity raised from ${severityWords[event.from]} to ${severityWords[event.to]}.`;
    case "SignalCleared":
      return `Monitoring says that nothing fires any more. It is believed if it stays so for ${lasting(event.verifyAt - event.at)}.`;
    case "AllClearBelieved":
      return "All is quiet. The incident was declared, so it stays open until somebody closes it.";
    case "SignalReturned":
      return "Firing again.";
    case "LateCopiesIgnored":
      return `${quoted(event.title)}: ${event.count === 1 ? "a late copy" : counted(event.count, "late copy", "late copies")} came right after the resolve and paged nobody. If it still fires, the next message pages.`;
  }
}

function joined({ count, samples }: EventOf<"AlertsJoined">): string {
  const what = samples.length === 0 ? "" : `: ${titled(samples)}`;
  if (count > 0) return `${capital(counted(count, "alert"))} joined${what}.`;
  return samples.length === 0 ? "No more alerts joined." : `Firing now${what}.`;
}

const titlesShown = 3;

/** The gravest of them, and how many others. */
function titled(samples: readonly AlertSample[]): string {
  const shown = samples
    .slice(0, titlesShown)
    .map(({ title, severity }) => `${quoted(title)} (${severityWords[severity]})`);
  const more = samples.length - shown.length;
  return `${shown.join("; ")}${more === 0 ? "" : `, and ${more} more`}`;
}
