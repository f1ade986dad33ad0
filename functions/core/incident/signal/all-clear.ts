// Monitoring is quiet, and stays so, in an incident that was declared: whoever commands it is told, and nothing ends.
import { type Decision, nothing } from "../../aggregate.ts";
import { toldOfNews } from "../bridge/responders.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { tellWherever } from "../notices/tell.ts";

export function believeAllClear(draft: Draft): Decision<IncidentEvent> {
  // Told once, until it fires again.
  if (draft.state().signal.clear?.believed === true) return nothing;
  draft.add({ type: "AllClearBelieved" });
  tellWherever(draft, toldOfNews(draft.state()), { kind: "signal-clear" });
  return draft.decision();
}
