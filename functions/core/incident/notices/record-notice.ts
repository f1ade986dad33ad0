// What became of a notification: it is on the timeline, and one that failed goes by another way.
import { type Decision, nothing } from "../../aggregate.ts";
import type { DeliveryEvidence } from "../commands.ts";
import { detoured } from "../detours.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import type { Notice } from "../state.ts";
import { channelOf, failNotice } from "./detour.ts";
import { doubtFor } from "./pass-time.ts";

export function recordNotice(
  draft: Draft,
  notice: string,
  evidence: DeliveryEvidence,
): Decision<IncidentEvent> {
  const known = draft.state().notices[notice];
  if (known === undefined || !isNews(known, evidence)) return nothing;
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
      draft.add({ type: "NoticeConfirmed", notice });
      return draft.decision();
    case "pickedUp":
    case "retry": // the queue brings it again
      return nothing;
    case "giveUp":
      failNotice(draft, notice, { reason: evidence.reason, ...detoured(evidence) });
      return draft.decision();
    case "unknown": {
      const { person, kind } = known;
      const channel = channelOf(known, evidence.detours);
      const until = draft.command.at + doubtFor;
      const about = { notice, person, kind, channel, until };
      draft.add({ type: "NoticeUncertain", ...about, reason: evidence.reason, ...detoured(evidence) });
      return draft.decision();
    }
  }
}

/** What was handed over can only be reported undelivered; what failed has gone by another way since. */
function isNews({ state, receipt }: Notice, evidence: DeliveryEvidence): boolean {
  switch (state) {
    case "wanted":
      // Of a message that its sender has not told of yet: the sender tells who took it.
      return evidence.outcome !== "confirmed";
    case "uncertain":
      return evidence.outcome !== "unknown";
    case "handed":
      return evidence.outcome === "giveUp" && (evidence.receipt ?? receipt) === receipt;
    case "failed":
      return false;
  }
}
