// Gives a stream a long history at once, past the functions and unrecorded: more commits than a snapshot may be behind, and
// a snapshot that needs more than one item. Whoever loads it next has to put all of it together; whoever commits next to it
// has to take a new snapshot and clear away the old one.
import { randomBytes } from "node:crypto";
import { eventItems } from "../../../functions/adapters/dynamodb/event-items.ts";
import { dynamoJournal } from "../../../functions/adapters/dynamodb/journal.ts";
import { headKey } from "../../../functions/adapters/dynamodb/keys.ts";
import { transact, type Write } from "../../../functions/adapters/dynamodb/transaction.ts";
import type { Aggregate, StreamId } from "../../../functions/core/aggregate.ts";
import { hub } from "../../../functions/core/command.ts";
import { replay } from "../../../functions/stream-now.ts";
import type { LocalTable } from "../dynamodb-table.ts";

const commits = 32;
/** Does not get smaller by compression. */
export const noise = (): string => randomBytes(400_000).toString("base64");
export const meta = { at: 0, by: hub("test"), causeId: "age", configVersion: "none" };

export interface Old<State, Event> {
  /** What may be told of this state any number of times. */
  readonly nothingNew: (state: State) => Event;
  /** The same state, with noise where it does no harm. */
  readonly large?: (state: State) => object;
}

export async function lengthen<
  State extends object,
  Command,
  Event extends { readonly type: string },
  Need,
  Facts,
>(
  { client, name: table }: LocalTable,
  stream: StreamId,
  aggregate: Aggregate<State, Command, Event, Need, Facts>,
  { nothingNew, large = (state) => ({ ...state, noise: noise() }) }: Old<State, Event>,
): Promise<void> {
  const access = { client, table };
  const journal = dynamoJournal(access);
  const loaded = await journal.load(stream, aggregate.schema);
  const before = replay(aggregate, loaded);
  const event = nothingNew(before);
  const state = aggregate.evolve(before, event);
  const drill = aggregate.drill(state);
  const first = await journal.append({
    stream,
    expected: loaded.version,
    events: [event],
    claims: [],
    nextDue: aggregate.nextDue(state),
    epoch: aggregate.epoch(state),
    summary: aggregate.summary(state),
    cause: undefined,
    drill,
    at: 0,
  });
  if (first.outcome !== "committed") throw new Error(`${stream} is not at rest: ${first.outcome}`);
  const { version } = first;
  await journal.saveSnapshot(stream, version, aggregate.schema, large(state));
  // All of them in one transaction: each by itself would take most of the night.
  const change = {
    set: { version: version + commits },
    condition: "#version = :version",
    values: { ":version": version },
  };
  const again = Array.from({ length: commits }, (_, n) =>
    eventItems(stream, version + n + 1, drill, [event]),
  ).flat();
  const done = await transact(
    access,
    [
      { kind: "update", key: headKey(stream), change },
      ...again.map((item): Write => ({ kind: "put", item })),
    ],
    `The history of ${stream}`,
  );
  if (done.outcome !== "done") throw new Error(`${stream} is not at rest`);
}
