// Has it said in the room how things stand. What is said is asked for when it is spoken.
import { type Bridge, inTheRoom } from "../core/incident/bridge/state.ts";
import { seconds } from "../core/time.ts";
import { mayBegin } from "../lease-gate.ts";
import { announcementPath } from "../provider-paths.ts";
import { hasLeft } from "./has-left.ts";
import type { House, Task } from "./task.ts";
import { twice } from "./twice.ts";

/** Longer than the function: after this its holder is gone. */
const leaseFor = seconds(30);

export async function announce({ rooms, leases, clock }: House, task: Task): Promise<void> {
  const { stream, incident, epoch, ref, tools, order } = task;
  const { announcements } = incident.bridge;
  if (isSaidByAnother(announcements, ref)) return;
  const here = inTheRoom(incident.bridge).flatMap(([, { conference }]) => conference ?? []);
  if (here.length === 0) return;
  const name = `${stream}.${ref}`;
  if (!(await mayBegin({ clock, leases }, { name, stream, epoch, lasts: leaseFor }))) return;
  for (const conference of new Set(here)) {
    const outcome = await twice(() => rooms.announce(conference, announcementPath(stream, ref)));
    if (outcome.outcome === "gone") await allHaveLeft(task, conference);
    if (outcome.outcome === "done" || outcome.outcome === "gone") continue;
    tools.log.warn("nothing was announced in the room", { stream, reason: outcome.reason });
    if (outcome.outcome === "giveUp") tools.count("OperatorAlarm");
    await order({ type: "FailAnnouncement", announcement: ref, reason: outcome.reason });
  }
  await leases.finish(name);
}

/** Of several that waited the newest says how things stand; a decision is said in its own words. */
function isSaidByAnother(announcements: Bridge["announcements"], ref: string): boolean {
  const kind = announcements[ref];
  if (kind === undefined) return true;
  const alike = Object.entries(announcements).filter((each) => kind === "cadence" || each[1] === kind);
  return alike.at(-1)?.[0] !== ref;
}

/** Whoever is thought to be in the room is not asked whether it is in hand. */
async function allHaveLeft(task: Task, conference: string): Promise<void> {
  for (const [call, caller] of inTheRoom(task.incident.bridge))
    if (caller.seen[conference]?.isIn === true) await hasLeft(task, conference, call, caller);
}
