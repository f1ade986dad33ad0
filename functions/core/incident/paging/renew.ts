// Whoever has it shows that it is still so: the question is answered, and a page that asked it anew is over.
import type { Draft } from "../draft.ts";
import { asks, pagesOfRequest } from "./look-up.ts";

export function renew(draft: Draft, request: string, owner: string): void {
  for (const page of pagesOfRequest(draft, request))
    if (asks(page, owner)) draft.add({ type: "PageAcknowledged", page: page.id, person: owner });
  draft.add({ type: "AcknowledgementRenewed", request, person: owner });
}
