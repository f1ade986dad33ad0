// Carries the store's feed to the bus. A record that can't be read, or that never gets through, must not hold up those behind
// it: it is laid aside with its reason, and the rest goes on.
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { hours, minutes, seconds } from "../core/time.ts";
import { described, type Handler, type Tools } from "../lambda.ts";
import type { FeedNews } from "../ports.ts";
import { heardEvents, type PortsOf } from "../subscriptions.ts";

/** A record that fails for so long while the bus takes others beside it … */
const patience = minutes(15);
/** … or for so long whatever becomes of others. The feed itself forgets it after a day. */
const longestPatience = hours(6);

interface Read {
  readonly record: DynamoDBRecord;
  readonly news: FeedNews;
}

export function make(ports: PortsOf<"relay-events">): Handler<DynamoDBStreamEvent, DynamoDBBatchResponse> {
  const { bus, clock, deadLetters, feedReader, wakeUps } = ports;

  const layAside = async (record: DynamoDBRecord, reason: string, tools: Tools): Promise<void> => {
    const id = `relay-events.${record.eventID ?? record.dynamodb?.SequenceNumber ?? "unknown"}`;
    tools.log.error("feed record laid aside", { letter: id, error: reason });
    tools.count("OperatorAlarm");
    const body = feedReader.reference(record);
    await deadLetters.add({ id, function: "relay-events", reason, at: clock.now(), body });
  };

  const read = async (record: DynamoDBRecord, tools: Tools): Promise<Read> => {
    try {
      return { record, news: feedReader.read(record) };
    } catch (error) {
      await layAside(record, described(error), tools);
      return { record, news: { entries: [] } };
    }
  };

  const hint = async (all: readonly Read[], tools: Tools): Promise<void> => {
    const now = clock.now();
    for (const { news } of all)
      if (news.pulse !== undefined) tools.count("PulseLateness", Math.max(0, now - news.pulse));
    // A hint that is lost costs one sweep, so it never makes a batch come again.
    const hints = await Promise.allSettled(
      all.flatMap(({ news }) =>
        news.hint === undefined ? [] : [wakeUps.hint(news.hint.stream, news.hint.due, now)],
      ),
    );
    for (const outcome of hints) {
      if (outcome.status === "fulfilled") continue;
      tools.log.warn("wake-up hint lost", { error: described(outcome.reason) });
      tools.count("WakeUpLost");
    }
  };

  /** The first record whose events have to be brought again. */
  const publish = async (all: readonly Read[], tools: Tools): Promise<DynamoDBRecord | undefined> => {
    const entries = all.flatMap(({ news }) => news.entries.filter(({ type }) => heardEvents.has(type)));
    const { failed, refused } = await bus.publish(entries);
    const lost = new Set(failed.map(({ id }) => id));
    const refusals = new Map(refused.map(({ entry, reason }) => [entry.id, reason]));
    const busTakesOthers = failed.length + refused.length < entries.length;
    let again: DynamoDBRecord | undefined;
    for (const { record, news } of all) {
      // What comes after it comes again as well.
      if (again !== undefined) break;
      const refusal = news.entries.map(({ id }) => refusals.get(id)).find((reason) => reason !== undefined);
      const isLost = news.entries.some(({ id }) => lost.has(id));
      const isHopeless = isLost && ageOf(record) > (busTakesOthers ? patience : longestPatience);
      if (refusal !== undefined) await layAside(record, `The bus refused it: ${refusal}`, tools);
      else if (isHopeless) await layAside(record, "The bus has not taken it for a long time", tools);
      else if (isLost) again = record;
    }
    return again;
  };

  // The clock that wrote the record is the store's, not ours: fractions of a minute do not matter here.
  const ageOf = ({ dynamodb }: DynamoDBRecord): number =>
    dynamodb?.ApproximateCreationDateTime === undefined
      ? 0
      : clock.now() - seconds(dynamodb.ApproximateCreationDateTime);

  return async ({ Records: records }, tools) => {
    const all = await Promise.all(records.map((record) => read(record, tools)));
    const again = await publish(all, tools);
    await hint(all, tools);
    const sequence = again?.dynamodb?.SequenceNumber;
    // Lambda takes a stream up again from the first failure; what was published twice is the same news.
    return { batchItemFailures: sequence === undefined ? [] : [{ itemIdentifier: sequence }] };
  };
}
