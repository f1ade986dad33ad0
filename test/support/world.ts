// A night on call: the whole hub in this process, phones that do not exist, and a clock that the test moves. Everything
// between them goes over real HTTP, signed as the provider signs it. Where the hub runs is the place's affair.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { stringify } from "yaml";
import type { Aside } from "../../infra/local/http.ts";
import { startHub } from "../../infra/local/hub.ts";
import { waysInto } from "../../infra/local/second-carrier.ts";
import {
  type ChatSettings,
  simulatedChat,
  simulatedSecondCarrier,
  type TwilioSettings,
  twilioSettings,
} from "../../infra/local/settings.ts";
import {
  type ChatSimulator,
  chatPath,
  chatSimulator,
} from "../../infra/local/simulator/chat/chat-simulator.ts";
import { secondAccount } from "../../infra/local/simulator/second-carrier/account.ts";
import {
  type SecondCarrierSettings,
  type SecondCarrierSimulator,
  secondCarrier,
} from "../../infra/local/simulator/second-carrier/carrier.ts";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import type { PhoneCall } from "../../infra/local/simulator/twilio/calls/call.ts";
import type { FaultScript } from "../../infra/local/simulator/twilio/faults.ts";
import { simulatorListener } from "../../infra/local/simulator/twilio/listener.ts";
import { type PhoneSimulator, phoneSimulator } from "../../infra/local/simulator/twilio/phone-simulator.ts";
import { loadConfig } from "../../schemas/load-config.ts";
import { dressed } from "../infra/support/said.ts";
import { type VirtualTime, virtualTime } from "./virtual-time.ts";

/** The sample as it stands at the root: everybody is in Teams as well. */
export const wholeSample = (): string => readFileSync(new URL("../../muster.yaml", import.meta.url), "utf8");

/** Without its lines about Teams: most nights are told of phones. */
export function sampleConfig(): string {
  const bare = wholeSample()
    .replaceAll(/^ +(- \{ id: chat, )?teams: .*\n/gm, "")
    .replace(/^chat:\n( .*\n)+/m, "")
    .replaceAll("[chat, ", "[");
  if (/^chat:|teams:/m.test(bare))
    throw new Error("The sample says more of Teams than its nights by phone know");
  return bare;
}

/** As a person of the sample, who is looked up in the config; without it, as the operator of this machine. */
export const asAda = { authorization: "Bearer ada@brightwater.example" };

/** The sample organisation's people, by their phones. */
export const phones = {
  ada: "+12025550101",
  linus: "+46701740605",
  joan: "+12025550143",
  joanPrivate: "+12025550144",
  mei: "+61491570156",
} as const;

/** The second carrier's numbers, by what the two hosts call them. */
const origins = {
  [secondAccount.number]: secondAccount.number,
  [dressed.secondCarrierSms]: secondAccount.number,
  [dressed.secondCarrierVoice]: secondAccount.number,
};

export interface Told {
  readonly type: string;
  readonly text: string;
  readonly at: string;
}

export interface Seen {
  readonly id: string;
  readonly phase: string;
  readonly title: string;
  readonly alerts: number;
  readonly drill: boolean;
  readonly owner?: { readonly id: string };
  readonly request?: { readonly state: string; readonly until?: string };
  readonly pages: readonly {
    readonly id: string;
    readonly state: string;
    readonly code: string;
    readonly person: { readonly id: string };
    readonly deliveries: readonly { readonly state: string; readonly reason?: string }[];
  }[];
  readonly samples: readonly { readonly title: string; readonly firing: boolean }[];
  readonly timeline: readonly Told[];
}

export interface World {
  /** The hub's address. */
  readonly url: string;
  readonly simulator: PhoneSimulator;
  /** Where responders meet; the hub looks at it where the world was made with a chat. */
  readonly chat: ChatSimulator;
  /** Sends an alert to the generic source. */
  alert(
    alert: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  get<Body>(path: string, headers?: Readonly<Record<string, string>>): Promise<Body>;
  /** `by`: the e-mail address of a person who signs in; the operator of the machine where it is left out. */
  order(
    incident: string,
    type: string,
    fields?: Readonly<Record<string, string>>,
    by?: string,
  ): Promise<Response>;
  open(): Promise<readonly Seen[]>;
  incident(id: string): Promise<Seen>;
  /** The one open incident; fails when there is none or more. */
  theIncident(): Promise<Seen>;
  readonly secondCarrier: SecondCarrierSimulator;
  texts(phone: string): readonly string[];
  /** Those of them that ask for an answer. */
  pages(phone: string): readonly string[];
  lastCall(phone: string): PhoneCall | undefined;
  /** What was said in it. */
  heard(phone: string): string;
  /** The room that it is in. */
  roomOf(phone: string): string | undefined;
  /** To the number that texted the phone last; answers what the hub says to it. */
  reply(phone: string, text: string): Promise<string>;
  fail(...faults: readonly FaultScript[]): void;
  pass(ms: number): Promise<void>;
  /** Lets everything that is under way come to rest, at the same time of the clock. */
  rest(): Promise<void>;
  now(): number;
  /** Kills the hub as it is and starts it again on the same data, with another organisation where one is given. */
  restart(config?: string): Promise<void>;
  end(): Promise<void>;
}

export interface WorldSettings {
  readonly config?: string | object;
  readonly start?: string;
  /** With a chat; without one unless said. */
  readonly chat?: true;
  /** Twilio is the only carrier; with a second one unless said. */
  readonly alone?: true;
}

/** What an incident's timeline says, line by line. */
export const told = ({ timeline }: Seen): string => timeline.map(({ text }) => text).join("\n");

/** A hub that runs. */
export interface Host {
  readonly url: string;
  /** Answers when nothing is under way but what waits for time to pass. */
  idle(): Promise<void>;
  close(): Promise<void>;
  /** How the second carrier brings its events and what people text to it. */
  readonly ways: Pick<SecondCarrierSettings, "report" | "inbound">;
}

export interface HostSettings {
  readonly port: number;
  /** The organisation's file, as text. */
  readonly config: string;
  readonly time: VirtualTime;
  readonly aside: Aside;
  readonly chat: ChatSettings | undefined;
  readonly alone: boolean;
}

/** Where hubs run, and what stays there when one ends. */
export interface Place {
  /** What texts come from where it is no number. */
  readonly messagingServiceSid?: string;
  /** Where the bot speaks to the chat; beside the hub where it is left out. */
  readonly chatServiceUrl?: string;
  open(settings: HostSettings): Promise<Host>;
  leave(): Promise<void>;
}

export const aWorld = (settings?: WorldSettings): Promise<World> => worldAt(oneMachine(), settings);

function oneMachine(): Place {
  const data = mkdtempSync(join(tmpdir(), "muster-journey-"));
  return {
    async open({ time: { clock, waits }, alone, ...settings }) {
      const hub = await startHub({
        ...settings,
        data,
        twilio: alone ? impatient(twilioSettings({})) : twilioSettings({}),
        secondCarrier: alone ? undefined : simulatedSecondCarrier,
        level: "quiet",
        durable: false,
        clock,
        waits,
      });
      return Object.assign(hub, { ways: waysInto(() => hub.invoke) });
    },
    leave: async () => rmSync(data, { recursive: true, force: true }),
  };
}

/** Nights of silence wait for a second where the hub of a real night waits for five. */
const impatient = (settings: TwilioSettings): TwilioSettings => ({
  ...settings,
  account: (url) => ({ ...settings.account(url), timeoutMs: 1_000 }),
});

export async function worldAt(
  place: Place,
  { config = sampleConfig(), start = "2026-11-21T02:00:00Z", chat: withChat, alone }: WorldSettings = {},
): Promise<World> {
  const time = virtualTime(Date.parse(start));
  let organisation = typeof config === "string" ? config : stringify(config);
  let hub: Host;
  const simulator = phoneSimulator({
    ...simulatedAccount,
    ...(place.messagingServiceSid === undefined ? {} : { messagingServiceSid: place.messagingServiceSid }),
    inboundUrl: () => `${hub.url}/twilio/messages`,
    now: time.clock.now,
    timers: {
      after(ms, run) {
        const wait = time.waits.set(run, ms);
        return () => time.waits.clear(wait);
      },
    },
  });
  const second = simulator.join(
    secondCarrier({
      origins,
      report: (event) => hub.ways.report(event),
      inbound: (text) => hub.ways.inbound(text),
    }),
  );
  const listener = simulatorListener(simulator);
  const chat = chatSimulator({
    now: time.clock.now,
    ...(place.chatServiceUrl === undefined ? {} : { serviceUrl: place.chatServiceUrl }),
    people: () => peopleOf(organisation),
    deliverTo: () => (withChat === true ? `${hub.url}/teams/messages` : undefined),
  });
  const chatListener = simulatorListener(chat);
  const open = (port: number) =>
    place.open({
      port,
      config: organisation,
      time,
      aside: (request, response, path) => {
        if (!path.startsWith("/simulator")) return false;
        const answer = path.startsWith(chatPath) ? chatListener : listener;
        answer(request, response);
        return true;
      },
      chat: withChat === true ? simulatedChat : undefined,
      alone: alone === true,
    });
  hub = await open(0);

  const rest = async (): Promise<void> => {
    // A webhook may set off work in the hub, and that work another webhook.
    for (let round = 0; round < 3; round++) {
      await hub.idle();
      await simulator.settled();
    }
    await hub.idle();
  };
  const post = async (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(hub.url + path, {
      method: "POST",
      body: text,
      headers: { "content-type": "application/json", ...headers },
    });
    await rest();
    return answer;
  };
  const get = async <Body>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Body> =>
    (await (await fetch(hub.url + path, { headers })).json()) as Body;
  const incident = (id: string) => get<Seen>(`/api/incidents/${id}`);
  const openOnes = async () => {
    const { incidents } = await get<{ incidents: readonly { id: string }[] }>("/api/incidents");
    return Promise.all(incidents.map(({ id }) => incident(id)));
  };

  const texts = (phone: string): readonly string[] =>
    simulator
      .phone(phone)
      .messages.flatMap(({ direction, body }) => (direction === "outbound" ? [body] : []));

  const lastCall = (phone: string) => simulator.phone(phone).calls.at(-1);

  return {
    lastCall,
    heard: (phone) => lastCall(phone)?.spoken.join(" ") ?? "",
    roomOf: (phone) => lastCall(phone)?.conference?.name,
    texts,
    pages: (phone) => texts(phone).filter((text) => / Reply 1 [A-Z]\d{4} yes/.test(text)),
    get url() {
      return hub.url;
    },
    simulator,
    secondCarrier: second,
    chat,
    post,
    get,
    incident,
    rest,
    now: time.clock.now,
    open: openOnes,
    alert: (alert, headers) => post("/alerts/anything/demo-anything-key-0001", alert, headers),
    order: (id, type, fields = {}, by = "") =>
      post(
        `/api/incidents/${id}/commands`,
        { type, ...fields },
        by === "" ? {} : { authorization: `Bearer ${by}` },
      ),
    async theIncident() {
      const found = await openOnes();
      expect(found.map(({ title }) => title)).toHaveLength(1);
      return found[0] as Seen;
    },
    async reply(phone, text) {
      const before = texts(phone).length;
      const { replies } = await simulator.text(phone, text);
      await rest();
      // Twilio carries the answer with the request; the second carrier as a text that comes later.
      return replies.length > 0 ? replies.join("\n") : (texts(phone)[before] ?? "");
    },
    fail: (...faults) => simulator.fail(...faults),
    pass: (ms) => time.pass(ms, rest),
    async restart(changed = organisation) {
      organisation = changed;
      const port = Number(new URL(hub.url).port);
      await hub.close();
      hub = await open(port);
    },
    async end() {
      simulator.close();
      await hub.close();
      await place.leave();
    },
  };
}

/** Whoever is in the config is in the chat. */
const peopleOf = onceFor((config) => {
  const loaded = loadConfig(config);
  return "organisation" in loaded ? loaded.organisation.people : [];
});

/** The simulator asks for every request; reading a large organisation takes a while. */
function onceFor<Value>(read: (text: string) => Value): (text: string) => Value {
  let known: { readonly text: string; readonly value: Value } | undefined;
  return (text) => {
    if (known?.text !== text) known = { text, value: read(text) };
    return known.value;
  };
}
