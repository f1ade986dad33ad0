// A channel whose credentials are fetched when they are first needed, and again when they were changed.
import type { Channel } from "../../ports.ts";
import { isPassing } from "./passing.ts";

/** `open` makes the channel of its secret; the same secret gives the same channel. */
export function laterChannel<Secret extends object>(
  secret: () => Promise<Secret>,
  open: (secret: Secret) => Channel,
): Channel {
  const opened = new WeakMap<Secret, Channel>();
  const channel = async (): Promise<Channel> => {
    const now = await secret();
    const known = opened.get(now) ?? open(now);
    opened.set(now, known);
    return known;
  };
  return {
    async send(message) {
      let ready: Channel;
      try {
        ready = await channel();
      } catch (error) {
        // Nothing has gone out, so trying again is safe; a secret that is missing or misshapen only a person can mend.
        return isPassing(rootOf(error))
          ? { outcome: "retry", reason: "provider-unreachable" }
          : { outcome: "giveUp", reason: "sender-misconfigured", operator: true };
      }
      return ready.send(message);
    },
    async find(message, since) {
      try {
        return await (await channel()).find(message, since);
      } catch {
        // Not looked up: its fate is as unknown as before.
        return { outcome: "unknown", reason: "provider-unreachable" };
      }
    },
  };
}

const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
