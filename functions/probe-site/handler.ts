// Looks whether the chat, where responders meet, can be reached: once a minute, and sooner while that is in doubt.
import type { ScheduledEvent, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { byHub } from "../core/command.ts";
import { chat } from "../core/site/site.ts";
import { siteOf } from "../decisions.ts";
import { type Handler, queue, type Tools } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

export function make(
  ports: PortsOf<"probe-site">,
): Handler<SQSEvent | ScheduledEvent, SQSBatchResponse | undefined> {
  const { clock, journal, configItems, chatSite } = ports;
  const site = siteOf(journal, async () => (await configItems.pointer()) ?? "none");

  const probe = async (tools: Tools): Promise<void> => {
    const found = await chatSite.probe();
    const now = clock.now();
    const envelope = byHub("probe-site", `${chat} ${now}`, now);
    const recorded = await site.dispatch(chat, { ...envelope, type: "RecordProbe", found });
    if (recorded.outcome !== "done") return;
    for (const { type } of recorded.events) {
      tools.log.info("chat probed", { found, type });
      // By whoever decided it: once, however often its news is carried.
      if (type === "SiteLost") tools.count("ChatLost");
    }
  };

  const wanted = queue((_, tools) => probe(tools));
  return async (event, tools) => {
    if ("Records" in event) return wanted(event, tools);
    await probe(tools);
    return undefined;
  };
}
