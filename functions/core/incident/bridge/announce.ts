// What the hub says in the room: how things stand, at the cadence; where the response goes; that it ends.
import type { Draft } from "../draft.ts";
import type { AnnouncementKind } from "./facts.ts";
import { bridgeRule } from "./open.ts";

export function announce(draft: Draft, kind: AnnouncementKind): void {
  const announcement = `a${Object.keys(draft.state().bridge.announcements).length + 1}`;
  const next = kind === "cadence" ? { nextAt: draft.command.at + bridgeRule(draft).announceEvery } : {};
  draft.add({ type: "AnnouncementWanted", announcement, kind, ...next });
}
