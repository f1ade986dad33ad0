// Who is in the room. The provider's reports come late, twice and out of order: each is weighed against what is known of
// that call in that conference, so that in the end the roster is what happened, in the order in which it happened.
import { type Decision, nothing } from "../../aggregate.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import { doorFor } from "./door.ts";
import { endIfReturned } from "./end.ts";
import type { CallerFacts } from "./facts.ts";
import type { RoomNews } from "./orders.ts";
import { beginWaiting } from "./waiting.ts";

export function admitCaller(draft: Draft, given: CallerFacts): Decision<IncidentEvent> {
  const { call, way, person, number, ending } = given;
  const caller: CallerFacts = {
    call,
    way,
    ...(person === undefined ? {} : { person }),
    ...(number === undefined ? {} : { number }),
    ...(ending === undefined ? {} : { ending }),
  };
  const { bridge } = draft.state();
  const door = doorFor(draft.state(), caller);
  if (door === "refused") return refuse(draft, "not-invited");
  if (door === "waits") return beginWaiting(draft, caller);
  if (bridge.name !== "open") return refuse(draft, "bridge-not-open");
  const known = bridge.callers[call];
  // What was let in comes from the waiting room, and may have left that already.
  const comesFromWaiting = known?.letIn === true && known.presence !== "in" && known.presence !== "admitted";
  if (known?.way !== undefined && !comesFromWaiting) return nothing;
  draft.add({ type: "CallerAdmitted", ...caller });
  return draft.decision();
}

export function nameCaller(draft: Draft, call: string, recording: string): Decision<IncidentEvent> {
  if (draft.state().bridge.callers[call]?.nameRecording === recording) return nothing;
  draft.add({ type: "CallerNamed", call, recording });
  return draft.decision();
}

export function recordHelp(draft: Draft, call: string, recording: string): Decision<IncidentEvent> {
  if (draft.state().bridge.callers[call]?.helpRecording === recording) return nothing;
  draft.add({ type: "HelpRecorded", call, recording });
  return draft.decision();
}

export function recordRoom(
  draft: Draft,
  conference: string,
  sequence: number,
  happened: RoomNews,
): Decision<IncidentEvent> {
  const { callers, conferences } = draft.state().bridge;
  const place = { conference, sequence };
  if (happened.what === "end") {
    if (conferences[conference] !== undefined) return nothing;
    for (const [call, caller] of Object.entries(callers)) {
      if (caller.seen[conference]?.isIn === true) draft.add({ type: "CallerLeft", call, ...place });
    }
    draft.add({ type: "ConferenceEnded", ...place });
  } else {
    const { what, call } = happened;
    const known = callers[call]?.seen[conference];
    // What is newer counts even where it changes nothing: something between it and the known was lost, or comes late.
    if (known !== undefined && sequence <= known.sequence) return nothing;
    const ended = conferences[conference];
    if (ended !== undefined) {
      // Late news of a conference that is over: who was in it is out of it.
      if (known === undefined) draft.add({ type: "CallerLeft", call, conference, sequence: ended });
      return draft.decision();
    }
    // Whoever is muted is in: the report of the joining was lost, or comes later.
    if ((what === "mute" || what === "unmute") && known?.isIn !== true)
      draft.add({ type: "CallerJoined", call, ...place });
    draft.add({ type: types[what], call, ...place });
  }
  endIfReturned(draft);
  return draft.decision();
}

const types = {
  join: "CallerJoined",
  leave: "CallerLeft",
  mute: "CallerMuted",
  unmute: "CallerUnmuted",
} as const;
