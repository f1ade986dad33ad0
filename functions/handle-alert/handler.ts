// Accepted alerts find their incident, or open it; those that ended tell it so.
import type { SQSEvent, SQSRecord } from "aws-lambda";
import type { AlertRecord } from "../core/alert.ts";
import type { AlertDetailRef } from "../core/bus.ts";
import { decisions } from "../decisions.ts";
import { described, type Envelope, failure, type QueueHandler, type Tools, twice } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { clear } from "./clear.ts";
import { groupsOf } from "./groups.ts";
import { join } from "./join.ts";
import { tellLateCopies } from "./late-copies.ts";

export function make(ports: PortsOf<"handle-alert">): QueueHandler {
  const house = { ...ports, ...decisions(ports) };

  const handleGroup = async (records: readonly AlertRecord[], tools: Tools): Promise<void> => {
    await join(
      house,
      records.filter((record) => record.status === "firing"),
      tools,
    );
    await clear(
      house,
      records.filter((record) => record.status === "resolved"),
    );
    await tellLateCopies(house, records);
  };

  return async (event: SQSEvent, tools) => {
    const asked = new Map(event.Records.map((record) => [record, alertOf(record)]));
    const records = await ports.alerts.read([...new Set(asked.values())]);
    // A storm is one order per incident, however many alerts it has.
    const failures = new Map<string, string>();
    await Promise.all(
      groupsOf(records).map(async (group) => {
        try {
          await twice(() => handleGroup(group, tools), tools);
        } catch (error) {
          tools.log.error("alerts not handled", {
            correlation: group[0]?.correlation,
            error: described(error),
          });
          tools.count("RecordFailed");
          for (const { id } of group) failures.set(id, described(error));
        }
      }),
    );
    return {
      batchItemFailures: [...asked].flatMap(([{ messageId }, alert]) => {
        const reason = failures.get(alert);
        return reason === undefined ? [] : [failure(messageId, reason)];
      }),
    };
  };
}

const alertOf = ({ body }: SQSRecord): string => (JSON.parse(body) as Envelope<AlertDetailRef>).detail.alert;
