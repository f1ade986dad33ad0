// Phones that do not exist, and the provider between them and the hub. It speaks Twilio's REST API and sends Twilio's
// signed webhooks, so that the hub can't tell the difference; and it fails on command.
import type { SimulatedAccount } from "./account.ts";
import { control } from "./control.ts";
import { type DeliveryParts, deliver } from "./delivery.ts";
import { eventStream, type SimulatorEvent } from "./events.ts";
import { type FaultScript, faultSchema, faultScript } from "./faults.ts";
import { type TextOutcome, textFrom } from "./inbound.ts";
import { answerApi, type MessagesApi } from "./messages-api.ts";
import { type Phone, phoneMemory } from "./phones.ts";
import { json } from "./refusals.ts";
import { answer, type SimulatorReply, type SimulatorRequest } from "./replies.ts";
import { cancellable, realTimers, type Timers } from "./timers.ts";
import { type Post, postByHttp } from "./webhooks.ts";

export interface SimulatorSettings extends SimulatedAccount {
  /** The hub's address for inbound messages; asked anew each time, for it may not be known before the hub listens. */
  readonly inboundUrl: string | (() => string);
  readonly now?: () => number;
  readonly timers?: Timers;
  readonly post?: Post;
}

export interface PhoneSimulator {
  handle(request: SimulatorRequest): Promise<SimulatorReply>;
  numbers(): readonly string[];
  phone(number: string): Phone;
  /** A text from that phone to the hub; resolves when the hub has answered. */
  text(number: string, body: string): Promise<TextOutcome>;
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
  const api = {
    account: settings,
    memory,
    now: parts.now,
    taken: (message) => deliver(message, parts),
  } satisfies MessagesApi;
  const inboundUrl = () =>
    typeof settings.inboundUrl === "string" ? settings.inboundUrl : settings.inboundUrl();
  const text = (number: string, body: string) => textFrom(number, body, inboundUrl(), memory, parts);
  const controls = { memory, faults, text, follow: (signal: AbortSignal) => events.follow(signal) };

  return {
    handle(request) {
      const url = new URL(request.path, "http://simulator");
      if (!url.pathname.startsWith(`${apiPath}/`)) return control(request, url.pathname, controls);
      return provider(request, url, api, parts);
    },
    numbers: memory.numbers,
    phone: memory.phone,
    text,
    fail: (...added) => faults.add(added.map((fault) => faultSchema.parse(fault))),
    subscribe: (listener) => events.subscribe(listener),
    async settled() {
      while (work.size > 0) await Promise.all(work);
    },
    close: cancelAll,
  };
}

/** Twilio's API, or what a fault makes of it: before the message is taken, or after. */
async function provider(
  { method, headers, body }: SimulatorRequest,
  url: URL,
  api: MessagesApi,
  { faults, timers }: DeliveryParts,
): Promise<SimulatorReply> {
  const form = new URLSearchParams(body);
  const to = (method === "POST" ? form : url.searchParams).get("To") ?? "";
  const fault = faults.next(to, "status", "html", "reset-before", "reset-after", "silent-after", "slow");
  if (fault?.kind === "reset-before") return { kind: "reset" };
  if (fault?.kind === "html")
    return answer({ status: fault.status, headers: { "content-type": "text/html" }, body: "<h1>Sorry</h1>" });
  if (fault?.kind === "status") {
    const { status, code = status } = fault;
    return answer(json(status, { code, message: "Scripted fault", more_info: "", status }));
  }
  if (fault?.kind === "slow") await new Promise<void>((resolve) => timers.after(fault.ms, resolve));
  const { searchParams: query, pathname } = url;
  const authorization = headers["authorization"];
  const said = answerApi({ method, path: pathname.slice(apiPath.length), query, authorization, form }, api);
  if (fault?.kind === "reset-after") return { kind: "reset" };
  return fault?.kind === "silent-after" ? { kind: "silence" } : answer(said);
}
