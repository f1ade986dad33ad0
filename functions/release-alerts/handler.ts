// An incident is over: what still fires of it is news again with its next repeat.
import type { EventRef } from "../core/bus.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

const atOnce = 100;

export const make = ({ members }: PortsOf<"release-alerts">): QueueHandler =>
  queue(async (body) => {
    const { stream } = (body as Envelope<EventRef>).detail;
    while ((await members.release(stream, atOnce)) > 0);
  });
