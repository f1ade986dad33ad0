// From a page straight into the room: by the key of the prompt, or at a key after it was answered.
import { type Actor, byHub } from "../core/command.ts";
import { helpSeekerWaits, leadsIntoRoom } from "../core/incident/bridge/state.ts";
import { type CallScript, say } from "../core/voice/script.ts";
import { goOnWhenOpen, intoRoom, letCallersIn, mostOpeningRounds } from "../into-room.ts";
import { roomWords } from "../wording/voice-room.ts";
import { type CallErrand, hasIt } from "./call-errand.ts";
import type { House, Pressed } from "./house.ts";
import { ending, offer } from "./prompt.ts";
import { stepName } from "./steps.ts";

/** `took`: what the key did before it led here. */
export async function enterRoom(
  house: House,
  errand: CallErrand,
  sid: string,
  took?: string,
  round = 1,
): Promise<CallScript> {
  const words = roomWords(errand.person?.language);
  const said = took === undefined ? [] : [took];
  const { stream, page, incident } = errand;
  if (page === undefined) return ending(errand, words.gone);
  const at = house.clock.now();
  const who: Actor = { kind: "person", id: page.person, via: "voice", assurance: "number" };
  const letIn = { id: `${sid}.let-in`, causeId: sid, at, actor: who, drill: false };
  const opening = await letCallersIn(house, stream, letIn);
  if (opening.name === "wanted" && round <= mostOpeningRounds)
    return goOnWhenOpen(words, `${errand.path}/${stepName("opening", round)}`, ...said);
  const envelope = byHub("answer-call", `${sid}.room`, at, incident.signal.drill, sid);
  const order = { type: "AdmitCaller", call: sid, way: "page", person: page.person } as const;
  const dispatched = await house.incidents.dispatch(stream, { ...envelope, ...order });
  if (dispatched.outcome !== "done") return ending(errand, ...said, words.gone);
  const steps = await intoRoom(house.dialIn, stream, dispatched.current.state.bridge, words);
  return { language: words.language, steps: [...[...said, words.entering].map(say), ...steps] };
}

/** A caller for help waits: a responder who took the page is put through at a key. */
export function offerAfterAnswer(errand: CallErrand, took: string): CallScript {
  const { bridge } = errand.incident;
  if (!helpSeekerWaits(bridge)) return ending(errand, took);
  return offer(errand, 1, took, roomWords(errand.person?.language).somebodyWaits);
}

export function afterOffer(
  house: House,
  errand: CallErrand,
  { digits, sid }: Pressed,
  number: number,
): CallScript | Promise<CallScript> {
  const words = roomWords(errand.person?.language);
  // An address that was guessed, or a page that was given back, opens no room.
  if (!hasIt(errand) || !leadsIntoRoom(errand.incident.bridge)) return ending(errand, words.gone);
  if (digits === errand.keypad.join) return enterRoom(house, errand, sid);
  return digits === "" ? offer(errand, number) : offer(errand, number, words.noSuchKey(digits));
}
