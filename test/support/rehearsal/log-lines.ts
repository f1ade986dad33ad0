// What a deployed function writes: lines of its log as JSON, and among them those by which CloudWatch counts.
import type { Metric } from "../../../functions/lambda.ts";

type Line = Readonly<Record<string, unknown>>;

function read(line: string): Line | undefined {
  try {
    const said: unknown = JSON.parse(line);
    return typeof said === "object" && said !== null ? (said as Line) : undefined;
  } catch {
    return undefined;
  }
}

/** What the logger adds by itself. */
const always = new Set(["level", "message", "timestamp", "service", "sampling_rate"]);

/** An error, with its fields; or whatever a process wrote that is no line of a log. */
export function complaintIn(line: string): string | undefined {
  const said = read(line);
  if (said === undefined) return line;
  if (said["level"] !== "ERROR") return undefined;
  const fields = Object.fromEntries(Object.entries(said).filter(([name]) => !always.has(name)));
  return `${String(said["message"])} ${JSON.stringify(fields)}`;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export function countsIn(line: string): readonly (readonly [Metric, number])[] {
  const said = read(line);
  const about = said?.["_aws"] as
    | { readonly CloudWatchMetrics: readonly { readonly Metrics: readonly { readonly Name: Metric }[] }[] }
    | undefined;
  return (about?.CloudWatchMetrics ?? []).flatMap(({ Metrics }) =>
    Metrics.map(({ Name }) => [Name, Number(said?.[Name])] as const),
  );
}
