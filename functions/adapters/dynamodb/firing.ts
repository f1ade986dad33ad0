// Which symptoms an incident has now. The index leaps from one symptom to the next, however many alerts each has; the alerts
// themselves are read as they are, for the index may not know yet that one has ended.
import type { StreamId } from "../../core/aggregate.ts";
import type { AlertRecord } from "../../core/alert.ts";
import type { FiringAlert, FiringSymptoms } from "../../core/facts.ts";
import { gravityOf, symptomOf } from "../../core/symptom.ts";
import type { Access } from "./access.ts";
import { memberShard, recordFrom } from "./alert-items.ts";
import { getAll } from "./items.ts";
import { all } from "./queries.ts";
import { shards } from "./shards.ts";

/** Of a symptom whose first alert has just ended so many are looked at. */
const others = 10;

interface Member {
  readonly pk: string;
  readonly gravity: string;
  readonly memberOf: string;
}

export async function firingSymptoms(
  access: Access,
  incident: StreamId,
  most: number,
): Promise<FiringSymptoms> {
  const found = await Promise.all(
    // One more than asked for tells whether there are others.
    shards.map((shard) => oneOfEach(access, memberShard(incident, shard), most + 1)),
  );
  const members = found.flat();
  const alerts = distinct(await stillFiring(access, members));
  const isWhole = found.every(({ length }) => length <= most) && alerts.length <= most;
  return { alerts: alerts.slice(0, most), whole: isWhole };
}

async function oneOfEach(access: Access, memberOf: string, most: number): Promise<readonly Member[]> {
  const members: Member[] = [];
  let before = "";
  while (members.length < most) {
    const [item] = await all(access, {
      index: "members",
      where: "#memberOf = :member AND #gravity > :before",
      values: { ":member": memberOf, ":before": before === "" ? " " : before },
      limit: 1,
    });
    if (item === undefined) break;
    before = item["gravity"] as string;
    members.push({ pk: item["pk"] as string, gravity: before, memberOf });
  }
  return members;
}

async function stillFiring(access: Access, members: readonly Member[]): Promise<readonly AlertRecord[]> {
  const records = await firingOf(access, members);
  const found = new Set(records.map(gravityOf));
  const ended = members.filter(({ gravity }) => !found.has(gravity));
  const more = await Promise.all(ended.map((member) => alike(access, member)));
  return [...records, ...(await firingOf(access, more.flat()))];
}

const alike = async (access: Access, { gravity, memberOf }: Member): Promise<readonly Member[]> =>
  (
    await all(access, {
      index: "members",
      where: "#memberOf = :member AND #gravity = :gravity",
      values: { ":member": memberOf, ":gravity": gravity },
      limit: others,
    })
  ).map((item) => ({ pk: item["pk"] as string, gravity, memberOf }));

async function firingOf(access: Access, members: readonly Member[]): Promise<readonly AlertRecord[]> {
  const shardsOf = new Map(members.map(({ pk, memberOf }) => [pk, memberOf]));
  const items = await getAll(
    access,
    [...shardsOf.keys()].map((pk) => ({ pk, sk: "alert" })),
  );
  return items
    .filter(
      (item) => item["memberOf"] !== undefined && item["memberOf"] === shardsOf.get(item["pk"] as string),
    )
    .map(recordFrom);
}

/** The gravest of each symptom, in the order of gravity. */
function distinct(records: readonly AlertRecord[]): readonly FiringAlert[] {
  const gravestFirst = records.toSorted((a, b) => (gravityOf(a) < gravityOf(b) ? -1 : 1));
  const each = new Map<string, FiringAlert>();
  for (const { id: alert, title, severity, since } of gravestFirst) {
    const symptom = symptomOf(title);
    if (!each.has(symptom)) each.set(symptom, { alert, title, severity, since });
  }
  return [...each.values()];
}
