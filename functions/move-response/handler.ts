// Tells every open incident that the chat is gone, or that it is back. What that means is each incident's own decision.
import type { StreamId } from "../core/aggregate.ts";
import type { EventRef } from "../core/bus.ts";
import { byHub } from "../core/command.ts";
import { decisions } from "../decisions.ts";
import { described, type Envelope, type QueueHandler, queue } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

const listed = 100;
const inParallel = 10;

export function make(ports: PortsOf<"move-response">): QueueHandler {
  const house = decisions(ports);
  const { clock, incidents } = ports;

  return queue(async (body, tools) => {
    const { "detail-type": news, detail } = body as Envelope<EventRef>;
    const { state: site } = await house.site.load(detail.stream);
    // News that was long on its way is no news: by now it is otherwise, and whoever says so comes as well.
    if ((site.name === "lost") !== (news === "SiteLost")) return;
    const what =
      site.name === "lost"
        ? ({ type: "MoveToBridge", lostSince: site.since } as const)
        : ({ type: "TellChatIsBack" } as const);
    const cause = `${detail.stream}.${detail.version}.${detail.index}`;

    const failures: string[] = [];
    const order = async (stream: StreamId): Promise<void> => {
      try {
        const envelope = byHub("move-response", `${cause} ${stream}`, clock.now(), false, cause);
        await house.incidents.dispatch(stream, { ...envelope, ...what });
      } catch (error) {
        // One incident that can't be decided must not leave the others without a place to meet.
        failures.push(`${stream}: ${described(error)}`);
      }
    };

    for (let page = await incidents.open(listed); page.length > 0; ) {
      const waiting = page.map(({ stream }) => stream);
      const worker = async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await order(next);
      };
      await Promise.all(Array.from({ length: inParallel }, worker));
      const last = page.at(-1);
      page = last === undefined || page.length < listed ? [] : await incidents.open(listed, last.openedAt);
    }
    if (failures.length === 0) return;
    tools.log.error("incidents that could not be told of the chat", {
      type: what.type,
      failures: failures.length,
    });
    throw new Error(`${failures.length} incidents could not be told of the chat:\n${failures.join("\n")}`);
  });
}
