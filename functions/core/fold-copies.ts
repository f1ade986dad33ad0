// Copies of one alert in one request are one, with a count.
import type { RoutedAlert } from "./alert.ts";

/** Folds the copies that one request carried; what contradicts itself stays in its order, for the ledger to judge. */
export function foldCopies(alerts: readonly RoutedAlert[]): readonly RoutedAlert[] {
  const folded: RoutedAlert[] = [];
  const last = new Map<string, number>();
  for (const alert of alerts) {
    const place = last.get(alert.id);
    const same = place === undefined ? undefined : folded[place];
    if (place !== undefined && same !== undefined && isCopy(same, alert)) {
      folded[place] = { ...alert, copies: same.copies + alert.copies };
    } else last.set(alert.id, folded.push(alert) - 1);
  }
  return folded;
}

const isCopy = (a: RoutedAlert, b: RoutedAlert): boolean =>
  a.status === b.status && a.severity === b.severity && a.since === b.since && a.suppressed === b.suppressed;
