// Takes CloudWatch alarms from the bus, of those accounts that a source lists.
import { directory } from "../directory.ts";
import { readIn } from "../intake.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

export function make(ports: PortsOf<"receive-alarm">): QueueHandler {
  const { alerts, clock, configItems } = ports;
  const house = directory(configItems, clock);

  return queue(async (body, tools) => {
    // EventBridge itself writes id and account, a sender can't choose them; the rest is checked by the source's parser.
    const { id: event, account } = body as Partial<Envelope<unknown>>;
    if (event === undefined || account === undefined)
      throw new Error("The record is no event of EventBridge");
    const source = await house.sourceOfAccount(account);
    if (source === undefined) {
      // Refused for good, as a retry would be. The hub's own account has to be listed like any other.
      tools.log.warn("alarm refused", { code: "account-not-listed", event, account });
      tools.count("RefusedIntake");
      return;
    }
    const now = clock.now();
    const read = await readIn(house, source, body, false, now);
    if ("problems" in read) {
      const fields = read.problems.map(({ field, message }) => `${field} ${message}`).join("; ");
      throw new Error(`Alarm ${event} is not in the form that CloudWatch documents: ${fields}`);
    }
    // One event tells of one alarm.
    if (read.routed.length > 0) await alerts.accept(read.routed, now);
    tools.log.info("alarm received", { event, source: source.id, alerts: read.routed.length });
  });
}
