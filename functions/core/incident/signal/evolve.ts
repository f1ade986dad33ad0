// What monitoring says, from the facts.
import type { IncidentEvent } from "../events.ts";
import type { Signal } from "../state.ts";

export const noSignal: Signal = {
  title: "",
  service: "",
  serviceName: "",
  importance: "normal",
  severity: "info",
  since: 0,
  openedAt: 0,
  correlation: "",
  source: "",
  drill: false,
  alerts: 0,
  lastJoinedAt: 0,
};

export function evolveSignal(signal: Signal, event: IncidentEvent): Signal {
  switch (event.type) {
    case "IncidentOpened": {
      const { title, service, serviceName, importance, severity, since, correlation, source, drill, at } =
        event;
      const known = { title, service, serviceName, importance, severity, since, correlation, source, drill };
      return { ...known, openedAt: at, alerts: 0, lastJoinedAt: at };
    }
    case "AlertsJoined":
      return { ...signal, alerts: signal.alerts + event.count, lastJoinedAt: event.at };
    case "SeverityRaised":
      return { ...signal, severity: event.to };
    case "SignalCleared":
      return { ...signal, clear: { verifyAt: event.verifyAt } };
    case "AllClearBelieved":
      return { ...signal, clear: { verifyAt: event.at, believed: true } };
    case "SignalReturned": {
      const { clear: _noMore, ...firing } = signal;
      return firing;
    }
    default:
      return signal;
  }
}
