// The ways in which a chat fails, each as it is seen from outside.
import { json } from "../twilio/refusals.ts";
import { answer, type SimulatorReply } from "../twilio/replies.ts";

export const chatModes = [
  "well",
  /** Nobody is there. */
  "off",
  /** Takes the request and never answers. */
  "slow",
  "failing",
  "rate-limited",
  /** Says that it took it, and not as what. */
  "taken-without-id",
  /** Says no under a status that means yes. */
  "failure-text",
  /** What was posted is not there afterwards. */
  "forgetful",
] as const;
export type ChatMode = (typeof chatModes)[number];

/** Undefined where the connector answers. */
export function troubleOf(mode: ChatMode): SimulatorReply | undefined {
  switch (mode) {
    case "well":
    case "forgetful":
      return undefined;
    case "off":
      return { kind: "reset" };
    case "slow":
      return { kind: "silence" };
    case "failing":
      return answer(json(503, refused("ServiceUnavailable", "The service is unavailable.")));
    case "rate-limited": {
      const said = json(429, refused("TooManyRequests", "Too many requests."));
      return answer({ ...said, headers: { ...said.headers, "retry-after": "30" } });
    }
    case "taken-without-id":
      return answer({ status: 202, headers: {}, body: "" });
    case "failure-text":
      return answer({
        status: 200,
        headers: { "content-type": "text/plain" },
        body: "Failed to send the activity.",
      });
  }
}

export const refused = (code: string, message: string) => ({ error: { code, message } });
