// One question to the connector or to Graph as the bot: with its token, at its pace, and to nobody whom we don't trust. What
// is over in a moment is waited for here, once.
import { setTimeout as pause } from "node:timers/promises";
import { type Duration, seconds } from "../../core/time.ts";
import type { Clock } from "../../ports.ts";
import { below, type TeamsAddresses, trustedAddress } from "./addresses.ts";
import { giveUp, type Sorted, sorted, type Wish } from "./answers.ts";
import type { Scope, Tokens } from "./token.ts";
import { type Asked, exchange } from "./transport.ts";

export interface Question extends Wish {
  readonly method: Asked["method"];
  /** Below which the path is. */
  readonly base: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface AskingSettings {
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly addresses: TeamsAddresses;
  /** Answers when there is room for one more. */
  readonly room: () => Promise<void>;
  readonly patience?: Duration;
}

/** Whoever waits longer holds up the others of his batch: the caller's own schedule does that better. */
const shortWait: Duration = seconds(3);

export function asking(
  { tokens, clock, addresses, room, patience = seconds(5) }: AskingSettings,
  scope: Scope,
): (question: Question) => Promise<Sorted> {
  const connectorOrGraph = { trusts: (url: URL) => addresses.trusts(url) || isGraph(url) };
  const isGraph = (url: URL): boolean => scope === "graph" && url.origin === new URL(addresses.graph).origin;

  /** `status` is 0 where nothing was asked. */
  const once = async (question: Question): Promise<{ readonly status: number; readonly found: Sorted }> => {
    const { method, base, path, body } = question;
    if (trustedAddress(base, connectorOrGraph) === undefined)
      return { status: 0, found: giveUp("sender-misconfigured", true) };
    const signedIn = await tokens.token(scope);
    if (signedIn.outcome !== "done") return { status: 0, found: signedIn };
    await room();
    const answered = await exchange({
      method,
      url: below(base, path),
      headers: {
        authorization: `Bearer ${signedIn.token}`,
        ...(body !== undefined && { "content-type": "application/json; charset=utf-8" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      within: patience,
    });
    const status = answered.outcome === "answered" ? answered.status : 0;
    // It may have been taken back before its end: the next one is asked for anew.
    if (status === 401) tokens.forget(scope, signedIn.token);
    return { status, found: sorted(answered, question, clock.now()) };
  };

  return async (question) => {
    const { status, found } = await once(question);
    if (status === 401) return (await once(question)).found;
    const wait = status === 429 && found.outcome === "retry" ? found.after : undefined;
    if (wait === undefined || wait > Math.min(shortWait, patience)) return found;
    await pause(wait);
    return (await once(question)).found;
  };
}
