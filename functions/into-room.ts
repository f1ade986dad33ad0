// The last steps of a call that goes into an incident's room. Everybody brings the same, for the room is as the first one
// in brings it.
import type { StreamId } from "./core/aggregate.ts";
import type { Bridge } from "./core/incident/bridge/state.ts";
import { type Step, say } from "./core/voice/script.ts";
import type { DialIn } from "./ports.ts";
import { roomPath } from "./provider-paths.ts";
import type { RoomWords } from "./wording/voice-room.ts";

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
