// Looks at streams whose time has come. A wake-up is a hint: what is not due yet is hinted again, what is stale does nothing,
// and the sweep finds whatever a lost hint left behind. It ends with a mark that the feed carries: its silence is an alarm.
import type { ScheduledEvent, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { StreamId } from "../core/aggregate.ts";
import { byHub } from "../core/command.ts";
import type { Instant } from "../core/time.ts";
import { decisions, heldCallsOf, passTime, postsOf } from "../decisions.ts";
import { described, type Handler, queue, type Tools } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";

const sweepAtOnce = 500;
const inParallel = 20;

interface Due {
  readonly stream: StreamId;
  readonly due: Instant;
}

export function make(
  ports: PortsOf<"fire-timers">,
): Handler<SQSEvent | ScheduledEvent, SQSBatchResponse | undefined> {
  const { clock, timers, wakeUps } = ports;
  const decided = decisions(ports);
  const version = () => decided.directory.version();
  const house = {
    ...decided,
    posts: postsOf(ports.journal, version),
    heldCalls: heldCallsOf(ports.journal, version),
  };

  const fire = async ({ stream, due }: Due, tools: Tools): Promise<void> => {
    const now = clock.now();
    const order = { ...byHub("fire-timers", `clock ${stream} ${due}`, now), type: "PassTime" } as const;
    const events = await passTime(house, stream, order);
    if (events.length === 0) return;
    tools.count("TimerLateness", now - due);
    if (events.some(({ type }) => type === "NobodyReachable")) tools.count("NobodyReachable");
  };

  const wake = queue(async (body, tools) => {
    const hint = body as Due;
    const now = clock.now();
    if (hint.due > now) await wakeUps.hint(hint.stream, hint.due, now);
    else await fire(hint, tools);
  });

  const sweep = async (tools: Tools): Promise<void> => {
    const due = [...(await timers.due(clock.now(), sweepAtOnce))];
    const failures: string[] = [];
    const worker = async () => {
      for (let next = due.shift(); next !== undefined; next = due.shift()) {
        try {
          await fire(next, tools);
        } catch (error) {
          // One stream that can't be decided must not hold up the others' clocks.
          failures.push(`${next.stream}: ${described(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: inParallel }, worker));
    // Last: it stands for a sweep that was carried out.
    await timers.pulse(clock.now());
    if (failures.length > 0)
      throw new Error(`${failures.length} streams could not be woken:\n${failures.join("\n")}`);
  };

  return async (event, tools) => {
    if ("Records" in event) return wake(event, tools);
    await sweep(tools);
    return undefined;
  };
}
