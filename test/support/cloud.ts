// The cloud's twin in this process: the functions with the ports of their rows, DynamoDB and its stream in Amazon's own
// emulator, and between them the queues, rules and mappings of the synthesized template, at their most contrary.

import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { FunctionName } from "../../functions/subscriptions.ts";
import type { Invoke } from "../../infra/local/functions.ts";
import { doorOf, notYet } from "../../infra/local/http.ts";
import { simulatedTeams } from "../../infra/local/simulator/chat/account.ts";
import { secondAccount } from "../../infra/local/simulator/second-carrier/account.ts";
import { secondCarrierPath } from "../../infra/local/simulator/second-carrier/carrier.ts";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import { dressed } from "../infra/support/said.ts";
import { type Chance, chanceOf, seed } from "./cloud/chance.ts";
import { type Consumer, openConsumer } from "./cloud/consumer.ts";
import { mappings, queues as shapes, swept } from "./cloud/deployment.ts";
import { type Feed, openFeed } from "./cloud/feed.ts";
import { inThisProcess } from "./cloud/in-this-process.ts";
import { openQueue, type Queue } from "./cloud/queues.ts";
import { awsServices, type Services } from "./cloud/services.ts";
import { allItems, type LocalTable, localTable, tellOfWrites } from "./dynamodb-table.ts";
import type { Recorder } from "./record-aws.ts";
import { chatServiceUrl } from "./rehearsal/addresses.ts";
import { openWire, type Wire } from "./rehearsal/wire.ts";
import type { VirtualTime } from "./virtual-time.ts";
import { type Host, type HostSettings, type World, type WorldSettings, worldAt } from "./world.ts";

export interface CloudWorld extends World {
  readonly table: LocalTable;
  readonly services: Services;
  /** By logical id. */
  readonly queues: ReadonlyMap<string, Queue>;
  readonly wire: Wire;
  /** By name, as Parameter Store has them. */
  readonly parameters: Record<string, string>;
  /** What functions logged as errors. */
  readonly complaints: readonly string[];
  /** Leaves what this function would hear in its queue, until it is let go. */
  hold(name: FunctionName): void;
  letGo(name: FunctionName): Promise<void>;
  /** Restores the table under another name, which the next restart adopts. */
  loseTable(): Promise<void>;
  /** Whatever runs next starts anew and remembers nothing, as after a quiet hour. */
  cool(): void;
}

export interface CloudSettings extends WorldSettings {
  /** Of DynamoDB Local. */
  readonly endpoint: string;
  readonly recorder: Recorder;
  /** In this process unless said. */
  readonly run?: Run | undefined;
  readonly iteratorAge?: ((ms: number) => void) | undefined;
}

export async function aCloudWorld({
  endpoint,
  recorder,
  run,
  iteratorAge,
  ...settings
}: CloudSettings): Promise<CloudWorld> {
  const cloud = await openCloud({ endpoint, recorder, run, iteratorAge });
  const world = await worldAt(cloud, settings);
  const { services, queues, complaints, wire, parameters } = cloud;
  const more = {
    get table() {
      return cloud.table();
    },
    loseTable: () => cloud.loseTable(),
    services,
    queues,
    complaints,
    wire,
    parameters,
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
async function openCloud({
  endpoint,
  recorder,
  run = inThisProcess,
  iteratorAge,
}: Omit<CloudSettings, keyof WorldSettings>) {
  let table = await localTable(endpoint);
  const chance = chanceOf(seed);
  const complaints: string[] = [];
  let time: VirtualTime | undefined;
  const now = () => time?.clock.now() ?? 0;
  const later = wakeAt(() => time);
  const queues: Map<string, Queue> = new Map();
  const bury = (id: string, body: string) => void queues.get(id)?.send(body);
  for (const shape of shapes) queues.set(shape.id, openQueue(shape, { now, later, chance, bury }));
  const { accountSid, authToken } = simulatedAccount;
  const parameters: Record<string, string> = {
    "/muster/twilio": JSON.stringify({ accountSid, authToken }),
    "/muster/teams": JSON.stringify({ clientSecret: simulatedTeams.bot.secret }),
    "/muster/hub-key": JSON.stringify({ key: "a key of the twin, and of no hub" }),
  };
  const services = awsServices({ now, chance, queues, parameters });
  // Asking the stream for news costs more than all else, so it is asked only when there can be some.
  let isNews = true;
  const written = () => {
    isNews = true;
  };
  const tables = [table];
  tellOfWrites(table.client, written);
  const news = async () => {
    if (!isNews) return [];
    isNews = false;
    return table.news();
  };
  const wire = await openWire({
    table: () => table,
    services: services.answer,
    called: recorder.note,
    refused: (name, { action, resource }) =>
      void complaints.push(`${name}: may not ${action} on ${resource}`),
    written,
  });
  const ground: Ground = {
    run,
    recorder,
    written,
    now,
    later,
    iteratorAge,
    table: () => table,
    queues,
    news,
    chance,
    complaints,
    services,
    wire,
  };
  let running: Running | undefined;

  return {
    messagingServiceSid: dressed.twilioMessagingService,
    ...(run === inThisProcess ? {} : { chatServiceUrl }),
    table: () => table,
    services,
    queues,
    complaints,
    wire,
    parameters,
    hold: (name: FunctionName, held: boolean) => running?.hold(name, held),
    cool: () => running?.cool(),
    async open(settings: HostSettings) {
      time = settings.time;
      running = await deploy(ground, settings);
      return running;
    },
    /** The table is lost, and restored under another name; the next deployment adopts it. */
    async loseTable() {
      const items = await allItems(table);
      table = await localTable(endpoint, items);
      tellOfWrites(table.client, written);
      tables.push(table);
    },
    async leave() {
      await wire.close();
      await Promise.all(tables.map((each) => each.drop()));
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

export type Functions = Readonly<Record<FunctionName, Invoke>>;

interface Running extends Host {
  hold(name: FunctionName, held: boolean): void;
  cool(): void;
}

/** The functions of one deployment. */
export interface RunningFunctions {
  readonly invoke: Functions;
  /** What stands before them; the door of the one-machine host where it is left out. */
  readonly door?: (aside: HostSettings["aside"]) => RequestListener;
  /** Whatever runs next starts anew. */
  cool(): void;
  stop(): Promise<void>;
}

/** How functions run: in this process, or each in its own. */
export type Run = (deployment: Deployment) => Promise<RunningFunctions>;

export interface Deployment extends Pick<HostSettings, "config" | "time" | "chat"> {
  readonly ground: Ground;
  readonly url: string;
}

export interface Ground {
  readonly now: () => number;
  readonly later: (delay: number) => void;
  /** Told of each batch of the feed how old its oldest record is. */
  readonly iteratorAge: ((ms: number) => void) | undefined;
  readonly run: Run;
  readonly recorder: Recorder;
  readonly written: () => void;
  /** The one that is adopted now. */
  readonly table: () => LocalTable;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly news: () => Promise<readonly unknown[]>;
  readonly chance: Chance;
  readonly complaints: string[];
  readonly services: Services;
  readonly wire: Wire;
}

async function deploy(ground: Ground, { port, aside, ...settings }: HostSettings): Promise<Running> {
  let listener = notYet;
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { accessKeyId: key } = secondAccount.credentials;
  ground.wire.carrier = { url: url + secondCarrierPath, key, region: secondAccount.region };
  const running = await ground.run({ ...settings, ground, url });
  const { invoke } = running;
  await invoke["apply-config"]({});
  const outside = { publicUrl: undefined, proofs: new Set<never>() };
  listener = running.door?.(aside) ?? doorOf({ invoke, aside, outside });

  const pumps = pumpsOf(ground, invoke);
  const stopSweeping = sweepEveryMinute(invoke, settings.time, ground.chance);
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
      for (const each of pumps) if (each.name === name) each.hold(held);
    },
    cool: () => running.cool(),
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
      await running.stop();
    },
  };
}

function pumpsOf(
  { news, queues, chance, now, later, iteratorAge }: Ground,
  invoke: Functions,
): readonly (Feed | Consumer)[] {
  return mappings.map((mapping) => {
    if (mapping.filters !== undefined)
      return openFeed({ mapping, news, invoke: invoke[mapping.name], chance, now, later, age: iteratorAge });
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
      // Nobody waits for an answer: what fails is told by the function's own log, and by Lambda's count.
      const fire = (name: FunctionName) => invoke[name]({ id: "sweep", source: "aws.events" });
      running = Promise.allSettled(swept.map(fire));
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
