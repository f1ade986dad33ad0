// Who is in the room. The provider's reports come late, twice and out of order: each is weighed against what is known of
// that call in that conference.
import { type Decision, nothing } from "../../aggregate.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { refuse } from "../refuse.ts";
import { endIfReturned } from "./end.ts";
import type { Admission } from "./facts.ts";
import type { RoomNews } from "./orders.ts";
import { type Caller, inTheRoom } from "./state.ts";

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
  const place = { conference, sequence };
  if (happened.what === "end") {
    for (const [call, caller] of inTheRoom(draft.state().bridge)) {
      if (caller.conference === conference) draft.add({ type: "CallerLeft", call, ...place });
    }
  } else {
    const { what, call } = happened;
    const caller = draft.state().bridge.callers[call];
    if (!isNews(caller, place, what)) return nothing;
    // Whoever is muted is in: the report of the joining was lost, or comes later.
    if (what !== "leave" && caller?.presence !== "in") draft.add({ type: "CallerJoined", call, ...place });
    if (what !== "join") draft.add({ type: types[what], call, ...place });
  }
  endIfReturned(draft);
  return draft.decision();
}

const types = { leave: "CallerLeft", mute: "CallerMuted", unmute: "CallerUnmuted" } as const;

function isNews(
  caller: Caller | undefined,
  { conference, sequence }: { readonly conference: string; readonly sequence: number },
  what: "join" | "leave" | "mute" | "unmute",
): boolean {
  if (caller?.conference === undefined) return true;
  // A call that went into another conference is out of the first: only coming in is news of it.
  if (caller.conference !== conference) return what === "join";
  if (sequence <= caller.sequence) return false;
  if (what === "join") return caller.presence !== "in";
  if (what === "leave") return caller.presence === "in";
  return caller.presence !== "in" || caller.muted !== (what === "mute");
}
