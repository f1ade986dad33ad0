// An order that is not carried out: its name goes to whoever gave it, and to the timeline.
import type { Decision } from "../aggregate.ts";
import type { RefusalReason } from "../refusal.ts";
import type { Draft } from "./draft.ts";
import type { IncidentEvent } from "./events.ts";

type Refused = Decision<IncidentEvent> & { refusal: object };

export function refuse(draft: Draft, reason: RefusalReason, by?: string): Refused {
  const refusal = by === undefined ? { reason } : { reason, by };
  // A broken client must not fill the timeline.
  if (draft.state().refusals < 100 && draft.state().phase !== "unopened") {
    draft.add({ type: "CommandRefused", command: draft.command.type, reason });
  }
  return { ...draft.decision(), refusal };
}
