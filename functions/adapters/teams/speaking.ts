// As whom the hub speaks: one app, its token, and one pace for all that it asks in this process.
import type { Duration } from "../../core/time.ts";
import type { Clock } from "../../ports.ts";
import { microsoft, type TeamsAddresses } from "./addresses.ts";
import type { Sorted } from "./answers.ts";
import { asking, type Question } from "./asking.ts";
import { pace } from "./pace.ts";
import type { FindSecret } from "./secret.ts";
import { botTokens } from "./token.ts";

export interface BotSettings {
  readonly app: string;
  readonly tenant: string;
  readonly secret: FindSecret;
  readonly clock: Clock;
  readonly addresses?: TeamsAddresses;
  readonly patience?: Duration;
}

export type Ask = (question: Question) => Promise<Sorted>;

export interface Speaking {
  readonly app: string;
  readonly tenant: string;
  readonly clock: Clock;
  readonly addresses: TeamsAddresses;
  readonly connector: Ask;
  readonly graph: Ask;
}

/** Of the 50 that the chat allows an app: functions run beside each other, and each counts only its own. */
const requestsPerSecond = 30;
const atOnce = 10;

export function speakingAs({ addresses = microsoft, ...settings }: BotSettings): Speaking {
  const { app, tenant } = settings;
  const tokens = botTokens({ ...settings, addresses });
  const about = { ...settings, tokens, addresses, room: pace(requestsPerSecond, atOnce) };
  return {
    app,
    tenant,
    clock: settings.clock,
    addresses,
    connector: asking(about, "connector"),
    graph: asking(about, "graph"),
  };
}
