// Carries out in the live room what was decided about it. None of it is needed to get in: while the provider's REST is
// down an order fails where everybody sees it, and people still dial in.
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";
import { decisions } from "../decisions.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { announce } from "./announce.ts";
import { controlCaller } from "./control-caller.ts";
import { endRoom } from "./end-room.ts";
import { leadWaiting } from "./lead-on.ts";
import type { Task } from "./task.ts";

export function make(ports: PortsOf<"run-bridge">): QueueHandler {
  const house = decisions(ports);

  return queue(async (body, tools) => {
    const { "detail-type": type, detail: at } = body as Envelope<EventRef>;
    const { stream, ref = "" } = at;
    const { state: incident, epoch } = await house.incidents.load(stream);
    const order = (given: IncidentOrder) => {
      const id = `${stream}.${ref}.${given.type}`;
      const envelope = byHub("run-bridge", id, ports.clock.now(), incident.signal.drill);
      return house.incidents.dispatch(stream, { ...envelope, ...given });
    };
    const task: Task = { stream, incident, epoch, ref, at, tools, order };
    switch (type) {
      case "CallerControlWanted":
        return controlCaller(ports, task);
      case "AnnouncementWanted":
        return announce(ports, task);
      case "BridgeOpened":
      case "IncidentStoodDown":
      case "IncidentClosed":
        return leadWaiting(ports, task);
      case "BridgeEnded":
        return endRoom(ports, task);
      default:
        throw new Error(`${type} is not for run-bridge`);
    }
  });
}
