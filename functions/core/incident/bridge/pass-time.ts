// What the clock brings about at a bridge, and when.
import { type Duration, type Instant, minutes } from "../../time.ts";
import type { Draft } from "../draft.ts";
import { announce } from "./announce.ts";
import { ringAbsent } from "./call-in.ts";
import { type Bridge, inTheRoom } from "./state.ts";

/** A bridge that was wanted and that nobody set up is asked for again. */
const stuckAfter: Duration = minutes(2);

export function bridgeDue(bridge: Bridge): Instant | undefined {
  if (bridge.name === "wanted") return bridge.since + stuckAfter;
  if (bridge.name !== "open") return undefined;
  const moments = [
    bridge.ringAbsentAt,
    // Nobody speaks to an empty room; whoever comes late hears at once how it stands.
    inTheRoom(bridge).length > 0 ? bridge.announceAt : undefined,
  ].filter((moment) => moment !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

export function passBridge(draft: Draft): void {
  const { bridge } = draft.state();
  const now = draft.command.at;
  const due = bridgeDue(bridge);
  if (due === undefined || due > now) return;
  if (bridge.name === "wanted") {
    draft.add({ type: "BridgeWanted", reason: bridge.reason ?? "ordered" });
    return;
  }
  if (bridge.ringAbsentAt !== undefined && bridge.ringAbsentAt <= now) ringAbsent(draft);
  if (bridge.announceAt !== undefined && bridge.announceAt <= now && inTheRoom(bridge).length > 0)
    announce(draft, "cadence");
}
