// Streams of events in the table: a head, an item per commit, and the newest snapshot.
import type { StreamId } from "../../core/aggregate.ts";
import type { HistoryEntry, Journal, Loaded } from "../../ports.ts";
import type { Access } from "./access.ts";
import { append } from "./commit.ts";
import { type CommitPart, commitPart } from "./event-items.ts";
import { get } from "./items.ts";
import { after, commitPrefix, headKey } from "./keys.ts";
import { ask } from "./queries.ts";
import { pointerOf, readSnapshot, saveSnapshot } from "./snapshots.ts";

export const dynamoJournal = (access: Access): Journal => ({
  load: (stream, schema, known) => load(access, stream, schema, known),
  append: (commit) => append(access, commit),
  saveSnapshot: (stream, version, schema, state) => saveSnapshot(access, stream, version, schema, state),
  history: (stream, from, limit) => history(access, stream, from, limit),
});

const triesForSnapshot = 3;

async function load(access: Access, stream: StreamId, schema: number, known = 0): Promise<Loaded> {
  for (let attempt = 1; ; attempt++) {
    const head = await get(access, headKey(stream));
    if (head === undefined) return { version: 0, epoch: 0, after: 0, events: [] };
    const version = head["version"] as number;
    const epoch = head["epoch"] as number;
    if (known > 0 && known <= version)
      return { version, epoch, after: known, events: await eventsBetween(access, stream, known, version) };
    const pointer = pointerOf(head);
    // After several tries in vain the events alone have to do: they are the truth.
    if (pointer === undefined || pointer.schema !== schema || attempt > triesForSnapshot)
      return { version, epoch, after: 0, events: await eventsBetween(access, stream, 0, version) };
    const [snapshot, events] = await Promise.all([
      readSnapshot(access, stream, pointer),
      eventsBetween(access, stream, pointer.version, version),
    ]);
    if (snapshot === undefined) continue;
    return {
      version,
      epoch,
      after: pointer.version,
      snapshot: { version: pointer.version, state: snapshot.state },
      events,
    };
  }
}

// Not beyond `to`: what was committed after the head was read belongs to the next reader.
async function eventsBetween(
  access: Access,
  stream: StreamId,
  from: number,
  to: number,
): Promise<readonly unknown[]> {
  const events: unknown[] = [];
  for await (const part of commitParts(access, stream, from, to)) events.push(...part.events);
  return events;
}

/** Whole commits, so that the version of the last one is where the next page begins. */
async function history(
  access: Access,
  stream: StreamId,
  from: number,
  limit: number,
): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for await (const { version, first, events } of commitParts(access, stream, from, undefined)) {
    if (first === 0 && entries.length >= limit) break;
    entries.push(...events.map((event, index) => ({ version, index: first + index, event })));
  }
  return entries;
}

async function* commitParts(
  access: Access,
  stream: StreamId,
  from: number,
  to: number | undefined,
): AsyncGenerator<CommitPart> {
  if (to !== undefined && from >= to) return;
  const items = ask(access, {
    where: "#pk = :pk AND #sk BETWEEN :from AND :to",
    values: {
      ":pk": stream,
      ":from": commitPrefix(from + 1),
      ":to": to === undefined ? after("commit#") : after(commitPrefix(to)),
    },
  });
  for await (const item of items) yield commitPart(item);
}
