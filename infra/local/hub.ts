// The whole of Muster in one process: the same functions as in the cloud, the same table, another set of adapters.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { secureMint } from "../../functions/adapters/aws/mint.ts";
import { derivedDialIn } from "../../functions/adapters/hub-key/dial-in.ts";
import { signedLinks } from "../../functions/adapters/hub-key/links.ts";
import { openSqliteStore, type SqliteStore } from "../../functions/adapters/sqlite/store.ts";
import { teamsChannel } from "../../functions/adapters/teams/channel.ts";
import { twilioRecordings } from "../../functions/adapters/twilio/recordings.ts";
import { twilioRooms } from "../../functions/adapters/twilio/rooms.ts";
import { twilioSignature } from "../../functions/adapters/twilio/signature.ts";
import { twilioSms } from "../../functions/adapters/twilio/sms.ts";
import { twimlScripts } from "../../functions/adapters/twilio/twiml.ts";
import { twilioVoice } from "../../functions/adapters/twilio/voice.ts";
import { pagesAt } from "../../functions/command-post.ts";
import { carriers } from "../../functions/core/contact.ts";
import type { Clock, SecondCarrier, WakeUps } from "../../functions/ports.ts";
import { heardEvents, type Subscription, subscriptions } from "../../functions/subscriptions.ts";
import { type Subscriber, startBus } from "./bus/bus.ts";
import { startEveryMinute } from "./bus/every-minute.ts";
import { realWaits, type Waits } from "./bus/waits.ts";
import { startWakeUps } from "./bus/wake-ups.ts";
import { botAt, type ChatSettings } from "./chat-bot.ts";
import { consoleTools, type Level } from "./console.ts";
import { type Invoke, invocables, type LocalFunction, localFunctions } from "./functions.ts";
import { type Aside, doorOf, localServer, notYet } from "./http.ts";
import { keptHubKey } from "./hub-key.ts";
import { outsideOf } from "./outside.ts";
import { keepPrivate } from "./private-data.ts";
import { refusalLog } from "./refusal-log.ts";
import type { TwilioSettings } from "./settings.ts";

export interface HubSettings {
  readonly port: number;
  /** Folder of the store; made when it is not there. */
  readonly data: string;
  /** The organisation's file, as text. */
  readonly config: string;
  readonly twilio: TwilioSettings;
  /** The way out when Twilio is down, for the hub's own address; none unless given. */
  readonly secondCarrier?: ((url: string) => SecondCarrier) | undefined;
  /** The bot, and where responders meet while that can be reached; none unless given. */
  readonly chat?: ChatSettings | undefined;
  /** Where providers reach us; this machine's own address unless given. */
  readonly publicUrl?: string | undefined;
  readonly level?: Level;
  readonly clock?: Clock;
  readonly waits?: Waits;
  readonly durable?: boolean;
  /** What answers beside the functions: the simulators. */
  readonly aside?: Aside;
}

export interface Hub {
  readonly url: string;
  readonly store: SqliteStore;
  readonly invoke: Readonly<Record<LocalFunction, Invoke>>;
  /** Answers when nothing runs any more but what waits for its time. */
  idle(): Promise<void>;
  /** Takes no more, ends what runs, and gives the data free. */
  close(): Promise<void>;
}

/** Paging has room of its own: a storm of alerts keeps the batches of its function busy and no other's. */
const lanes: Partial<Record<LocalFunction, Pick<Subscriber, "batch" | "concurrency">>> = {
  "handle-alert": { batch: 50, concurrency: 4 },
  "accept-alerts": { batch: 1, concurrency: 2 },
  "send-page": { batch: 5, concurrency: 16 },
  "send-notice": { batch: 5, concurrency: 4 },
  "end-calls": { batch: 5, concurrency: 4 },
  "update-cards": { batch: 5, concurrency: 2 },
  "call-in": { batch: 5, concurrency: 4 },
  "update-site": { batch: 5, concurrency: 4 },
};
const ordinary = { batch: 10, concurrency: 2 };

export async function startHub(settings: HubSettings): Promise<Hub> {
  const { clock = { now: () => Date.now() }, waits = realWaits, level = "normal" } = settings;
  keepPrivate(settings.data, consoleTools("data", level).log);
  const store = openSqliteStore(join(settings.data, "muster.db"), {
    durable: settings.durable ?? true,
    hears: (type) => heardEvents.has(type),
  });

  let listener = notYet;
  const server = localServer((request, response) => listener(request, response));
  await listening(server, settings.port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const publicUrl = settings.publicUrl ?? url;

  const { sender, caller } = settings.twilio;
  // The simulator stands at this machine's own address, and what it signs counts nowhere else.
  const providerUrl = settings.twilio.mode === "simulator" ? url : publicUrl;
  const account = { ...settings.twilio.account(url), publicUrl: providerUrl };
  const bot = botAt(settings.chat, url, clock);
  const channels = {
    sms: twilioSms({ ...account, sender }),
    voice: twilioVoice({ ...account, from: caller }),
    teams: teamsChannel(bot.chat),
  };
  const hubKey = keptHubKey(settings.data);
  // The clock of the machine starts after the functions that it calls were made.
  const wakeUps: WakeUps = { hint: (...hint) => running.hint(...hint) };
  const second = settings.secondCarrier?.(url);
  const isThere = { twilio: true, aws: second !== undefined, teams: settings.chat !== undefined };
  const names = carriers.filter((name) => isThere[name]);
  const ports = {
    ...store,
    clock,
    mint: secureMint(clock, "A"),
    channels,
    secondCarrier: second ?? { sms: undefined, voice: undefined },
    carrierNames: { all: () => names },
    callScripts: twimlScripts(providerUrl),
    links: signedLinks(hubKey, publicUrl),
    ...bot,
    commandPost: pagesAt(publicUrl),
    wakeUps,
    configAsset: { read: () => Promise.resolve(settings.config) },
    twilioSignature: twilioSignature([settings.twilio.authToken], providerUrl),
    recordings: twilioRecordings(account),
    rooms: twilioRooms(account),
    dialIn: derivedDialIn(hubKey, caller),
    signInSettings: { signIn: () => ({ mode: "local" }) as const },
  };
  const invoke = invocables(ports, (name) => consoleTools(name, level));
  await invoke["apply-config"]({});

  listener = doorOf({
    invoke,
    aside: settings.aside ?? (() => false),
    outside: outsideOf(settings),
    refused: refusalLog(consoleTools("http", level).log, clock),
  });

  const call = (name: LocalFunction) => invoke[name] as Subscriber["handler"];
  const bus = startBus({
    store,
    clock,
    waits,
    subscribers: localFunctions.flatMap((name) => {
      const row: Subscription = subscriptions[name];
      return row.on === undefined
        ? []
        : [{ name, types: row.on, handler: call(name), ...(lanes[name] ?? ordinary) }];
    }),
  });
  // Its own sweep is a part of the clock of the machine.
  const clockwork = localFunctions
    .filter((name) => name !== "fire-timers" && (subscriptions[name] as Subscription).every !== undefined)
    .map((name) => startEveryMinute({ name, clock, waits, fire: invoke[name], report: () => undefined }));
  const running = startWakeUps({
    store,
    clock,
    waits,
    fire: (event) => invoke["fire-timers"](event) as Promise<void>,
  });

  return {
    url,
    store,
    invoke,
    async idle() {
      await Promise.all(clockwork.map((each) => each.idle()));
      await bus.idle();
      await running.idle();
      await bus.idle();
    },
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeIdleConnections();
      await Promise.all(clockwork.map((each) => each.drain()));
      await running.drain();
      await bus.drain();
      server.closeAllConnections();
      await closed;
      await store.close();
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken =
        cause.code === "EADDRINUSE" ? `Port ${port} is in use; choose another with --port` : cause.message;
      failed(new Error(taken, { cause }));
    });
    // Loopback only: this host has no sign-in.
    server.listen(port, "127.0.0.1", () => done());
  });
}
