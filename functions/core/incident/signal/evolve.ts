// What monitoring says, from the facts.
import { isWorse } from "../../severity.ts";
import type { Instant } from "../../time.ts";
import type { AlertSample, IncidentEvent, JoinedNews } from "../events.ts";
import type { Lead, Signal } from "../state.ts";
import { withoutSymptoms, withSymptoms } from "./symptoms.ts";

const nothingYet: Lead = { title: "", severity: "info", since: 0 };

export const noSignal: Signal = {
  lead: nothingYet,
  gravest: nothingYet,
  symptoms: [],
  unlisted: 0,
  service: "",
  serviceName: "",
  importance: "normal",
  severity: "info",
  openedAt: 0,
  correlation: "",
  source: "",
  drill: false,
  alerts: 0,
  lastJoinedAt: 0,
  lateCopies: 0,
};

export function evolveSignal(signal: Signal, event: IncidentEvent): Signal {
  switch (event.type) {
    case "IncidentOpened": {
      const { service, serviceName, importance, severity, correlation, source, drill, at } = event;
      const lead = leadFrom(event);
      const known = { service, serviceName, importance, severity, correlation, source, drill };
      return { ...noSignal, ...known, lead, gravest: lead, openedAt: at, lastJoinedAt: at };
    }
    case "AlertsJoined": {
      const { foldUntil, ...rest } = signal;
      const { count, samples, at } = event;
      const alerts = signal.alerts + count;
      // A graver alert joins at once: the fold that it came into ends when it would have.
      const pending = foldUntil === undefined || foldUntil <= at ? {} : { foldUntil };
      return { ...rest, ...pending, ...withSymptoms(signal, samples, at), alerts, lastJoinedAt: at };
    }
    case "AlertsFolded":
      return { ...signal, foldUntil: event.until };
    case "SymptomsEnded": {
      const { samples, at } = event;
      return { ...signal, symptoms: withoutSymptoms(signal, samples, at), endedAt: at };
    }
    case "LeadAlertChanged": {
      const lead = leadFrom(event);
      const gravest = isWorse(lead.severity, signal.gravest.severity) ? lead : signal.gravest;
      return { ...signal, ...withSymptoms(signal, [sampleFrom(event)], event.at), lead, gravest };
    }
    case "SeverityRaised":
      return { ...signal, severity: event.to };
    case "NoticeWanted":
      // A notice that goes by another way tells nothing newer.
      return event.insteadOf === undefined ? withNews(signal, event) : signal;
    case "NoticeUndeliverable":
      return withNews(signal, event);
    case "RequestTaken":
      return { ...signal, takenAt: event.at };
    case "SignalCleared": {
      const symptoms = withoutSymptoms(signal, signal.symptoms, event.at);
      return { ...signal, symptoms, clear: { verifyAt: event.verifyAt } };
    }
    case "AllClearBelieved":
      return { ...signal, clear: { verifyAt: event.at, believed: true } };
    case "SignalReturned": {
      const { clear: _noMore, ...firing } = signal;
      return firing;
    }
    case "LateCopiesIgnored":
      return { ...signal, lateCopies: signal.lateCopies + 1 };
    default:
      return signal;
  }
}

const withNews = (
  signal: Signal,
  { news, at }: { readonly news?: JoinedNews; readonly at: Instant },
): Signal =>
  news === undefined
    ? signal
    : { ...signal, news: { toldAt: at, round: news.round, severity: news.severity } };

const sampleFrom = ({ alert, title, severity, since }: AlertSample): AlertSample => ({
  alert,
  title,
  severity,
  since,
});

const leadFrom = ({ title, severity, since }: Lead | AlertSample): Lead => ({ title, severity, since });
