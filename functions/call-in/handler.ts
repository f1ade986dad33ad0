// Rings somebody who is to come into the room. What is spoken, and whether it is still wanted, is decided when somebody
// picks up.
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import { isInTheRoom, leadsIntoRoom } from "../core/incident/bridge/state.ts";
import type { DeliveryEvidence } from "../core/incident/commands.ts";
import type { DeliveryReason } from "../core/incident/events.ts";
import { type Instant, seconds } from "../core/time.ts";
import { decisions } from "../decisions.ts";
import { type Envelope, NotNow, type QueueHandler, queue } from "../lambda.ts";
import type { Delivery, OutboundCall } from "../ports.ts";
import { callInPath, reportPath } from "../provider-paths.ts";
import { wayTo } from "../reach.ts";
import { noteRefusal } from "../refusals.ts";
import type { PortsOf } from "../subscriptions.ts";

/** A provider's answer takes at most 5 s, the function at most 15 s: after this its holder is gone. */
const leaseFor = seconds(30);
/** Shorter than the patience of most voicemail boxes. */
const ringFor = seconds(30);
/** A call that comes later than this calls somebody into a room that others have left. */
const validFor = seconds(120);

type Voice = PortsOf<"call-in">["channels"]["voice"];

export function make(ports: PortsOf<"call-in">): QueueHandler {
  const house = decisions(ports);
  const { clock, leases, channels } = ports;

  return queue(async (body, tools) => {
    const { stream, ref = "" } = (body as Envelope<EventRef>).detail;
    const lease = `${stream}.${ref}`;
    for (;;) {
      const { state, epoch } = await house.incidents.load(stream);
      const { bridge, signal } = state;
      const callIn = bridge.callIns[ref];
      if (callIn?.state !== "wanted") return;

      const record = async (evidence: DeliveryEvidence): Promise<void> => {
        const envelope = byHub("call-in", `${lease}.${evidence.outcome}`, clock.now(), signal.drill);
        await house.incidents.dispatch(stream, { ...envelope, type: "RecordCallIn", callIn: ref, evidence });
      };
      const drop = (reason: DeliveryReason) => record({ outcome: "giveUp", reason, operator: false });

      // Of several that waited for a long time the newest rings: nobody's phone rings three times at once.
      const newest = Object.entries(bridge.callIns).findLast(
        ([, { person }]) => person === callIn.person,
      )?.[0];
      if (!leadsIntoRoom(bridge) || newest !== ref || isInTheRoom(bridge, callIn.person))
        return drop("no-longer-wanted");
      const way = await wayTo(house, callIn.person, callIn.method);
      if (way.outcome === "closed") return drop(way.reason);
      const now = clock.now();
      const begun = await leases.begin(lease, stream, epoch, now, now + leaseFor);
      if (begun.outcome === "finished") return;
      if (begun.outcome === "moved-on") continue; // perhaps it is not wanted any more: look again
      if (begun.outcome === "in-flight") throw new NotNow(`${lease} is being carried by another`);
      const message: OutboundCall = {
        to: way.method.address,
        drill: signal.drill,
        reference: ref,
        reportTo: reportPath(stream, "call-in", ref),
        validFor,
        answerAt: callInPath(stream, ref),
        ringFor,
      };
      const sent = await ring(channels.voice, message, begun.outcome === "lapsed" ? callIn.at : undefined);
      if (sent.outcome === "giveUp" && sent.operator) tools.count("OperatorAlarm");
      await record(evidenceOf(sent));
      await leases.finish(lease);
      const { person } = callIn;
      const { method, learned } = way;
      const outcome = { by: "call-in", name: lease, person, method, learned, carrier: "twilio" } as const;
      await noteRefusal({ ...house, clock }, { ...outcome, when: "answered", evidence: sent }, tools);
      return;
    }
  });
}

/** `before`: somebody may have begun it since then, and is gone. */
async function ring(voice: Voice, message: OutboundCall, before: Instant | undefined): Promise<Delivery> {
  const found = before === undefined ? undefined : await voice.find(message, before);
  if (found?.outcome === "done") return found;
  // Rung twice is better than never: whoever is in the room already does not press again.
  const sent = await voice.send(message);
  return sent.outcome === "retry" ? voice.send(message) : sent;
}

/** Whoever is still absent later is rung anew: what can't be done now is not tried on and on. */
function evidenceOf(sent: Delivery): DeliveryEvidence {
  switch (sent.outcome) {
    case "done":
      return { outcome: "handed", receipt: sent.receipt };
    case "giveUp":
      return { outcome: "giveUp", reason: sent.reason, operator: sent.operator };
    case "retry":
      return { outcome: "giveUp", reason: sent.reason, operator: false };
    case "unknown":
      return sent;
  }
}
