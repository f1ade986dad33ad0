// Rings people to put them into the room: at a key, in our own prompt. Whoever is in it already is left alone.
import { type Decision, nothing } from "../../aggregate.ts";
import { usableMethod } from "../../contact.ts";
import { callBacks, waitingCallers } from "../../limits/table.ts";
import { isReached } from "../../limits/window.ts";
import type { Instant } from "../../time.ts";
import type { DeliveryEvidence } from "../commands.ts";
import type { Draft } from "../draft.ts";
import type { IncidentEvent } from "../events.ts";
import { contactOf } from "../paging/look-up.ts";
import { refuse } from "../refuse.ts";
import type { CallInCause } from "./facts.ts";
import { ringAbsentAfter } from "./open.ts";
import { commanderOf, helpSeekerIsAlone, isInCommand, responders } from "./responders.ts";
import { type Bridge, type CallIn, helpSeekersWaiting, isBarred, isInTheRoom } from "./state.ts";

/** So often somebody is rung who does not come. */
const ringings = 3;

export function callIn(draft: Draft, person: string | undefined): Decision<IncidentEvent> {
  const { actor } = draft.command;
  const { bridge } = draft.state();
  if (bridge.name !== "open") return refuse(draft, "bridge-not-open");
  const other = person !== undefined && person !== actor.id;
  // Whoever has somebody else's phone rung has to be known better than by a number, which can be forged.
  if (other && (actor.assurance !== "signed-in" || !isInCommand(draft.state(), actor)))
    return refuse(draft, "not-in-command");
  const whom = person ?? actor.id;
  if (isInTheRoom(bridge, whom)) return nothing;
  if (!other && actor.assurance === "number" && isRungOften(draft, whom))
    return refuse(draft, "called-lately");
  return ring(draft, whom, other ? "ordered" : "asked-for")
    ? draft.decision()
    : refuse(draft, "nobody-to-call");
}

function isRungOften(draft: Draft, person: string): boolean {
  const asked = Object.values(draft.state().bridge.callIns).filter(
    (each) => each.person === person && each.cause === "asked-for",
  );
  return isReached(
    asked.map(({ at }) => at),
    [callBacks],
    draft.command.at,
  );
}

/** False when this person has no phone that may be called. */
export function ring(draft: Draft, person: string, cause: CallInCause): boolean {
  const { bridge } = draft.state();
  const { callIns } = bridge;
  if (cause !== "ordered" && mayNotCome(draft, person)) return false;
  const mine = Object.values(callIns).filter((each) => each.person === person);
  if (mine.some((each) => isUnderWay(bridge, each) && draft.command.at - each.at < ringAbsentAfter))
    return true;
  // Any stranger can bring this about: the phone rings for it now and then.
  if (cause === "caller-waits" && mine.some((each) => rangForCaller(each, draft.command.at))) return true;
  const method = usableMethod(contactOf(draft, person), "voice");
  if (method === undefined) return false;
  const name = `c${Object.keys(callIns).length + 1}`;
  const { drill } = draft.state().signal;
  draft.add({ type: "CallInWanted", callIn: name, person, method, cause, drill });
  return true;
}

/** Was removed: only the commander has such a phone rung, or is rung. */
const mayNotCome = (draft: Draft, person: string): boolean =>
  isBarred(draft.state().bridge, { person, number: undefined }) && commanderOf(draft.state()) !== person;

const rangForCaller = ({ cause, state, at }: CallIn, now: Instant): boolean =>
  cause === "caller-waits" && state !== "failed" && now - at < waitingCallers.ringsEvery;

/** A call that led into the room and broke off there is over, however short a time ago it was wanted. */
const isUnderWay = ({ callers }: Bridge, { state, receipt }: CallIn): boolean =>
  state !== "failed" && (receipt === undefined || callers[receipt]?.presence !== "left");

export function ringAbsent(draft: Draft): void {
  const { bridge } = draft.state();
  const absent = responders(draft.state()).filter((person) => !isInTheRoom(bridge, person));
  const people = absent.filter((person) => ring(draft, person, "absent"));
  const again = people.length > 0 && bridge.ringings + 1 < ringings;
  draft.add({
    type: "AbsentRung",
    people,
    ...(again ? { nextAt: draft.command.at + ringAbsentAfter } : {}),
  });
}

export function recordCallIn(
  draft: Draft,
  name: string,
  evidence: DeliveryEvidence,
): Decision<IncidentEvent> {
  const callIn = draft.state().bridge.callIns[name];
  if (callIn === undefined) return nothing;
  switch (evidence.outcome) {
    case "handed":
    case "pickedUp":
      // It may have been given up because no answer came, and rings all the same.
      if (callIn.receipt === undefined)
        draft.add({ type: "CallInHanded", callIn: name, receipt: evidence.receipt });
      break;
    case "confirmed":
    case "retry": // the queue brings it again
      break;
    case "giveUp":
    case "unknown":
      if (callIn.state === "failed") break;
      // A call that ends after it led into the room has done what it was for.
      if (wasAdmitted(draft, callIn.receipt)) break;
      draft.add({ type: "CallInFailed", callIn: name, reason: evidence.reason });
      if (callIn.cause === "caller-waits") ringAgain(draft, callIn.person);
      break;
  }
  return draft.decision();
}

/** Nobody who called for help is left alone with the music because a phone was not heard the first time. */
function ringAgain(draft: Draft, person: string): void {
  const { bridge } = draft.state();
  const rung = Object.values(bridge.callIns).filter(
    (each) => each.person === person && each.cause === "caller-waits",
  );
  const mayComeIn = bridge.name === "open" || helpSeekersWaiting(bridge).length > 0;
  if (mayComeIn && rung.length < ringings && helpSeekerIsAlone(draft.state()))
    ring(draft, person, "caller-waits");
}

const wasAdmitted = (draft: Draft, receipt: string | undefined): boolean =>
  receipt !== undefined && draft.state().bridge.callers[receipt] !== undefined;
