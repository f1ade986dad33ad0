// A key was pressed in our prompt, or none was: the spoken one lets the call into the room.
import { byHub, type Envelope } from "../core/command.ts";
import { type CallScript, say } from "../core/voice/script.ts";
import type { Decisions } from "../decisions.ts";
import { goOnWhenOpen, intoRoom, letCallersIn, mostOpeningRounds } from "../into-room.ts";
import type { PortsOf } from "../subscriptions.ts";
import { prompt, rounds } from "./prompt.ts";
import type { Wish } from "./wish.ts";

type House = PortsOf<"answer-call-in"> & Decisions;

/** Of an address at which a call waits for the bridge to open; undefined for a prompt's. */
export function openingRound(step: string | undefined): number | undefined {
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
    await letCallersIn(house, stream, byCalled(house, wish, callIn.person, sid));
  }
  const envelope = byHub("answer-call-in", `${sid}.${step}`, house.clock.now(), incident.signal.drill, sid);
  const order = { type: "AdmitCaller", call: sid, way: "call-in", person: callIn.person } as const;
  const dispatched = await house.incidents.dispatch(stream, { ...envelope, ...order });
  const round = (opening ?? 0) + 1;
  const bridge = dispatched.outcome === "yielded" ? undefined : dispatched.current.state.bridge;
  // It is being opened for the caller who was let in just now.
  if (bridge?.name === "wanted" && round <= mostOpeningRounds)
    return goOnWhenOpen(words, `${path}/w${round}`);
  // It ended between the press and now.
  if (dispatched.outcome !== "done" || bridge?.name !== "open")
    return prompt({ ...wish, callIn: undefined }, next);
  const steps = await intoRoom(house.dialIn, stream, bridge, words);
  return { language: words.language, steps: [say(words.entering), ...steps] };
}

const byCalled = ({ clock }: House, { incident }: Wish, person: string, sid: string): Envelope => ({
  id: `${sid}.let-in`,
  causeId: sid,
  at: clock.now(),
  actor: { kind: "person", id: person, via: "voice", assurance: "number" },
  drill: incident.signal.drill,
});
