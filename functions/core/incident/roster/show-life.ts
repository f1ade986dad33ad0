// Whoever has something in hand and acts is alive, and is not asked. Who promised to come is: an order from afar is no
// arrival.
import type { Draft } from "../draft.ts";
import { renew } from "../paging/renew.ts";

export function showLife(draft: Draft, person: string): void {
  const { paging, roster } = draft.state();
  if (roster[person]?.promised !== undefined) return;
  for (const { id, state } of Object.values(paging.requests)) {
    if (state.name === "satisfied" && state.owner === person && state.checkAt !== undefined)
      renew(draft, id, person);
  }
}
