// Three scales that are never mixed: an alert's severity, a service's importance, and the urgency that both give a page.

export const alertSeverities = ["info", "warning", "error", "critical"] as const;
export type AlertSeverity = (typeof alertSeverities)[number];

export const importances = ["low", "normal", "high"] as const;
export type Importance = (typeof importances)[number];

export type Urgency = "low" | "high";

export const isWorse = (a: AlertSeverity, b: AlertSeverity): boolean => gravityOf(a) > gravityOf(b);

const gravityOf = (severity: AlertSeverity): number => alertSeverities.indexOf(severity);

interface Graded {
  readonly severity: AlertSeverity;
}

/** Sorts the gravest first; equals stay as they are. */
export const gravestFirst = (a: Graded, b: Graded): number => gravityOf(b.severity) - gravityOf(a.severity);

export const worst = (a: AlertSeverity, b: AlertSeverity): AlertSeverity => (isWorse(a, b) ? a : b);

/** Row: the alert's severity; column: the service's importance. A reader checks the table, not branches. */
const urgencyTable: Readonly<Record<AlertSeverity, Readonly<Record<Importance, Urgency>>>> = {
  info: { low: "low", normal: "low", high: "low" },
  warning: { low: "low", normal: "low", high: "high" },
  error: { low: "low", normal: "high", high: "high" },
  critical: { low: "high", normal: "high", high: "high" },
};

export const urgencyOf = (severity: AlertSeverity, importance: Importance): Urgency =>
  urgencyTable[severity][importance];

/** What goes first when a stall left much to do: 0 before all else. What has no severity is small, and others wait for it. */
export const drainRanks = 6;
export function drainRank(about: { readonly severity: string; readonly drill: boolean } | undefined): number {
  if (about === undefined) return 0;
  if (about.drill) return drainRanks - 1;
  const place = alertSeverities.indexOf(about.severity as AlertSeverity);
  return alertSeverities.length - Math.max(place, 0);
}
