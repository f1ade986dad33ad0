// Carries one delivery of a page: intent first, then the provider, then what became of it.

import { carriers, evidenceOf, type Way } from "../carriers.ts";
import { places as placesOf } from "../chat-places.ts";
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import type { DeliveryEvidence } from "../core/incident/commands.ts";
import { refusesAfterAcceptance } from "../core/person/refusals.ts";
import { hours } from "../core/time.ts";
import { decisions } from "../decisions.ts";
import { addressDigest } from "../digest.ts";
import { described, type Envelope, NotNow, type QueueHandler, queue, type Tools } from "../lambda.ts";
import { pageCards } from "../page-cards.ts";
import { noteRefusal } from "../refusals.ts";
import type { PortsOf } from "../subscriptions.ts";
import { type Errand, errandOf, type Wanted } from "./errand.ts";
import { waysOf } from "./message.ts";

/** A provider's answer takes at most 5 s, the function at most 15 s: after this its holder is gone. */
const leaseFor = 30_000;
/** So often a page in doubt is sent though no carrier answers; whoever sends without answering fills no phone. */
const sentBlindly = 3;
/** A link in a text answers its page for so long. */
const linkLasts = hours(4);

export function make(ports: PortsOf<"send-page">): QueueHandler {
  const house = decisions(ports);
  const { clock, leases, links } = ports;
  const carrying = carriers(ports, house.directory);
  const places = placesOf(ports, house.directory);
  const cards = pageCards(ports, house.directory);

  const record = async (errand: Wanted, evidence: DeliveryEvidence): Promise<void> => {
    const id = `${errand.stream}.${errand.delivery.id}.${evidence.outcome}`;
    const about = { delivery: errand.delivery.id, page: errand.page.id, evidence };
    const envelope = byHub("send-page", id, clock.now(), errand.drill);
    await house.incidents.dispatch(errand.stream, { ...envelope, type: "RecordDelivery", ...about });
  };

  /** Nor by whoever texted STOP meanwhile: to the first carrier's number, it may be, whose text did arrive. */
  const isWanted = async ({ stream, delivery }: Errand): Promise<boolean> => {
    const { state } = await house.incidents.load(stream);
    const found = await errandOf(house, stream, state, delivery.id);
    return found !== "not-wanted" && found.outcome === "errand";
  };

  /** Without the hub's key the text goes out all the same: it can be answered by its code. */
  const linkTo = async ({ stream, page }: Errand, { log }: Tools): Promise<string | undefined> => {
    try {
      return await links.sign({ stream, page: page.id }, page.openedAt + linkLasts);
    } catch (error) {
      log.error("a text goes out without its link", { stream, error: described(error) });
      return undefined;
    }
  };

  const closeMethod = async (errand: Errand, why: "bounced" | "opted-out"): Promise<void> => {
    const { id: method, address } = errand.method;
    const id = `${errand.stream}.${errand.delivery.id}.close`;
    const envelope = byHub("send-page", id, clock.now(), errand.drill);
    const order = { type: "CloseMethod", method, address: addressDigest(address), why } as const;
    await house.people.dispatch(`person/${errand.page.person}`, { ...envelope, ...order });
  };

  const carry = async (errand: Errand, tools: Tools): Promise<void> => {
    const carried = await carrying.carry(
      {
        name: errand.lease,
        ways: inOrder(
          errand,
          waysOf({ ...ports, places, cards, link: () => linkTo(errand, tools) }, errand, clock.now()),
        ),
        ...(errand.delivery.cause === "repeat-after-unknown"
          ? { lookSince: errand.lookSince, neverBlindly: errand.delivery.attempt > sentBlindly }
          : {}),
        stillWanted: () => isWanted(errand),
      },
      tools,
    );
    const { delivery, mend } = carried;
    if (mend) tools.count("OperatorAlarm");
    if (delivery.outcome === "giveUp" && delivery.method !== undefined)
      await closeMethod(errand, delivery.method);
    await record(errand, evidenceOf(carried));
    await leases.finish(errand.lease);
    const { page, method, learned } = errand;
    const about = { by: "send-page", name: errand.lease, person: page.person, method, learned };
    for (const { carrier, delivery: evidence } of carried.attempts)
      await noteRefusal({ ...house, clock }, { ...about, carrier, when: "answered", evidence }, tools);
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
          throw new NotNow(`${errand.lease} is being carried by another`);
      }
    }
  });
}

/** A first try goes by the first carrier whatever it refused before: that is how it is known to be mended. */
function inOrder({ delivery, method, learned }: Errand, ways: Ways): Ways {
  const [first, second] = ways;
  const address = addressDigest(method.address);
  const refuses = ({ carrier }: Way): boolean =>
    refusesAfterAcceptance(learned.refusals, { method: method.id, carrier, address });
  return delivery.cause === "retry" && second !== undefined && refuses(first) && !refuses(second)
    ? [second, first]
    : ways;
}

type Ways = readonly [Way, ...Way[]];
