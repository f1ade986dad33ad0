// Holds a call for help that pages nobody yet, and releases it when it does or need not.
import { byHub } from "../core/command.ts";
import { type HeldOrder, heldStream } from "../core/limits/held.ts";
import type { LineCall } from "./call.ts";
import type { House } from "./house.ts";

type Deps = Pick<House, "heldCalls" | "clock">;

export const holdCall = (deps: Deps, { sid, person, ending }: LineCall): Promise<void> =>
  order(deps, sid, {
    type: "HoldCall",
    call: sid,
    ...(person === undefined ? {} : { person: person.id }),
    ...(ending === undefined ? {} : { ending }),
  });

export const releaseCall = (deps: Deps, { sid }: LineCall): Promise<void> =>
  order(deps, sid, { type: "ReleaseCall", call: sid });

async function order({ heldCalls, clock }: Deps, call: string, given: HeldOrder): Promise<void> {
  const envelope = byHub("answer-line", `${call}.${given.type}`, clock.now(), false, call);
  const { outcome } = await heldCalls.dispatch(heldStream, { ...envelope, ...given });
  if (outcome !== "done") throw new Error(`${heldStream} did not take ${given.type}`);
}
