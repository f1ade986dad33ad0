// A key was pressed in our prompt, or none was. The voice says back which key it took, and what that did.
import type { Actor } from "../core/command.ts";
import type { IncidentOrder } from "../core/incident/commands.ts";
import type { IncidentEvent } from "../core/incident/events.ts";
import { afterDecline } from "../core/incident/paging/after-decline.ts";
import { spokenOf } from "../core/incident/signal/symptoms.ts";
import type { Incident, Page } from "../core/incident/state.ts";
import { minutes } from "../core/time.ts";
import { type KeyMeaning, meaningOf } from "../core/voice/keypad.ts";
import type { CallScript } from "../core/voice/script.ts";
import { type CallWords, callWords } from "../wording/voice.ts";
import { type CallErrand, hasIt } from "./call-errand.ts";
import type { House, Pressed } from "./house.ts";
import { afterOffer, enterRoom, offerAfterAnswer } from "./into-the-room.ts";
import { ending, mostRounds, prompt } from "./prompt.ts";
import { stepOf } from "./steps.ts";

export async function afterKey(house: House, errand: CallErrand, pressed: Pressed): Promise<CallScript> {
  const { page, keypad } = errand;
  const { step, digits, sid } = pressed;
  const words = callWords(errand.person?.language);
  const listened = stepOf(step);
  const number = (listened?.round ?? mostRounds) + 1;
  if (page !== undefined && listened?.prompt === "opening")
    return hasIt(errand) ? enterRoom(house, errand, sid, undefined, number) : prompt(errand, { number: 1 });
  if (page !== undefined && listened?.prompt === "offer") return afterOffer(house, errand, pressed, number);
  if (page === undefined || digits === "") return prompt(errand, { number });
  const meaning = meaningOf(keypad, digits);
  // The wrong key asks again; it never declines. Nor does a key lead into a room of which nothing was said.
  if (meaning === undefined || (meaning === "join" && listened?.prompt !== "page-with-room"))
    return prompt(errand, { number, before: words.noSuchKey(digits) });
  if (meaning === "more") {
    const { signal } = errand.incident;
    const before = words.more({
      alerts: signal.alerts,
      since: spokenOf(errand.incident).since,
      now: errand.now,
      timeZone: errand.person?.timeZone ?? "UTC",
    });
    return prompt(errand, { number, before, wantsMore: true });
  }
  const actor: Actor = { kind: "person", id: page.person, via: "voice", assurance: "number" };
  const envelope = { id: `${sid}.${step}`, causeId: sid, at: house.clock.now(), actor, drill: false };
  const dispatched = await house.incidents.dispatch(errand.stream, {
    ...envelope,
    ...orders[meaning](page.id),
  });
  if (dispatched.outcome === "yielded") throw new Error(`${errand.stream} yielded a key`);
  if (dispatched.outcome === "done") {
    const { events, current } = dispatched;
    const took = words.took(digits, await whatItDid(house, meaning, page, current.state, events, words));
    if (meaning === "join") return enterRoom(house, errand, sid, took);
    return meaning === "acknowledge"
      ? offerAfterAnswer({ ...errand, incident: current.state }, took)
      : ending(errand, took);
  }
  const { reason, by } = dispatched.refusal;
  const names = await house.directory.names(by === undefined ? [] : [by]);
  return ending(
    errand,
    words.took(digits, words.refused(reason, by === undefined ? undefined : names.get(by))),
  );
}

async function whatItDid(
  { directory }: House,
  meaning: Exclude<KeyMeaning, "more">,
  page: Page,
  incident: Incident,
  events: readonly IncidentEvent[],
  words: CallWords,
): Promise<string> {
  if (meaning === "decline") {
    const after = afterDecline(incident, page.id, events);
    if (after.name === "paging-goes-on") return words.pagingGoesOn;
    if (after.name === "owned" && after.by !== page.person)
      return words.hasIt((await directory.names([after.by])).get(after.by) ?? after.by);
  }
  const isRenewed = events.some(({ type }) => type === "AcknowledgementRenewed");
  return meaning === "acknowledge" && isRenewed ? words.stillYours : words.did[meaning];
}

const promise = minutes(20);

const orders: Readonly<Record<Exclude<KeyMeaning, "more">, (page: string) => IncidentOrder>> = {
  acknowledge: (page) => ({ type: "Acknowledge", page }),
  join: (page) => ({ type: "Acknowledge", page }),
  later: (page) => ({ type: "Acknowledge", page, arrivingIn: promise }),
  decline: (page) => ({ type: "Decline", page }),
  escalate: (page) => ({ type: "Escalate", page }),
};
