// Phones that do not exist, and the provider between them and the hub. It speaks Twilio's REST API and sends Twilio's
// signed webhooks, so that the hub can't tell the difference; and it fails on command.
import type { SimulatedAccount } from "./account.ts";
import { type Api, answerApi } from "./api.ts";
import type { AnsweredBy } from "./calls/call.ts";
import type { CalleeScript } from "./calls/callees.ts";
import type { CallerScript } from "./calls/callers.ts";
import { type ExchangeSettings, exchange } from "./calls/exchange.ts";
import { control } from "./control.ts";
import { type DeliveryParts, deliver } from "./delivery.ts";
import { eventStream, type SimulatorEvent } from "./events.ts";
import { type FaultScript, faultSchema, faultScript } from "./faults.ts";
import { type TextOutcome, textFrom } from "./inbound.ts";
import { type Handsets, handsetsOf, type OtherCarrier } from "./other-carrier.ts";
import { type Phone, phoneMemory } from "./phones.ts";
import { scripted } from "./refusals.ts";
import { answer, type SimulatorReply, type SimulatorRequest } from "./replies.ts";
import { cancellable, realTimers, type Timers } from "./timers.ts";
import { type Post, postByHttp } from "./webhooks.ts";

export interface SimulatorSettings
  extends SimulatedAccount,
    Pick<ExchangeSettings, "callsPerSecond" | "speechSpeed"> {
  /** The hub's address for inbound messages; asked anew each time, for it may not be known before the hub listens. */
  readonly inboundUrl: string | (() => string);
  /** And for calls from a phone; left out: `line` beside it. */
  readonly voiceUrl?: string | (() => string);
  /** Where such a call is led when there is no answer; left out: `line-fallback` beside the other. */
  readonly voiceFallbackUrl?: string | (() => string);
  /** Where it is told that such a call is over; nowhere where it is left out. */
  readonly voiceStatusUrl?: string | (() => string);
  readonly now?: () => number;
  readonly timers?: Timers;
  readonly post?: Post;
}

export interface PhoneSimulator {
  handle(request: SimulatorRequest): Promise<SimulatorReply>;
  numbers(): readonly string[];
  phone(number: string): Phone;
  /**
   * A text from that phone, to the number that texted it last or to this provider's own; resolves when the hub has
   * answered, or another carrier has taken it.
   */
  text(number: string, body: string, to?: string): Promise<TextOutcome>;
  /** Another carrier reaches the same phones from now on. */
  join<Carrier extends OtherCarrier>(open: (handsets: Handsets) => Carrier): Carrier;
  /** How the owner of that phone behaves when it rings from now on. */
  callee(number: string, script: CalleeScript): void;
  /** A call from that phone to the hub, by hand or by a script of what is pressed and said; answers its sid. */
  callHub(number: string, script?: CallerScript): string;
  /** False when the call is not at that point. */
  answer(sid: string, by?: AnsweredBy): boolean;
  press(sid: string, digits: string): boolean;
  hangUp(sid: string): boolean;
  fail(...faults: readonly FaultScript[]): void;
  subscribe(listener: (event: SimulatorEvent) => void): () => void;
  /** When every webhook on its way has been answered. */
  settled(): Promise<void>;
  close(): void;
}

/** What stands before Twilio's own paths: TWILIO_API_URL ends with it. */
export const apiPath = "/simulator/twilio";

export function phoneSimulator(settings: SimulatorSettings): PhoneSimulator {
  const memory = phoneMemory();
  const faults = faultScript();
  const events = eventStream();
  const { timers, cancelAll } = cancellable(settings.timers ?? realTimers);
  const work = new Set<Promise<void>>();
  const parts: DeliveryParts = {
    account: settings,
    now: settings.now ?? Date.now,
    timers,
    post: settings.post ?? postByHttp,
    faults,
    events,
    background(task) {
      const tracked = task.finally(() => work.delete(tracked));
      work.add(tracked);
    },
  };
  const inboundUrl = () => asked(settings.inboundUrl);
  const beside = (name: string) => new URL(name, inboundUrl()).href;
  const { callsPerSecond, speechSpeed, voiceUrl, voiceFallbackUrl, voiceStatusUrl } = settings;
  const calls = exchange(parts, {
    ...(callsPerSecond !== undefined && { callsPerSecond }),
    ...(speechSpeed !== undefined && { speechSpeed }),
    voiceUrl: () => asked(voiceUrl ?? beside("line")),
    voiceFallbackUrl: () => asked(voiceFallbackUrl ?? beside("line-fallback")),
    ...(voiceStatusUrl !== undefined && { voiceStatusUrl: () => asked(voiceStatusUrl) }),
  });
  const api = {
    exchange: calls,
    account: settings,
    memory,
    now: parts.now,
    taken: (message) => deliver(message, parts),
  } satisfies Api;
  const numbers = () => [...new Set([...memory.numbers(), ...calls.memory.numbers()])].sort();
  const phone = (number: string): Phone => ({ ...memory.phone(number), calls: calls.calls(number) });
  const others: OtherCarrier[] = [];
  const text = (number: string, body: string, to = memory.texter(number)) =>
    others.find(({ numbers: own }) => to !== undefined && own.includes(to))?.text(number, body) ??
    textFrom(number, body, inboundUrl(), memory, parts);
  const follow = (signal: AbortSignal) => events.follow(signal);
  const controls = { numbers, phone, exchange: calls, faults, text, follow };

  return {
    handle(request) {
      const url = new URL(request.path, "http://simulator");
      const other = others.find(({ path }) => url.pathname.startsWith(path));
      if (other !== undefined) return other.handle(request);
      if (!url.pathname.startsWith(`${apiPath}/`)) return control(request, url.pathname, controls);
      return provider(request, url, api, parts);
    },
    numbers,
    phone,
    text,
    join(open) {
      const other = open(handsetsOf(memory, calls, parts));
      others.push(other);
      return other;
    },
    callee: calls.callee,
    callHub: calls.dial,
    answer: calls.answer,
    press: calls.press,
    hangUp: calls.hangUp,
    fail: (...added) => faults.add(added.map((fault) => faultSchema.parse(fault))),
    subscribe: (listener) => events.subscribe(listener),
    async settled() {
      while (work.size > 0) await Promise.all(work);
    },
    close: cancelAll,
  };
}

const asked = (address: string | (() => string)): string =>
  typeof address === "string" ? address : address();

const ofRequests = [
  "status",
  "html",
  "reset-before",
  "silent-before",
  "reset-after",
  "silent-after",
  "slow",
] as const;

/** Twilio's API, or what a fault makes of it: before the message is taken, or after. */
async function provider(
  { method, headers, body }: SimulatorRequest,
  url: URL,
  api: Api,
  { faults, timers }: DeliveryParts,
): Promise<SimulatorReply> {
  const form = new URLSearchParams(body);
  const to = (method === "POST" ? form : url.searchParams).get("To") ?? "";
  const fault = faults.next(to, ...ofRequests);
  if (fault?.kind === "reset-before") return { kind: "reset" };
  if (fault?.kind === "silent-before") return { kind: "silence" };
  if (fault?.kind === "html")
    return answer({ status: fault.status, headers: { "content-type": "text/html" }, body: "<h1>Sorry</h1>" });
  if (fault?.kind === "status") return answer(scripted(fault.status, fault.code));
  if (fault?.kind === "slow") await new Promise<void>((resolve) => timers.after(fault.ms, resolve));
  const { searchParams: query, pathname } = url;
  const authorization = headers["authorization"];
  const said = answerApi({ method, path: pathname.slice(apiPath.length), query, authorization, form }, api);
  if (fault?.kind === "reset-after") return { kind: "reset" };
  return fault?.kind === "silent-after" ? { kind: "silence" } : answer(said);
}
