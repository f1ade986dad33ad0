// A key was pressed in our prompt, or none was: the spoken one lets the call into the room.
import { type Actor, byHub } from "../core/command.ts";
import { type CallScript, say } from "../core/voice/script.ts";
import type { Decisions } from "../decisions.ts";
import { goOnWhenOpen, intoRoom, letCallersIn, mostOpeningRounds } from "../into-room.ts";
import type { PortsOf } from "../subscriptions.ts";
import { prompt, rounds } from "./prompt.ts";
import type { Wish } from "./wish.ts";

type House = PortsOf<"answer-call-in"> & Decisions;

/** Of an address at which a call waits for the bridge to open; undefined for a prompt's. */
function openingRound(step: string | undefined): number | undefined {
  const [, round] = /^w([1-9]\d?)$/.exec(step ?? "") ?? [];
  return round === undefined ? undefined : Number(round);
}

interface Pressed {
  /** The round of the prompt that listened. */
  readonly step: string;
  readonly digits: string;
  readonly sid: string;
}

export async function afterKey(
  house: House,
  wish: Wish,
  { step, digits, sid }: Pressed,
): Promise<CallScript> {
  const { stream, callIn, words, incident, path } = wish;
  const opening = openingRound(step);
  const next = /^[1-9]$/.test(step) ? Number(step) + 1 : Number.POSITIVE_INFINITY;
  // A key counts only where one was asked for.
  if (callIn === undefined) return prompt(wish, next);
  if (opening === undefined) {
    if (digits === "" || next > rounds + 1) return prompt(wish, next);
    if (digits !== wish.key) return prompt(wish, next, words.noSuchKey(digits));
  }
  const at = house.clock.now();
  const actor: Actor = { kind: "person", id: callIn.person, via: "voice", assurance: "number" };
  const letIn = { id: `${sid}.let-in`, causeId: sid, at, actor, drill: false };
  const round = (opening ?? 0) + 1;
  const bridge = await letCallersIn(house, stream, letIn);
  if (bridge.name === "wanted" && round <= mostOpeningRounds) return goOnWhenOpen(words, `${path}/w${round}`);
  const envelope = byHub("answer-call-in", `${sid}.${step}`, at, incident.signal.drill, sid);
  const order = { type: "AdmitCaller", call: sid, way: "call-in", person: callIn.person } as const;
  const dispatched = await house.incidents.dispatch(stream, { ...envelope, ...order });
  // It ended between the press and now.
  if (dispatched.outcome !== "done") return prompt({ ...wish, callIn: undefined }, next);
  const steps = await intoRoom(house.dialIn, stream, dispatched.current.state.bridge, words);
  return { language: words.language, steps: [say(words.entering), ...steps] };
}
