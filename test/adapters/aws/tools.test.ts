// Counts go out as log lines in CloudWatch's embedded format, so counting never waits for a call.
import { expect, test } from "vitest";
import { awsTools } from "../../../functions/adapters/aws/tools.ts";

test.each([
  ["OperatorAlarm", undefined, 1, "Count"],
  ["TimerLateness", 2500, 2500, "Milliseconds"],
])(
  "%s is one line that CloudWatch reads as a metric of ours, without dimensions",
  (metric, value, written, unit) => {
    const lines: string[] = [];
    awsTools("fire-timers", (line) => lines.push(line)).count(metric, value);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number) as number,
          CloudWatchMetrics: [
            { Namespace: "Muster", Dimensions: [[]], Metrics: [{ Name: metric, Unit: unit }] },
          ],
        },
        [metric]: written,
        function: "fire-timers",
      },
    ]);
  },
);
