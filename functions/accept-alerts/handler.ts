// Takes a large delivery that receive-alert stored: into the ledger in batches, and only then is the store's copy dropped.
import type { StashRef } from "../core/bus.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

const batch = 100;

export const make = ({ alerts, clock }: PortsOf<"accept-alerts">): QueueHandler =>
  queue(async (body, { log }) => {
    const { stash } = (body as Envelope<StashRef>).detail;
    const stored = await alerts.stashed(stash);
    if (stored === undefined) return; // brought again: it was taken before
    for (let from = 0; from < stored.length; from += batch) {
      await alerts.accept(stored.slice(from, from + batch), clock.now());
    }
    await alerts.dropStash(stash);
    log.info("stored alerts taken", { stash, alerts: stored.length });
  });
