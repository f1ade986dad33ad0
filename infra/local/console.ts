// What the functions log and count, as lines for whoever watches the terminal.

import { visible } from "../../functions/core/text.ts";
import type { Tools } from "../../functions/lambda.ts";
import type { Log, LogFields } from "../../functions/log.ts";

export type Level = "quiet" | "normal" | "all";

export function consoleTools(name: string, level: Level): Tools {
  const line = (mark: string, message: string, fields: LogFields = {}): void => {
    const said = Object.entries(fields).map(([key, value]) => `${key}=${visible(String(value))}`);
    process.stderr.write(`${mark} ${name}: ${[message, ...said].join(" ")}\n`);
  };
  const log: Log = {
    info: (message, fields) => (level === "all" ? line(" ", message, fields) : undefined),
    warn: (message, fields) => (level === "quiet" ? undefined : line("!", message, fields)),
    error: (message, fields) => line("✗", message, fields),
  };
  const count: Tools["count"] = (metric) => {
    if (metric === "NobodyReachable")
      log.error("NOBODY CAN BE REACHED: look at the incident and at the config");
    if (metric === "OperatorAlarm")
      log.error("the operator has something to fix: see `npx muster ready`, and the incident's timeline");
  };
  return { log, count };
}
