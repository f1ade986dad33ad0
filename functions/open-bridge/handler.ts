// A bridge is wanted: finds a PIN for it that no other live incident has. Nothing is set up at the provider: the room is
// made by the first call that goes into it.
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import { decisions } from "../decisions.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

/** With a thousand open bridges one PIN in a thousand is taken: so many in a row never are. */
const mostRounds = 20;

export function make(ports: PortsOf<"open-bridge">): QueueHandler {
  const house = decisions(ports);
  const { clock, dialIn } = ports;

  return queue(async (body) => {
    const { stream } = (body as Envelope<EventRef>).detail;
    const { bridge, signal } = (await house.incidents.load(stream)).state;
    if (bridge.name !== "wanted") return;
    const first = bridge.round + 1;
    for (let round = first; round < first + mostRounds; round++) {
      const pin = await dialIn.pin(stream, round);
      // It would lead into the standing emergency room.
      if ((await dialIn.emergency(pin)) !== undefined) continue;
      const envelope = byHub("open-bridge", `${stream}.bridge.${round}`, clock.now(), signal.drill);
      const pinKey = await dialIn.claimOf(pin);
      const dispatched = await house.incidents.dispatch(stream, {
        ...envelope,
        type: "SetUpBridge",
        round,
        pinKey,
      });
      // Yielded: another incident has this PIN.
      if (dispatched.outcome !== "yielded") return;
    }
    throw new Error(`${stream} found no free PIN from round ${first} to ${first + mostRounds - 1}`);
  });
}
