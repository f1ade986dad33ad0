// What DynamoDB would not take, SQLite does not take either.
import { expect, test } from "vitest";
import { aCommit } from "../../support/moments.ts";
import { aSqliteStore } from "../../support/stores.ts";

const takes = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ key: `code/${i}`, change: "take" as const }));

test("a commit is at most 100 items: head, events, claims and cause", async () => {
  const { journal } = aSqliteStore();
  const fits = aCommit("incident/1", { claims: takes(97), cause: "c" });
  expect(await journal.append(fits)).toEqual({ outcome: "committed", version: 1 });
  await expect(journal.append(aCommit("incident/2", { claims: takes(98), cause: "c" }))).rejects.toThrow(
    "101 items",
  );
});

test("events that are too many bytes for one item count as several", async () => {
  const { journal } = aSqliteStore();
  const events = Array.from({ length: 20 }, () => ({ type: "Note", text: "x".repeat(60_000) }));
  await expect(journal.append(aCommit("incident/1", { events, claims: takes(80) }))).rejects.toThrow(
    "101 items",
  );
  const large = [{ type: "Note", text: "x".repeat(500_000) }];
  await expect(journal.append(aCommit("incident/1", { events: large }))).rejects.toThrow("bytes");
  const many = Array.from({ length: 80 }, () => ({ type: "Note", text: "x".repeat(60_000) }));
  await expect(journal.append(aCommit("incident/1", { events: many }))).rejects.toThrow("at most 4194304");
});

test("events that would not come back as they were written are refused where they are written", async () => {
  const { journal } = aSqliteStore();
  for (const odd of [undefined, Number.NaN, new Date(0), new Map(), 1n, () => 1]) {
    const events = [{ type: "Note", deep: [{ odd }] }];
    await expect(journal.append(aCommit("incident/1", { events }))).rejects.toThrow("events[0].deep[0].odd");
  }
  expect(await journal.load("incident/1", 1)).toEqual({ version: 0, epoch: 0, after: 0, events: [] });
});

test("a test may say that somebody else was first", async () => {
  let rivals = 1;
  const { journal } = aSqliteStore({ conflict: () => rivals-- > 0 });
  expect(await journal.append(aCommit("incident/1"))).toEqual({ outcome: "conflict" });
  expect(await journal.append(aCommit("incident/1"))).toEqual({ outcome: "committed", version: 1 });
});
