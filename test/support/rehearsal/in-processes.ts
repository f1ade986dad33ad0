// Each function in a process of its own, its calls counted as Lambda counts them.
import type { FunctionName } from "../../../functions/subscriptions.ts";
import { chatPath } from "../../../infra/local/simulator/chat/chat-simulator.ts";
import { ofType } from "../../infra/support/template.ts";
import { environmentOf, names, publicUrl, sqs, template, timeoutOf } from "../cloud/deployment.ts";
import type { Functions, Run } from "../cloud.ts";
import type { VirtualTime } from "../virtual-time.ts";
import { chatOf, elsewhere, microsoftAt } from "./addresses.ts";
import { packages } from "./bundles.ts";
import { gatewayOf } from "./gateway.ts";
import { identityProvider } from "./identity-provider.ts";
import { openInstances } from "./instances.ts";
import { complaintIn, countsIn } from "./log-lines.ts";
import { Throttled } from "./throttled.ts";
import type { Watch } from "./watch.ts";

/** A machine of tests is slower than the cloud, and has its processors full. */
const slowness = 4;

/** What the test holds in its hands. */
export interface Stage {
  /** The folder in whose place a function's package stands. */
  readonly packages: Map<FunctionName, string>;
  /** How many functions may run at once in the account. */
  atOnce: number;
  readonly ran: Set<FunctionName>;
}

export const inProcesses =
  (watch: () => Watch | undefined, stage: Stage): Run =>
  async ({ ground, url, config, time, chat }) => {
    const { wire, complaints } = ground;
    const table = ground.table();
    const bundleOf = await packages(config);
    const instances = openInstances({
      now: time.clock.now,
      bundleOf: (name) => stage.packages.get(name) ?? bundleOf(name),
      environmentOf(name) {
        const environment = environmentOf(name, table.name, { [sqs]: wire.url, [publicUrl]: url });
        return { ...environment, ...chatOf(environment, chat), ...elsewhere(name, wire, url) };
      },
      timeoutOf: (name) => timeoutOf(name) * slowness,
      microsoft: microsoftAt(url + chatPath),
      line(name, line) {
        const complaint = complaintIn(line);
        if (complaint !== undefined) complaints.push(`${name}: ${complaint}`);
        for (const [metric, value] of countsIn(line)) watch()?.put("Muster", metric, value);
      },
    });

    const provider = await identityProvider(time.clock.now);
    const stopWatching = everyMinute(time, () => {
      const seen = watch();
      if (seen === undefined) return;
      for (const [id, queue] of ground.queues) {
        const at = time.clock.now();
        const sent = [...queue.messages.values()].map(({ sentAt }) => at - sentAt);
        const visible = [...queue.messages.values()].filter(({ visibleAt }) => visibleAt <= at).length;
        seen.put("AWS/SQS", "ApproximateNumberOfMessagesVisible", visible, id);
        seen.put("AWS/SQS", "ApproximateAgeOfOldestMessage", Math.max(0, ...sent) / 1000, id);
      }
      seen.evaluate();
    });
    let running = 0;
    const counted = (name: FunctionName) => async (event: unknown) => {
      const isThrottled = running >= stage.atOnce;
      watch()?.put("AWS/Lambda", "Throttles", isThrottled ? 1 : 0);
      if (isThrottled) throw new Throttled("Rate Exceeded.");
      stage.ran.add(name);
      running += 1;
      let isError = true;
      try {
        const result = await instances.invoke(name)(event);
        isError = false;
        return result;
      } finally {
        running -= 1;
        watch()?.put("AWS/Lambda", "Errors", isError ? 1 : 0);
      }
    };
    const invoke = Object.fromEntries(names.map((name) => [name, counted(name)])) as Functions;
    const { jwks } = provider;
    const tokenFor = (authorization: string | undefined) => provider.tokenFor(authorization);
    const failed = () => watch()?.put("AWS/ApiGateway", "5xx", 1, apiId);
    return {
      invoke,
      door: (aside) => gatewayOf({ invoke, jwks, tokenFor, aside, failed, now: time.clock.now }),
      cool: () => instances.cool(),
      async stop() {
        stopWatching();
        await instances.stop();
      },
    };
  };

const [{ id: apiId } = { id: "" }] = ofType(template, "AWS::ApiGatewayV2::Api");

function everyMinute({ waits }: VirtualTime, act: () => void): () => void {
  let wait: unknown;
  const next = (): void => {
    wait = waits.set(() => {
      act();
      next();
    }, 60_000);
  };
  next();
  return () => waits.clear(wait);
}
