// The functions of the source tree in this process, with the ports of their rows.
import { lambda, type Tools } from "../../../functions/lambda.ts";
import { make as relayEvents } from "../../../functions/relay-events/handler.ts";
import type { FunctionName } from "../../../functions/subscriptions.ts";
import { type Invoke, invocable } from "../../../infra/local/functions.ts";
import { simulatedChat } from "../../../infra/local/settings.ts";
import { secondCarrierPath } from "../../../infra/local/simulator/second-carrier/carrier.ts";
import { apiPath } from "../../../infra/local/simulator/twilio/phone-simulator.ts";
import type { Deployment, Functions, Run } from "../cloud.ts";
import { environmentOf, names, publicUrl } from "./deployment.ts";
import { type Account, portsFor } from "./ports.ts";

export const inThisProcess: Run = (deployment) => {
  const start = () => functions(deployment);
  let warm = start();
  const started = [warm];
  return Promise.resolve({
    invoke: Object.fromEntries(
      names.map((name) => [name, (event: unknown) => warm.invoke[name](event)]),
    ) as Functions,
    cool() {
      warm = start();
      started.push(warm);
    },
    stop() {
      for (const each of started) each.destroy();
      return Promise.resolve();
    },
  });
};

function functions({ ground, url, config, time: { clock }, chat }: Deployment) {
  const { wire, recorder, written, complaints } = ground;
  const table = ground.table();
  const account: Account = {
    clock,
    settings: table.settings,
    wire,
    recorder,
    onWrite: written,
    config,
    twilioApiUrl: url + apiPath,
    secondCarrierUrl: url + secondCarrierPath,
    teams: simulatedChat.addresses(url),
  };
  const environment = (name: FunctionName) => ({
    ...environmentOf(name, table.name, { [publicUrl]: url }),
    TEAMS_APP: chat?.app ?? "",
    TEAMS_TENANT: chat?.tenant ?? "",
    CHAT_SITE_URL: chat?.conversation?.(url) ?? "",
  });
  const started = new Map<FunctionName, Invoke>();
  const destroy: (() => void)[] = [];
  // As in the cloud: one that nobody calls is never started.
  const startedOf = (name: FunctionName): Invoke => {
    const known = started.get(name);
    if (known !== undefined) return known;
    const made = portsFor(name, environment(name), account);
    destroy.push(() => made.destroy());
    const invoke = invokedWith(name, made.ports, toolsThatKeep(name, complaints));
    started.set(name, invoke);
    return invoke;
  };
  return {
    invoke: Object.fromEntries(
      names.map((name) => [name, async (event: unknown) => startedOf(name)(event)]),
    ) as Functions,
    destroy: () => destroy.forEach((each) => each()),
  };
}

function invokedWith(name: FunctionName, ports: unknown, tools: Tools): Invoke {
  if (name !== "relay-events") return invocable(name, ports as never, tools);
  const relay = lambda(name, relayEvents(ports as never), tools);
  return (event) => relay(event as never, { functionName: name } as never);
}

const toolsThatKeep = (name: FunctionName, complaints: string[]): Tools => ({
  log: {
    info: () => undefined,
    warn: () => undefined,
    error: (message, fields) => void complaints.push(`${name}: ${message} ${JSON.stringify(fields)}`),
  },
  count: () => undefined,
});
