// A client for developing bots signs nothing. On this machine, and there alone, it may be let in: no other host ever makes
// this, and no setting or variable does.
import type { BotProof } from "../../functions/ports.ts";

const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

export const isLoopback = ({ hostname, protocol }: URL): boolean =>
  loopback.has(hostname) && (protocol === "http:" || protocol === "https:");

/** Whoever shows a token is judged by it; whoever shows none has to be answered on this machine. */
export const unsignedLocal = (proof: BotProof): BotProof => ({
  faultIn: (authorization) => (authorization === undefined ? undefined : proof.faultIn(authorization)),
  judge(authorization, origin) {
    const url = URL.parse(origin.serviceUrl ?? "");
    const isLocal =
      authorization === undefined && origin.channelId === "msteams" && url !== null && isLoopback(url);
    return isLocal ? Promise.resolve({ outcome: "proven" }) : proof.judge(authorization, origin);
  },
});
