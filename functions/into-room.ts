// The last steps of a call that goes into an incident's room. Everybody brings the same, for the room is as the first one
// in brings it.
import type { StreamId } from "./core/aggregate.ts";
import type { Envelope } from "./core/command.ts";
import { type Bridge, helpSeekersWaiting } from "./core/incident/bridge/state.ts";
import { type CallScript, type Step, say } from "./core/voice/script.ts";
import type { Decisions } from "./decisions.ts";
import type { DialIn } from "./ports.ts";
import { roomPath } from "./provider-paths.ts";
import type { RoomWords } from "./wording/voice-room.ts";

/** A responder who comes to callers for help lets them in. The bridge as it is then: it may be opening for them. */
export async function letCallersIn(
  { incidents }: Pick<Decisions, "incidents">,
  stream: StreamId,
  envelope: Envelope,
): Promise<Bridge> {
  const { bridge } = (await incidents.load(stream)).state;
  if (helpSeekersWaiting(bridge).length === 0) return bridge;
  const dispatched = await incidents.dispatch(stream, { ...envelope, type: "LetIn" });
  return dispatched.outcome === "yielded" ? bridge : dispatched.current.state.bridge;
}

/** About half a minute. */
export const mostOpeningRounds = 10;
const openingSeconds = 3;

/** The bridge is being opened: the call goes on at `to` in a moment. */
export const goOnWhenOpen = (words: RoomWords, to: string, ...said: readonly string[]): CallScript => ({
  language: words.language,
  steps: [...said.map(say), { do: "pause", seconds: openingSeconds }, { do: "go-on", to }],
});

export async function intoRoom(
  dialIn: Pick<DialIn, "pin" | "roomOf">,
  stream: StreamId,
  { round, recorded }: Pick<Bridge, "round" | "recorded">,
  words: RoomWords,
): Promise<readonly Step[]> {
  const room = await dialIn.roomOf(await dialIn.pin(stream, round));
  // Said before the first word that is recorded.
  const warned = recorded ? [say(words.recorded)] : [];
  return [...warned, { do: "join", room, newsTo: roomPath(stream), recorded }];
}
