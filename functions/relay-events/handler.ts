// Carries the store's feed to the bus. A record that can't be read must not hold up those behind it: it is laid aside with
// its reason, and the rest goes on.
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { described, type Handler, type Tools } from "../lambda.ts";
import type { FeedNews } from "../ports.ts";
import { heardEvents, type PortsOf } from "../subscriptions.ts";

export function make(ports: PortsOf<"relay-events">): Handler<DynamoDBStreamEvent, DynamoDBBatchResponse> {
  const { bus, clock, deadLetters, feedReader, wakeUps } = ports;

  const read = async (record: DynamoDBRecord, tools: Tools): Promise<FeedNews> => {
    try {
      return feedReader.read(record);
    } catch (error) {
      const reason = described(error);
      const id = `relay-events.${record.eventID ?? record.dynamodb?.SequenceNumber ?? "unknown"}`;
      tools.log.error("feed record laid aside", { letter: id, error: reason });
      tools.count("OperatorAlarm");
      const body = feedReader.reference(record);
      await deadLetters.add({ id, function: "relay-events", reason, at: clock.now(), body });
      return { entries: [] };
    }
  };

  return async ({ Records: records }, tools) => {
    const news = await Promise.all(records.map((record) => read(record, tools)));
    const { failed } = await bus.publish(
      news.flatMap(({ entries }) => entries.filter(({ type }) => heardEvents.has(type))),
    );
    const lost = new Set(failed.map((entry) => entry.id));
    const now = clock.now();
    // A hint that is lost costs one sweep, so it never makes a batch come again.
    const hints = await Promise.allSettled(
      news.flatMap(({ hint }) => (hint === undefined ? [] : [wakeUps.hint(hint.stream, hint.due, now)])),
    );
    for (const hint of hints) {
      if (hint.status === "rejected") tools.log.warn("wake-up hint lost", { error: described(hint.reason) });
    }
    const first = records.findIndex(
      (_, index) => news[index]?.entries.some((entry) => lost.has(entry.id)) === true,
    );
    const again = records[first]?.dynamodb?.SequenceNumber;
    // Lambda takes a stream up again from the first failure; what was published twice is the same news.
    return { batchItemFailures: again === undefined ? [] : [{ itemIdentifier: again }] };
  };
}
