// A page that ended stops ringing: calls of it that still wait at the provider or ring are taken back.
import type { EventRef } from "../core/bus.ts";
import { incident } from "../core/incident/aggregate.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";

export const make = ({ journal, channels }: PortsOf<"end-calls">): QueueHandler =>
  queue(async (body, { log }) => {
    const { stream, ref } = (body as Envelope<EventRef>).detail;
    const page = (await streamNow(incident, journal, stream)).paging.pages[ref ?? ""];
    for (const { id, channel, state, receipt, carrier, pickedUp } of page?.deliveries ?? []) {
      // In a call that somebody took, our own next words say how it stands.
      if (channel !== "voice" || state !== "handed" || receipt === undefined || pickedUp !== undefined)
        continue;
      // The second carrier takes nothing back, and its receipts mean nothing to the first.
      if (carrier !== undefined && carrier !== "twilio") continue;
      const taken = await channels.voice.takeBack(receipt);
      if (taken === "unknown")
        throw new Error(`Nobody knows whether the call of ${stream} ${id} still rings; it is asked again`);
      log.info("call taken back", { stream, delivery: id, outcome: taken });
    }
  });
