// Takes CloudWatch alarms from the bus, of those accounts that a source lists.
import { directory } from "../directory.ts";
import { readIn, toldFields } from "../intake.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import { instantOf } from "../sources/instant.ts";
import type { PortsOf } from "../subscriptions.ts";

export function make(ports: PortsOf<"receive-alarm">): QueueHandler {
  const { alerts, clock, configItems } = ports;
  const house = directory(configItems, clock);

  return queue(async (body, tools) => {
    // EventBridge itself writes id and account, a sender can't choose them; the rest is checked by the source's parser.
    const { id: event, account, time } = body as Partial<Envelope<unknown>>;
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
    if ("problems" in read)
      throw new Error(
        `Alarm ${event} is not in the form that CloudWatch documents: ${toldFields(read.problems)}`,
      );
    if (read.warnings.length > 0) {
      tools.count("OddIntake");
      tools.log.warn("alarm taken with warnings", {
        event,
        source: source.id,
        fields: toldFields(read.warnings),
      });
    }
    // One event tells of one alarm, and may have waited in the queue while others went by.
    const heardAt = Math.min(instantOf(time) ?? now, now);
    const routed = read.routed.map((alert) => ({ ...alert, heardAt }));
    const [receipt] = routed.length === 0 ? [] : await alerts.accept(routed, now);
    const verdict = receipt?.verdict;
    tools.log.info("alarm received", { event, source: source.id, alerts: routed.length, verdict });
  });
}
