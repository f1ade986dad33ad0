// Takes CloudWatch alarms from the bus, of those accounts that a source lists.
import { directory } from "../directory.ts";
import { takeIn } from "../intake.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

export function make(ports: PortsOf<"receive-alarm">): QueueHandler {
  const intake = { ...ports, directory: directory(ports.configItems, ports.clock) };

  return queue(async (body, tools) => {
    // EventBridge itself writes id and account, a sender can't choose them; the rest is checked by the source's parser.
    const { id: event, account } = body as Partial<Envelope<unknown>>;
    if (event === undefined || account === undefined)
      throw new Error("The record is no event of EventBridge");
    const source = await intake.directory.sourceOfAccount(account);
    if (source === undefined) {
      // Refused for good, as a retry would be. The hub's own account has to be listed like any other.
      tools.log.warn("alarm refused", { code: "account-not-listed", event, account });
      tools.count("RefusedIntake");
      return;
    }
    const taken = await takeIn(intake, source, body, false);
    if (taken.outcome === "refused") {
      const fields = taken.problems.map(({ field, message }) => `${field} ${message}`).join("; ");
      throw new Error(`Alarm ${event} is not in the form that CloudWatch documents: ${fields}`);
    }
    tools.log.info("alarm received", { event, source: source.id, alerts: taken.alerts.length });
  });
}
