// What a person says to a page: I have it; I am there in twenty minutes; not me; I stay, and somebody else as well.
import type { IncidentOrder } from "../../core/incident/commands.ts";
import type { IncidentEvent } from "../../core/incident/events.ts";
import { afterDecline } from "../../core/incident/paging/after-decline.ts";
import { ownerOf } from "../../core/incident/paging/look-up.ts";
import { ownerRequest } from "../../core/incident/paging/names.ts";
import { minutes } from "../../core/time.ts";
import { chatWords } from "../../wording/chat.ts";
import type { House } from "../house.ts";
import type { About, Asking, Command, Told } from "./command.ts";
import { give, newestPageOf, openPageOf } from "./give.ts";

export const acknowledge: Command = {
  verb: "acknowledge",
  words: [
    "1",
    "ack",
    "acked",
    "acknowledge",
    "acknowledged",
    "on it",
    "im on it",
    "i am on it",
    "i have it",
    "ive got it",
    "got it",
    "mine",
  ],
  takes: "incident",
  changes: true,
  help: { typed: "ack", does: "you have it" },
  needs: "incident",
  run: (house, asked, about) => take(house, asked, about, {}),
};

export const later: Command = {
  verb: "in-20",
  words: ["in", "there in", "be there in", "ill be there in", "i will be there in", "ack in", "eta"],
  takes: "time",
  changes: true,
  help: { typed: "in 20", does: "you have it, and are there in so many minutes" },
  needs: "incident",
  run: (house, asked, about) => take(house, asked, about, { arrivingIn: asked.time ?? minutes(20) }),
};

function take(
  house: House,
  asked: Asking,
  about: About,
  promise: { readonly arrivingIn?: number },
): Promise<Told> {
  const page = about.page ?? openPageOf(about, asked.person.id);
  const order: IncidentOrder = { type: "Acknowledge", ...(page === undefined ? {} : { page }), ...promise };
  const { id } = asked.person;
  return give(house, asked, { ...about, page }, order, (events, incident) => {
    const request = page === undefined ? ownerRequest : incident.paging.pages[page]?.request;
    const owner = ownerOf(request === undefined ? undefined : incident.paging.requests[request]);
    return owner === id ? yours(events, id, promise.arrivingIn) : chatWords.notedYes;
  });
}

function yours(events: readonly IncidentEvent[], who: string, arrivingIn: number | undefined): string {
  const renewed = events.some(({ type }) => type === "AcknowledgementRenewed");
  if (renewed && arrivingIn === undefined) return chatWords.stillYours;
  const released = events.flatMap((event) => (event.type === "PageCancelled" ? [event.person] : []));
  const others = new Set(released.filter((person) => person !== who)).size;
  const promised = events.some(({ type }) => type === "ArrivalPromised");
  return chatWords.yours(others, promised ? arrivingIn : undefined);
}

export const decline: Command = {
  verb: "decline",
  words: [
    "2",
    "decline",
    "declined",
    "not me",
    "not mine",
    "not ours",
    "cant",
    "i cant",
    "cannot",
    "i cannot",
    "can not",
  ],
  takes: "incident",
  changes: true,
  help: { typed: "not me", does: "the next one is asked" },
  needs: "incident",
  async run(house, asked, about) {
    const page = about.page ?? openPageOf(about, asked.person.id) ?? newestPageOf(about, asked.person.id);
    if (page === undefined) return { kind: "refused", text: chatWords.notAsked, about };
    return give(house, asked, { ...about, page }, { type: "Decline", page }, async (events, incident) => {
      const after = afterDecline(incident, page, events);
      if (after.name === "owned") {
        if (after.by === asked.person.id) return chatWords.yours(0, undefined);
        return chatWords.hasIt((await house.directory.names([after.by])).get(after.by) ?? after.by);
      }
      if (events.length === 0) return chatWords.declinedAlready;
      return after.name === "next-paged" ? chatWords.passedOn : chatWords.pagingGoesOn;
    });
  },
};

export const escalate: Command = {
  verb: "escalate",
  words: ["3", "escalate", "more help", "need help", "send help"],
  takes: "incident",
  changes: true,
  help: { typed: "more help", does: "you stay, and the next ones are paged" },
  needs: "incident",
  run(house, asked, about) {
    const page = about.page ?? openPageOf(about, asked.person.id);
    const order: IncidentOrder = { type: "Escalate", ...(page === undefined ? {} : { page }) };
    return give(house, asked, { ...about, page }, order, () => chatWords.moreHelp);
  },
};
