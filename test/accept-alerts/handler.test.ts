// A large delivery, taken after it was answered.
import { expect, test } from "vitest";
import { make } from "../../functions/accept-alerts/handler.ts";
import type { StashRef } from "../../functions/core/bus.ts";
import { make as receiver } from "../../functions/receive-alert/handler.ts";
import { anEntrance, listening, posted, records } from "../support/intake.ts";

test("every alert of a stored delivery reaches the ledger once, and the stored copy goes", async () => {
  const hub = await anEntrance();
  const { tools } = listening();
  const answer = await receiver(hub)(
    posted(
      Array.from({ length: 250 }, (_, n) => ({ title: `disk ${n} full` })),
      { key: "anything-key-0001" },
    ),
    tools,
  );
  const ids = (JSON.parse(answer.body ?? "") as { alerts: { id: string }[] }).alerts.map(({ id }) => id);
  const stashes = hub.feed
    .after(0, 1000, new Set(["AlertsStashed"]))
    .rows.map(({ entry }) => entry.detail as StashRef);
  const accept = make(hub);
  // The bus brings everything at least once.
  for (const detail of [...stashes, ...stashes])
    expect(await accept(records({ detail }), tools)).toEqual({ batchItemFailures: [] });
  const taken = await hub.alerts.read(ids);
  expect(taken).toHaveLength(250);
  expect(taken.every(({ count }) => count === 1)).toBe(true);
  expect(stashes).not.toEqual([]);
  expect(await Promise.all(stashes.map(({ stash }) => hub.alerts.stashed(stash)))).toEqual(
    stashes.map(() => undefined),
  );
});
