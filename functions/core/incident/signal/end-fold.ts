// The end of a fold: what joined, and what ended, while it lasted is listed together, and told together.
import { isDue } from "../../time.ts";
import type { Draft } from "../draft.ts";
import { newsDue, tellNews } from "./news.ts";
import { survey } from "./survey.ts";

export function passSignal(draft: Draft): void {
  const now = draft.command.at;
  if (isDue(draft.state().signal.foldUntil, now)) {
    endFold(draft);
    return tellNews(draft);
  }
  if (isDue(newsDue(draft.state()), now)) tellNews(draft);
}

function endFold(draft: Draft): void {
  const { alerts } = draft.state().signal;
  const count = Math.max((draft.facts.signal?.alerts ?? alerts) - alerts, 0);
  survey(draft, { count, brought: [], ended: [] });
  // Nothing new after all: the fold has an end all the same.
  if (draft.state().signal.foldUntil !== undefined)
    draft.add({ type: "AlertsJoined", count: 0, samples: [] });
}
