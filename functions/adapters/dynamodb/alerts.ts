// The ledger of alerts: one record each, which is the proof of acceptance and the key of repeats in one.
import type { RoutedAlert } from "../../core/alert.ts";
import type { AlertDetail, AlertLedger, Receipt } from "../../ports.ts";
import { acceptAlert } from "./accept.ts";
import type { Access } from "./access.ts";
import { recordFrom } from "./alert-items.ts";
import { handOn } from "./hand-on.ts";
import { get, getAll, remove } from "./items.ts";
import { alertDetailKey, alertKey, stashKey } from "./keys.ts";
import { inParallel } from "./parallel.ts";
import { settleAlerts } from "./settle.ts";
import { readStash, stashAlerts } from "./stash.ts";

export const dynamoAlerts = (access: Access): AlertLedger => ({
  async accept(alerts, now) {
    const receipts: Receipt[] = [];
    await inParallel(byId(alerts), async (same) => {
      for (const [place, alert] of same)
        receipts[place] = { id: alert.id, verdict: await acceptAlert(access, alert, now) };
    });
    return receipts;
  },
  stash: (alerts, now) => stashAlerts(access, alerts, now),
  stashed: (ref) => readStash(access, ref),
  dropStash: (ref) => remove(access, stashKey(ref)),
  async read(ids) {
    const items = await getAll(access, [...new Set(ids)].map(alertKey));
    return items.map(recordFrom);
  },
  async detail(id) {
    const item = await get(access, alertDetailKey(id));
    if (item === undefined) return undefined;
    const said = JSON.parse(item["said"] as string) as Partial<AlertDetail>;
    return { description: said.description, labels: said.labels ?? {}, link: said.link };
  },
  settle: (settlements) => settleAlerts(access, settlements),
  handOn: (now, limit) => handOn(access, now, limit),
});

/** Copies of one alert keep their order among themselves: each has to find what the one before it left. */
function byId(alerts: readonly RoutedAlert[]): readonly (readonly (readonly [number, RoutedAlert])[])[] {
  const groups = new Map<string, [number, RoutedAlert][]>();
  for (const [place, alert] of alerts.entries()) {
    const group = groups.get(alert.id);
    if (group === undefined) groups.set(alert.id, [[place, alert]]);
    else group.push([place, alert]);
  }
  return [...groups.values()];
}
