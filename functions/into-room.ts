// The last steps of a call that goes into an incident's room. Everybody brings the same, for the room is as the first one
// in brings it.
import type { StreamId } from "./core/aggregate.ts";
import type { Envelope } from "./core/command.ts";
import { type Bridge, helpSeekersWaiting, helpSeekerWaits } from "./core/incident/bridge/state.ts";
import type { Incident } from "./core/incident/state.ts";
import { type CallScript, type Step, say } from "./core/voice/script.ts";
import type { Decisions } from "./decisions.ts";
import type { DialIn } from "./ports.ts";
import { roomPath } from "./provider-paths.ts";
import type { RoomWords } from "./wording/voice-room.ts";

/** A room is there for a responder, or will be, since a caller for help waits. */
export const leadsIntoRoom = ({ bridge }: Pick<Incident, "bridge">): boolean =>
  bridge.name === "open" || helpSeekerWaits(bridge);

/** Going to callers for help lets them in. Nothing happens where none waits, or the person is no responder. */
export async function letCallersIn(
  { incidents }: Pick<Decisions, "incidents">,
  stream: StreamId,
  envelope: Envelope,
): Promise<void> {
  const { state } = await incidents.load(stream);
  if (helpSeekersWaiting(state.bridge).length > 0)
    await incidents.dispatch(stream, { ...envelope, type: "LetIn" });
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
