// What is said in a room: looked up at the moment at which it is spoken.
import type { StreamId } from "../core/aggregate.ts";
import { incident } from "../core/incident/aggregate.ts";
import { inTheRoom } from "../core/incident/bridge/state.ts";
import { ownerOf } from "../core/incident/paging/look-up.ts";
import { ownerRequest } from "../core/incident/paging/names.ts";
import { spokenOf } from "../core/incident/signal/symptoms.ts";
import { say } from "../core/voice/script.ts";
import { directory } from "../directory.ts";
import type { HttpHandler } from "../lambda.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";
import { fromTwilio, spoken } from "../twilio-call.ts";
import { roomWords } from "../wording/voice-room.ts";

export function make(ports: PortsOf<"speak-announcement">): HttpHandler {
  const { clock, journal, twilioSignature, callScripts } = ports;
  const people = directory(ports.configItems, clock);

  return fromTwilio(twilioSignature, "announcement", async (_, event) => {
    const { incident: id = "", announcement = "" } = event.pathParameters ?? {};
    const stream: StreamId = `incident/${id}`;
    const state = await streamNow(incident, journal, stream);
    const { bridge, signal, paging } = state;
    const { severity, title: symptom, more } = spokenOf(state);
    const words = roomWords();
    const { language } = words;
    const kind = Object.hasOwn(bridge.announcements, announcement)
      ? bridge.announcements[announcement]
      : undefined;
    // Nothing is said of what nobody knows: the room goes on.
    if (kind === undefined) return spoken(callScripts.render({ language, steps: [] }));
    const owner = ownerOf(paging.requests[ownerRequest]);
    const names = await people.names(owner === undefined ? [] : [owner]);
    const here = inTheRoom(bridge).map(([, caller]) => caller);
    const text = words.announcement(kind, {
      service: signal.serviceName,
      severity,
      symptom,
      more,
      drill: signal.drill,
      lasts: clock.now() - signal.openedAt,
      owner: owner === undefined ? undefined : names.get(owner),
      here: here.length,
      unknown: here.filter(({ person }) => person === undefined).length,
    });
    return spoken(callScripts.render({ language, steps: [say(text)] }));
  });
}
