// Who comes into a room, leaves it, is muted: the provider's word, onto the incident's timeline. A call that nobody let in
// came by the fallback; it is in the room all the same, and shown as unknown.
import type { StreamId } from "../core/aggregate.ts";
import { byHub } from "../core/command.ts";
import { decisions } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import { claimOfRoom, emergencyRoom, waitingPath } from "../provider-paths.ts";
import { roomReport } from "../sources/twilio-room.ts";
import type { PortsOf } from "../subscriptions.ts";
import { answered, fromTwilio } from "../twilio-call.ts";

export function make(ports: PortsOf<"receive-room">): HttpHandler {
  const house = decisions(ports);

  const waitingEnded = async (stream: StreamId, call: string): Promise<void> => {
    const envelope = byHub("receive-room", `${call}.waiting`, ports.clock.now(), false, call);
    await house.incidents.dispatch(stream, { ...envelope, type: "EndWaiting", call });
  };

  return fromTwilio(ports.twilioSignature, "room report", async (form, event, tools) => {
    const report = roomReport(form);
    if (report === undefined) return answered();
    const { conference, sequence, happened } = report;
    const { incident = "" } = event.pathParameters ?? {};
    if (event.rawPath.startsWith(waitingPath("incident/"))) {
      if (happened.what === "leave") await waitingEnded(`incident/${incident}`, happened.call);
      return answered();
    }
    if (incident === emergencyRoom) {
      // It belongs to no incident: whoever is in it needs it because something else is gone.
      tools.log.warn("the emergency room is used", { conference, sequence, ...happened });
      if (happened.what === "join") tools.count("EmergencyRoom");
      return answered();
    }
    const claim = claimOfRoom(incident);
    const stream: StreamId | undefined =
      claim === undefined
        ? `incident/${incident}`
        : (await ports.claims.holder(claim, ports.clock.now()))?.holder;
    if (stream === undefined) {
      tools.log.warn("a room of no incident is used: somebody typed a PIN that is none", { conference });
      return answered();
    }
    const id = `${conference}.${sequence}`;
    const envelope = byHub("receive-room", id, ports.clock.now(), false, conference);
    await house.incidents.dispatch(stream, {
      ...envelope,
      type: "RecordRoom",
      conference,
      sequence,
      happened,
    });
    return answered();
  });
}
