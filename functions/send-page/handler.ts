// Carries one delivery of a page: intent first, then the provider, then what became of it.
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import type { DeliveryEvidence } from "../core/incident/commands.ts";
import { decisions } from "../decisions.ts";
import { addressDigest } from "../digest.ts";
import { type Envelope, type QueueHandler, queue, type Tools } from "../lambda.ts";
import type { Delivery } from "../ports.ts";
import type { PortsOf } from "../subscriptions.ts";
import { type Errand, errandOf, type Wanted } from "./errand.ts";
import { pageCarrier } from "./message.ts";

/** A provider's answer takes at most 5 s, the function at most 15 s: after this its holder is gone. */
const leaseFor = 30_000;

export function make(ports: PortsOf<"send-page">): QueueHandler {
  const house = decisions(ports);
  const { clock, leases, channels } = ports;

  const record = async (errand: Wanted, evidence: DeliveryEvidence): Promise<void> => {
    const id = `${errand.stream}.${errand.delivery.id}.${evidence.outcome}`;
    const about = { delivery: errand.delivery.id, page: errand.page.id, evidence };
    const envelope = byHub("send-page", id, clock.now(), errand.drill);
    await house.incidents.dispatch(errand.stream, { ...envelope, type: "RecordDelivery", ...about });
  };

  const call = async (errand: Errand): Promise<Delivery> => {
    const carrier = pageCarrier(channels, errand.delivery.channel, errand, clock.now());
    if (errand.delivery.cause === "repeat-after-unknown") {
      const found = await carrier.find(errand.lookSince);
      if (found.outcome === "done") return found;
    }
    return carrier.send();
  };

  const closeMethod = async (errand: Errand, why: "bounced" | "opted-out"): Promise<void> => {
    const { id: method, address } = errand.method;
    const id = `${errand.stream}.${errand.delivery.id}.close`;
    const envelope = byHub("send-page", id, clock.now(), errand.drill);
    const order = { type: "CloseMethod", method, address: addressDigest(address), why } as const;
    await house.people.dispatch(`person/${errand.page.person}`, { ...envelope, ...order });
  };

  const carry = async (errand: Errand, tools: Tools): Promise<void> => {
    const delivery = await call(errand);
    if (delivery.outcome === "giveUp") {
      if (delivery.operator) tools.count("OperatorAlarm");
      if (delivery.method !== undefined) await closeMethod(errand, delivery.method);
    }
    await record(errand, evidenceOf(delivery));
    await leases.finish(errand.lease);
  };

  return queue(async (body, tools) => {
    const { stream, ref } = (body as Envelope<EventRef>).detail;
    for (;;) {
      const { state, epoch } = await house.incidents.load(stream);
      const errand = await errandOf(house, stream, state, ref);
      if (errand === "not-wanted") return;
      if (errand.outcome === "closed") {
        await record(errand, { outcome: "giveUp", reason: errand.reason, operator: false });
        return;
      }
      const now = clock.now();
      const lease = await leases.begin(errand.lease, stream, epoch, now, now + leaseFor);
      switch (lease.outcome) {
        case "begun":
          await carry(errand, tools);
          return;
        case "moved-on":
          continue; // perhaps it was answered: look again
        case "finished":
          return;
        case "lapsed":
          // Whoever began it is gone, and nobody knows how far it came.
          await record(errand, { outcome: "unknown", reason: "lease-expired" });
          return;
        case "in-flight":
          throw new Error(`${errand.lease} is being carried by another; it is looked at again later`);
      }
    }
  });
}

function evidenceOf(delivery: Delivery): DeliveryEvidence {
  switch (delivery.outcome) {
    case "done":
      return { outcome: "handed", receipt: delivery.receipt };
    case "retry":
      return delivery;
    case "giveUp":
      return { outcome: "giveUp", reason: delivery.reason, operator: delivery.operator };
    case "unknown":
      return delivery;
  }
}
