// What the second carrier reports of a text or call that it took, as events on the account's own bus.
import { decisions } from "../decisions.ts";
import { recordReport } from "../delivery-report.ts";
import { type Envelope, type QueueHandler, queue } from "../lambda.ts";
import { readReportPath } from "../provider-paths.ts";
import { carrierReport } from "../sources/second-carrier-status.ts";
import type { PortsOf } from "../subscriptions.ts";

export function make(ports: PortsOf<"receive-carrier-report">): QueueHandler {
  const house = { ...decisions(ports), clock: ports.clock };

  return queue(async (body, tools) => {
    const { id, detail } = body as Partial<Envelope<unknown>>;
    const report = carrierReport(detail);
    if (report === undefined)
      throw new Error(`${id ?? "A record"} is no delivery event of the second carrier`);
    const { receipt, path, evidence } = report;
    const about = path === undefined ? undefined : readReportPath(path);
    if (about === undefined) {
      // An answer to a reply, of which nobody waits to hear, or a message that somebody else sent from this account.
      tools.log.info("report on no page of ours", { receipt });
      return;
    }
    if (evidence === undefined) return;
    const { stream, kind, id: delivery } = about;
    await recordReport(
      house,
      { by: "receive-carrier-report", stream, kind, delivery, receipt, evidence, carrier: "aws" },
      tools,
    );
  });
}
