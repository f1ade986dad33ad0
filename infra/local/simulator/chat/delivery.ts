// How an activity reaches the bot: signed, posted to its address, once more where it did not take it; and, on demand,
// doubled, late, or never.
import { setTimeout as pause } from "node:timers/promises";
import type { Timers } from "../twilio/timers.ts";
import type { SimulatedTeams } from "./account.ts";
import { isObject, type Json } from "./cards.ts";
import type { Claims } from "./keys.ts";
import { channelToken } from "./sign-in.ts";

export type Delivered =
  | { readonly outcome: "answered"; readonly status: number; readonly body: unknown }
  | { readonly outcome: "unreachable" }
  /** It was lost on the way, on demand; or the bot has no address. */
  | { readonly outcome: "nowhere" };

export type DeliveryFault =
  /** The same activity twice. */
  | { readonly kind: "doubled"; readonly times?: number }
  | { readonly kind: "late"; readonly ms: number; readonly times?: number }
  | { readonly kind: "lost"; readonly times?: number };

export interface Sent {
  readonly at: number;
  readonly activity: Json;
  readonly outcome: Delivered;
}

/** In place of what a channel would sign. */
export interface Forged {
  readonly claims?: Claims;
  /** The whole header; null: none. */
  readonly authorization?: string | null;
}

export interface DeliverySettings {
  readonly account: SimulatedTeams;
  readonly address: () => string | undefined;
  readonly serviceUrl: () => string;
  readonly now: () => number;
  readonly timers: Timers;
}

/** A client waits no longer for what a press brings; for everything else the connector has more patience. */
const patience = { invoke: 10_000, other: 15_000 } as const;
const beforeAgain = 100;

export function deliveries({ account, address, serviceUrl, now, timers }: DeliverySettings) {
  const sent: Sent[] = [];
  let faults: { readonly fault: DeliveryFault; left: number }[] = [];

  const next = (): DeliveryFault | undefined => {
    const [found] = faults;
    if (found === undefined) return undefined;
    found.left -= 1;
    faults = faults.filter(({ left }) => left > 0);
    return found.fault;
  };
  const once = async (to: string, activity: Json, forged: Forged): Promise<Delivered> => {
    const claimed = typeof activity["serviceUrl"] === "string" ? activity["serviceUrl"] : serviceUrl();
    const token = channelToken(account.bot.id, claimed, now(), forged.claims);
    const authorization = forged.authorization === undefined ? `Bearer ${token}` : forged.authorization;
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)",
      "x-ms-tenant-id": account.tenant,
      ...(isObject(activity["conversation"]) && {
        "x-ms-conversation-id": String(activity["conversation"]["id"]),
      }),
      ...(authorization !== null && { authorization }),
    };
    const signal = AbortSignal.timeout(activity["type"] === "invoke" ? patience.invoke : patience.other);
    try {
      const answered = await fetch(to, {
        method: "POST",
        headers,
        body: JSON.stringify(activity),
        signal,
        redirect: "manual",
      });
      return { outcome: "answered", status: answered.status, body: parsed(await answered.text()) };
    } catch {
      return { outcome: "unreachable" };
    }
  };
  const insisting = async (to: string, activity: Json, forged: Forged): Promise<Delivered> => {
    const first = await once(to, activity, forged);
    // Nobody presses twice for somebody: a press that fails is shown to whoever pressed.
    if (isTaken(first) || activity["type"] === "invoke") return first;
    await pause(beforeAgain);
    return once(to, activity, forged);
  };
  const through = async (activity: Json, forged: Forged): Promise<Delivered> => {
    const to = address();
    const fault = next();
    if (to === undefined || fault?.kind === "lost") return { outcome: "nowhere" };
    if (fault?.kind === "late") await new Promise<void>((resolve) => timers.after(fault.ms, resolve));
    const outcome = await insisting(to, activity, forged);
    if (fault?.kind === "doubled") await insisting(to, activity, forged);
    return outcome;
  };

  return {
    sent,
    fail: (...added: readonly DeliveryFault[]): void =>
      void faults.push(...added.map((fault) => ({ fault, left: fault.times ?? 1 }))),
    async deliver(activity: Json, forged: Forged = {}): Promise<Delivered> {
      const at = now();
      const outcome = await through(activity, forged);
      sent.push({ at, activity, outcome });
      return outcome;
    },
  };
}

/** What it does not want it does not get again. */
const isTaken = (delivered: Delivered): boolean => delivered.outcome === "answered" && delivered.status < 500;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
