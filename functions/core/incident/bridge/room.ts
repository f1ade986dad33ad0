// Who is in the room. The provider's reports come late, twice and out of order: each is weighed against what is known of
// that call in that conference, so that in the end the roster is what happened, in the order in which it happened.
import { type Decision, nothing } from "../../aggregate.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import { ring } from "./call-in.ts";
import { endIfReturned } from "./end.ts";
import type { Admission } from "./facts.ts";
import type { RoomNews } from "./orders.ts";
import { responders } from "./responders.ts";
import { isInTheRoom } from "./state.ts";

interface Admitted {
  readonly call: string;
  readonly way: Admission;
  readonly person?: string;
  readonly ending?: string;
}

export function admitCaller(draft: Draft, { call, way, person, ending }: Admitted): Decision<IncidentEvent> {
  const { bridge } = draft.state();
  if (bridge.name !== "open") return refuse(draft, "bridge-not-open");
  if (bridge.callers[call]?.way !== undefined) return nothing;
  draft.add({
    type: "CallerAdmitted",
    call,
    way,
    ...(person === undefined ? {} : { person }),
    ...(ending === undefined ? {} : { ending }),
  });
  ringForWhoWaits(draft, call);
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
    if (what === "join") ringForWhoWaits(draft, call);
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

/** A caller for help is in the room, and nobody who could help: those who have the incident are rung. */
function ringForWhoWaits(draft: Draft, call: string): void {
  const { bridge } = draft.state();
  const here = responders(draft.state());
  const caller = bridge.callers[call];
  if (caller?.way !== "call-for-help" || caller.presence !== "in") return;
  if (here.some((person) => isInTheRoom(bridge, person))) return;
  for (const person of here) ring(draft, person, "caller-waits");
}
