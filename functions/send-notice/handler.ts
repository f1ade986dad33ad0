// Carries a notification: it tells somebody how it went on, waits for nothing, and never rings twice on purpose.
import { carriers, evidenceOf } from "../carriers.ts";
import { places as placesOf } from "../chat-places.ts";
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import type { DeliveryEvidence } from "../core/incident/commands.ts";
import { seconds } from "../core/time.ts";
import { decisions } from "../decisions.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import { mayBegin } from "../lease-gate.ts";
import { methodForTexts, wayTo } from "../reach.ts";
import { noteRefusal } from "../refusals.ts";
import type { PortsOf } from "../subscriptions.ts";
import { waysOf } from "./message.ts";

/** Longer than the function: after this its holder is gone. A doubled notice is better than a lost one. */
const leaseFor = seconds(16);

export function make(ports: PortsOf<"send-notice">): QueueHandler {
  const house = decisions(ports);
  const { clock, leases } = ports;
  const carrying = carriers(ports, house.directory);
  const places = placesOf(ports, house.directory);

  return queue(async (body, tools) => {
    const { stream, ref = "" } = (body as Envelope<EventRef>).detail;
    const { state, epoch } = await house.incidents.load(stream);
    const notice = state.notices[ref];
    if (notice === undefined || notice.state !== "wanted") return;

    const record = async (evidence: DeliveryEvidence): Promise<void> => {
      const id = `${stream}.${ref}.${evidence.outcome}`;
      const envelope = byHub("send-notice", id, clock.now(), state.signal.drill);
      await house.incidents.dispatch(stream, { ...envelope, type: "RecordNotice", notice: ref, evidence });
    };

    // A number and a PIN that lead nowhere any more would send people astray.
    if (notice.kind === "bridge-open" && state.bridge.name !== "open")
      return record({ outcome: "giveUp", reason: "no-longer-wanted", operator: false });
    const way = await wayTo(house, notice.person, notice.method);
    if (way.outcome === "closed") return record({ outcome: "giveUp", reason: way.reason, operator: false });
    const name = `${stream}.${ref}`;
    if (!(await mayBegin(ports, { name, stream, epoch, lasts: leaseFor }))) return;
    const asked = notice.request === undefined ? undefined : state.paging.requests[notice.request]?.about;
    const names = await house.directory.names([notice.about, asked].flatMap((id) => id ?? []));
    const to = way.method.address;
    const dialIn =
      notice.kind === "bridge-open"
        ? { number: ports.dialIn.number(), pin: await ports.dialIn.pin(stream, state.bridge.round) }
        : undefined;
    const phone = notice.channel === "teams" ? await methodForTexts(house, notice.person) : undefined;
    const told = { stream, ref, notice, incident: state, to, phone: phone?.address, names, dialIn };
    const carried = await carrying.carry({ name, ways: waysOf({ ...ports, places }, told) }, tools);
    const { delivery, mend } = carried;
    if (mend) tools.count("OperatorAlarm");
    for (const { carrier, delivery: evidence } of carried.attempts) {
      const method = carrier === "teams" ? way.method : (phone ?? way.method);
      const about = { by: "send-notice", name, person: notice.person, method, learned: way.learned };
      await noteRefusal({ ...house, clock }, { ...about, carrier, when: "answered", evidence }, tools);
    }
    if (delivery.outcome === "retry") throw new Error(`${name} was not taken: ${delivery.reason}`);
    await record(evidenceOf(carried));
    await leases.finish(name);
  });
}
