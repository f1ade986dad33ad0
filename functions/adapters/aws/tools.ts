// What every function has at hand on AWS: a structured log, and counts that CloudWatch reads from it, so that counting
// never waits for a call.
import { Logger } from "@aws-lambda-powertools/logger";

type Fields = Readonly<Record<string, unknown>>;

// Without dimensions: one alarm counts a thing wherever it happened; the log around the line says where.
const namespace = "Muster";

/** Values that are times, in milliseconds; all others are counts. */
const times: ReadonlySet<string> = new Set(["TimerLateness", "PulseLateness", "UnsettledAge"]);

export function awsTools(
  name: string,
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
) {
  const logger = new Logger({ serviceName: name });
  return {
    log: {
      info: (message: string, fields: Fields = {}) => logger.info(message, { ...fields }),
      warn: (message: string, fields: Fields = {}) => logger.warn(message, { ...fields }),
      error: (message: string, fields: Fields = {}) => logger.error(message, { ...fields }),
    },
    count: (metric: string, value = 1) => write(metricLine(metric, value, name)),
  };
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
const metricLine = (metric: string, value: number, name: string): string =>
  JSON.stringify({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [[]],
          Metrics: [{ Name: metric, Unit: times.has(metric) ? "Milliseconds" : "Count" }],
        },
      ],
    },
    [metric]: value,
    function: name,
  });
