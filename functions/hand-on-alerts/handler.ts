// Once a minute: what was answered with 202 and is not settled is handed on anew. A bus that was away, a record that was given
// up, a message that was laid aside: none of them costs an alert.
import type { ScheduledEvent } from "aws-lambda";
import type { Handler } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

const atOnce = 200;

export const make =
  ({ alerts, clock }: PortsOf<"hand-on-alerts">): Handler<ScheduledEvent, void> =>
  async (_minute, tools) => {
    const now = clock.now();
    const { handedOn, oldest } = await alerts.handOn(now, atOnce);
    if (oldest === undefined) return;
    tools.count("UnsettledAge", now - oldest);
    tools.log.warn("alerts wait to be settled", { handedOn, oldestMs: now - oldest });
  };
