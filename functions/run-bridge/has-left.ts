// The provider knows nothing of a call that the roster still has: the report that it left was lost, or is on its way, and
// nobody has to look at a ghost.
import type { Caller } from "../core/incident/bridge/state.ts";
import type { Task } from "./task.ts";

export const hasLeft = (
  { order }: Task,
  conference: string,
  call: string,
  { seen }: Caller,
): ReturnType<Task["order"]> => {
  const sequence = (seen[conference]?.sequence ?? 0) + 1;
  return order({ type: "RecordRoom", conference, sequence, happened: { what: "leave", call } });
};
