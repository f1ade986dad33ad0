// The cloud's twin in this process: the functions with the ports of their rows, DynamoDB and its stream in Amazon's own
// emulator, and between them the queues, rules and mappings of the synthesized template, at their most contrary.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { lambda, type Tools } from "../../functions/lambda.ts";
import { make as relayEvents } from "../../functions/relay-events/handler.ts";
import type { FunctionName } from "../../functions/subscriptions.ts";
import { type Invoke, invocable } from "../../infra/local/functions.ts";
import { doorOf, notYet } from "../../infra/local/http.ts";
import { simulatedChat } from "../../infra/local/settings.ts";
import { simulatedTeams } from "../../infra/local/simulator/chat/account.ts";
import { secondCarrierPath } from "../../infra/local/simulator/second-carrier/carrier.ts";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import { apiPath } from "../../infra/local/simulator/twilio/phone-simulator.ts";
import { type Chance, chanceOf, seed } from "./cloud/chance.ts";
import { type Consumer, openConsumer } from "./cloud/consumer.ts";
import { environmentOf, mappings, names, queues as shapes, swept } from "./cloud/deployment.ts";
import { type Feed, openFeed } from "./cloud/feed.ts";
import { type Account, portsFor, tellOfWrites } from "./cloud/ports.ts";
import { openQueue, type Queue } from "./cloud/queues.ts";
import { awsServices, type Services } from "./cloud/services.ts";
import { type LocalTable, localTable } from "./dynamodb-table.ts";
import type { Recorder } from "./record-aws.ts";
import type { VirtualTime } from "./virtual-time.ts";
import { type Host, type HostSettings, type World, type WorldSettings, worldAt } from "./world.ts";

export interface CloudWorld extends World {
  readonly table: LocalTable;
  readonly services: Services;
  /** By logical id. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** What functions logged as errors. */
  readonly complaints: readonly string[];
  /** Leaves what this function would hear in its queue, until it is let go. */
  hold(name: FunctionName): void;
  letGo(name: FunctionName): Promise<void>;
  /** Whatever runs next starts anew and remembers nothing, as after a quiet hour. */
  cool(): void;
}

export interface CloudSettings extends WorldSettings {
  /** Of DynamoDB Local. */
  readonly endpoint: string;
  readonly recorder: Recorder;
}

export async function aCloudWorld({ endpoint, recorder, ...settings }: CloudSettings): Promise<CloudWorld> {
  const cloud = await openCloud(endpoint, recorder);
  const world = await worldAt(cloud, settings);
  const { table, services, queues, complaints } = cloud;
  const more = {
    table,
    services,
    queues,
    complaints,
    hold: (name: FunctionName) => cloud.hold(name, true),
    cool: () => cloud.cool(),
    async letGo(name: FunctionName) {
      cloud.hold(name, false);
      await world.rest();
    },
  };
  // With the getters of both: the hub's address changes.
  return Object.create(world, Object.getOwnPropertyDescriptors(more)) as CloudWorld;
}

/** What stays when functions come and go: the table, the queues, the clock. */
async function openCloud(endpoint: string, recorder: Recorder) {
  const table = await localTable(endpoint);
  const chance = chanceOf(seed);
  const complaints: string[] = [];
  let time: VirtualTime | undefined;
  const now = () => time?.clock.now() ?? 0;
  const later = wakeAt(() => time);
  const queues: Map<string, Queue> = new Map();
  const bury = (id: string, body: string) => void queues.get(id)?.send(body);
  for (const shape of shapes) queues.set(shape.id, openQueue(shape, { now, later, chance, bury }));
  const { accountSid, authToken } = simulatedAccount;
  const parameters = {
    "/muster/twilio": JSON.stringify({ accountSid, authToken }),
    "/muster/teams": JSON.stringify({ clientSecret: simulatedTeams.bot.secret }),
    "/muster/hub-key": JSON.stringify({ key: "a key of the twin, and of no hub" }),
  };
  const services = await awsServices({ now, chance, queues, parameters });
  // Asking the stream for news costs more than all else, so it is asked only when there can be some.
  let written = true;
  const onWrite = () => {
    written = true;
  };
  tellOfWrites(table.client, onWrite);
  const news = async () => {
    if (!written) return [];
    written = false;
    return table.news();
  };
  let running: Running | undefined;

  return {
    table,
    services,
    queues,
    complaints,
    hold: (name: FunctionName, held: boolean) => running?.hold(name, held),
    cool: () => running?.cool(),
    async open(settings: HostSettings) {
      time = settings.time;
      const { clock } = settings.time;
      const account = { settings: table.settings, recorder, services: services.server, onWrite, clock };
      running = await deploy({ table, queues, news, chance, complaints, account, services }, settings);
      return running;
    },
    async leave() {
      await services.server.stop();
      await table.drop();
    },
  };
}

/** Lets time stop where a message comes into sight, so that it is seen at that very moment. */
function wakeAt(time: () => VirtualTime | undefined): (delay: number) => void {
  const known = new Set<number>();
  return (delay) => {
    const at = (time()?.clock.now() ?? 0) + delay;
    if (known.has(at)) return;
    known.add(at);
    time()?.waits.set(() => known.delete(at), delay);
  };
}

type Functions = Readonly<Record<FunctionName, Invoke>>;

interface Running extends Host {
  hold(name: FunctionName, held: boolean): void;
  cool(): void;
}

interface Ground {
  readonly table: LocalTable;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly news: () => Promise<readonly unknown[]>;
  readonly chance: Chance;
  readonly complaints: string[];
  readonly account: Omit<Account, "config" | "twilioApiUrl" | "secondCarrierUrl" | "teams">;
  readonly services: Services;
}

async function deploy(ground: Ground, { port, config, time, aside, chat }: HostSettings): Promise<Running> {
  let listener = notYet;
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const account: Account = {
    ...ground.account,
    config,
    twilioApiUrl: url + apiPath,
    secondCarrierUrl: url + secondCarrierPath,
    teams: simulatedChat.addresses(url),
  };
  const start = () =>
    functions(account, ground.complaints, (name) => ({
      ...environmentOf(name, ground.table.name),
      PUBLIC_URL: url,
      TWILIO_SENDER: simulatedAccount.from,
      TWILIO_CALLER: simulatedAccount.from,
      TEAMS_APP: chat?.app ?? "",
      TEAMS_TENANT: chat?.tenant ?? "",
      CHAT_SITE_URL: chat?.conversation?.(url) ?? "",
    }));
  let warm = start();
  const started = [warm];
  const invoke = Object.fromEntries(
    names.map((name) => [name, (event: unknown) => warm.invoke[name](event)]),
  ) as Functions;
  await invoke["apply-config"]({});
  listener = doorOf({ invoke, aside, outside: { publicUrl: undefined, proofs: new Set() } });

  const pumps = pumpsOf(ground, invoke);
  const stopSweeping = sweepEveryMinute(invoke, time, ground.chance);
  let resting = Promise.resolve();
  const carryAll = async (): Promise<void> => {
    for (let worked = true; worked; ) {
      const rounds = [...pumps.map((each) => each.pump()), stopSweeping.running()];
      worked = (await Promise.all(rounds)).some(Boolean);
    }
  };
  return {
    url,
    ways: {
      report: async (event) => ground.services.put("default", event),
      inbound: async (text) => ground.services.publish(JSON.stringify(text)),
    },
    hold(name, held) {
      for (const each of pumps) if ("hold" in each && each.name === name) each.hold(held);
    },
    cool() {
      warm = start();
      started.push(warm);
    },
    idle() {
      // One after the other: two who carry the same lane would carry it twice.
      resting = resting.then(carryAll);
      return resting;
    },
    async close() {
      stopSweeping.stop();
      await stopSweeping.running();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
      for (const each of started) each.destroy();
    },
  };
}

function functions(
  account: Account,
  complaints: string[],
  environment: (name: FunctionName) => Readonly<Record<string, string>>,
) {
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

function pumpsOf({ news, queues, chance }: Ground, invoke: Functions): readonly (Feed | Consumer)[] {
  return mappings.map((mapping) => {
    if (mapping.filters !== undefined)
      return openFeed({ mapping, news, invoke: invoke[mapping.name], chance });
    const queue = queues.get(mapping.source);
    if (queue === undefined) throw new Error(`${mapping.name} hears a queue that is not there`);
    return openConsumer(mapping, queue, invoke[mapping.name], chance);
  });
}

/** At any second of the minute, as the real one comes. */
function sweepEveryMinute(invoke: Functions, time: VirtualTime, chance: Chance) {
  let running: Promise<unknown> = Promise.resolve();
  let wait: unknown;
  const next = (delay: number): void => {
    wait = time.waits.set(() => {
      running = Promise.all(swept.map((name) => invoke[name]({ id: "sweep", source: "aws.events" })));
      next(60_000);
    }, delay);
  };
  next(chance.below(60) * 1000);
  return {
    stop: () => time.waits.clear(wait),
    async running() {
      await running;
      return false;
    },
  };
}
