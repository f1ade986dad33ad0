// What became of a notification. It is on the timeline and leads to nothing.
import { type Decision, nothing } from "../../aggregate.ts";
import type { DeliveryEvidence } from "../commands.ts";
import { detoured } from "../detours.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";

export function recordNotice(
  draft: Draft,
  notice: string,
  evidence: DeliveryEvidence,
): Decision<IncidentEvent> {
  const known = draft.state().notices[notice];
  if (known === undefined || known.state !== "wanted") return nothing;
  switch (evidence.outcome) {
    case "handed":
      draft.add({
        type: "NoticeHanded",
        notice,
        receipt: evidence.receipt,
        ...(evidence.carrier === undefined ? {} : { carrier: evidence.carrier }),
        ...detoured(evidence),
      });
      return draft.decision();
    case "confirmed":
    case "pickedUp":
    case "retry": // the queue brings it again
      return nothing;
    case "giveUp":
    case "unknown":
      draft.add({ type: "NoticeFailed", notice, reason: evidence.reason, ...detoured(evidence) });
      return draft.decision();
  }
}
