// A page's card as it is now for whoever got it: when it is sent, when something changed, and in answer to a press.
import type { StreamId } from "./core/aggregate.ts";
import type { Incident, Page } from "./core/incident/state.ts";
import type { Directory } from "./directory.ts";
import type { ChatMessage, Ports } from "./ports.ts";
import { pageCard, pageSummary } from "./wording/cards/page-card.ts";
import { namedOn, pageFacts } from "./wording/cards/page-facts.ts";

export interface PageCards {
  /** `notice`: what a press did, or why it was refused. */
  of(
    stream: StreamId,
    incident: Incident,
    page: Page,
    notice?: string,
  ): Promise<Extract<ChatMessage, { readonly card: unknown }>>;
}

export const pageCards = (
  { clock, commandPost }: Pick<Ports, "clock" | "commandPost">,
  directory: Pick<Directory, "person" | "names">,
): PageCards => ({
  async of(stream, incident, page, notice) {
    const [person, names] = await Promise.all([
      directory.person(page.person),
      directory.names(namedOn(incident, page)),
    ]);
    const facts = pageFacts(stream, incident, page, {
      timeZone: person?.timeZone ?? "UTC",
      names,
      now: clock.now(),
      address: commandPost.address(stream),
      ...(notice === undefined ? {} : { notice }),
    });
    return { card: pageCard(facts), summary: pageSummary(facts) };
  },
});
