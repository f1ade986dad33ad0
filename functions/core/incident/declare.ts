// An incident is declared: it gets a name that says nothing of its cause, and from here on it ends by order alone.
import type { Decision } from "../aggregate.ts";
import { line } from "../text.ts";
import type { IncidentCommand } from "./commands.ts";
import type { Draft } from "./draft.ts";
import type { IncidentEvent } from "./events.ts";
import { codenameKey } from "./paging/names.ts";
import { refuse } from "./refuse.ts";
import { showLife } from "./roster/show-life.ts";

/** Long enough for one sentence. */
export const longestSynopsis = 200;

type Declare = Extract<IncidentCommand, { readonly type: "Declare" }>;

export function declare(
  draft: Draft,
  { synopsis = "", sensitive = false }: Declare,
): Decision<IncidentEvent> {
  const { phase, signal } = draft.state();
  if (phase !== "triage") return refuse(draft, "already-declared");
  const { codename } = draft.facts;
  if (codename === undefined)
    throw new Error("An incident was to be declared, and no codename was asked for");
  const said = line(synopsis, longestSynopsis) || line(signal.lead.title, longestSynopsis);
  draft.add({ type: "IncidentDeclared", codename, synopsis: said, sensitive });
  // Another live incident may have it: then this is decided anew, with another name.
  draft.claim({ key: codenameKey(codename), change: "take" });
  showLife(draft, draft.command.actor.id);
  return draft.decision();
}
