// What a function may say to the operator: codes and ids, never a key, a number or a body.

/** Names that the log of a deployment writes itself: a field of that name would be lost without a word. */
type Taken = "message" | "level" | "timestamp" | "service" | "sampling_rate" | "xray_trace_id";

export type LogFields = Readonly<Record<string, unknown>> & { readonly [Name in Taken]?: never };

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
