// Whoever has it shows that it is still so: the question is answered, and a page that asked it anew is over.
import type { Draft } from "../draft.ts";
import { asks, pagesOfRequest } from "./look-up.ts";

export function renew(draft: Draft, request: string, person: string): void {
  for (const page of pagesOfRequest(draft, request))
    if (asks(page, person)) draft.add({ type: "PageAcknowledged", page: page.id, person });
  draft.add({ type: "AcknowledgementRenewed", request, person });
  // To be on the way is a promise still, and is asked after once its time has passed.
  const until = draft.state().roster[person]?.promised ?? 0;
  if (until > draft.command.at) draft.add({ type: "ArrivalPromised", request, person, until });
}
