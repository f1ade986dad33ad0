// Takes one alert: counting a repeat is a single conditional write; whatever else it means is decided by core upon the
// record that stood in the way, and written unless that has changed meanwhile.
import {
  type AlertRecord,
  isDetailed,
  type RoutedAlert,
  type Taken,
  type Verdict,
} from "../../core/alert.ts";
import { healingRepass, takeAlert, unsettledRepass } from "../../core/take-alert.ts";
import type { Instant } from "../../core/time.ts";
import type { Access } from "./access.ts";
import { changedFields, recordFrom } from "./alert-items.ts";
import { detailKept, expiryOf } from "./expiry.ts";
import { put, update } from "./items.ts";
import { alertDetailKey, alertKey } from "./keys.ts";
import type { Item } from "./refused.ts";

/** Each try lost means that another one's write was done; a storm on one key wins its count without any of them. */
const tries = 20;

export async function acceptAlert(access: Access, alert: RoutedAlert, now: Instant): Promise<Verdict> {
  let detailed = false;
  for (let attempt = 0; attempt < tries; attempt++) {
    const { done, before: item } = await countQuiet(access, alert, now);
    if (done) return "duplicate";
    const known = item === undefined ? undefined : recordFrom(item);
    const taken = takeAlert(known, alert, now);
    // Before its record: whoever reads of the alert finds what it said.
    if (isDetailed(taken.verdict) && !detailed) {
      await putDetail(access, alert, now);
      detailed = true;
    }
    if (await write(access, alert, item, known, taken)) return taken.verdict;
  }
  throw new Error(
    `The record of alert ${alert.id} changed ${tries} times while one copy of it was taken; send it again`,
  );
}

/** The rule of core's isQuietDuplicate as a condition. */
const quiet =
  "#status = :status AND (attribute_exists(#disposition) AND #passedAt > :healed" +
  " OR attribute_not_exists(#disposition) AND #passedAt > :unsettled)";

function countQuiet(access: Access, alert: RoutedAlert, now: Instant) {
  const { id, copies, status, severity, since, until } = alert;
  const said = {
    ...(status === "resolved" ? {} : { severity }),
    ...(since === undefined ? {} : { since }),
    ...(status === "firing" || until === undefined ? {} : { until: Math.min(until, now) }),
  };
  const known = Object.keys(said).map((name) => `#${name} ${name === "severity" ? "=" : ">="} :${name}`);
  return update(access, alertKey(id), {
    add: { count: copies },
    condition: [quiet, ...known].join(" AND "),
    values: {
      ":status": status,
      ":healed": now - healingRepass,
      ":unsettled": now - unsettledRepass,
      ...Object.fromEntries(Object.entries(said).map(([name, value]) => [`:${name}`, value])),
    },
  });
}

async function write(
  access: Access,
  alert: RoutedAlert,
  item: Item | undefined,
  known: AlertRecord | undefined,
  taken: Taken,
): Promise<boolean> {
  const key = alertKey(alert.id);
  const { record, verdict } = taken;
  if (known === undefined) {
    const fresh = { ...key, ...changedFields(taken), count: record.count, edit: 1 };
    return (await put(access, fresh, "attribute_not_exists(#pk)")).done;
  }
  const more = { count: alert.copies };
  const unchanged = { condition: "#edit = :edit", values: { ":edit": item?.["edit"] } };
  if (verdict === "duplicate") return (await update(access, key, { add: more, ...unchanged })).done;
  // A new occurrence counts from its own first copy; any other change adds to what is being counted meanwhile.
  const anew = record.count !== known.count + alert.copies;
  const change = anew
    ? { set: { ...changedFields(taken), count: record.count }, add: { edit: 1 } }
    : { set: changedFields(taken), add: { ...more, edit: 1 } };
  return (await update(access, key, { ...change, ...unchanged })).done;
}

async function putDetail(access: Access, alert: RoutedAlert, now: Instant): Promise<void> {
  const { description, labels, link } = alert;
  const said = JSON.stringify({ description, labels, link });
  await put(access, { ...alertDetailKey(alert.id), said, expires: expiryOf(now + detailKept) });
}
