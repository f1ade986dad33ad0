// For what is done to a live room from outside.
import type { RoomOutcome } from "../ports.ts";

/** Done twice is as good as once; somebody waits for it, so that it is not tried again later. */
export async function twice(act: () => Promise<RoomOutcome>): Promise<RoomOutcome> {
  const first = await act();
  return first.outcome === "retry" || first.outcome === "unknown" ? act() : first;
}
