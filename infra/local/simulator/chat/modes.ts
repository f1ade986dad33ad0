// The ways in which a chat fails, each as it is seen from outside: as a whole until it is mended, or a number of times,
// for one kind of request or one conversation.
import * as z from "zod";
import { type Answer, json } from "../twilio/refusals.ts";
import { answer, type SimulatorReply } from "../twilio/replies.ts";
import { refused } from "./refusals.ts";

export const chatModes = [
  "well",
  /** Nobody is there. */
  "off",
  /** Takes the request and never answers. */
  "slow",
  /** Answers after `ms`. */
  "late",
  "failing",
  "rate-limited",
  "precondition-failed",
  "bad-gateway",
  "gateway-timeout",
  /** The conversation, whatever it was, is not there any more. */
  "gone",
  /** The bot is not a part of the conversation. */
  "not-in-roster",
  /** Says that it took it, and not as what. */
  "taken-without-id",
  /** Does what it was asked, and never says so. */
  "taken-and-silent",
  /** Does what it was asked, and the connection breaks. */
  "taken-and-reset",
  /** Says no under a status that means yes. */
  "failure-text",
  /** What was posted is not there afterwards. */
  "forgetful",
] as const;
export type ChatMode = (typeof chatModes)[number];

export const chatRoutes = [
  "create",
  "post",
  "reply",
  "update",
  "delete",
  "members",
  "member",
  "team",
  "channels",
  "new-channel",
  "list-channels",
  "token",
  "keys",
] as const;
export type ChatRoute = (typeof chatRoutes)[number];

export const chatFaultSchema = z.strictObject({
  mode: z.enum(chatModes),
  /** Left out: whatever the bot asks of the connector. */
  route: z.union([z.enum(chatRoutes), z.array(z.enum(chatRoutes))]).optional(),
  /** A chat or a channel, with all its threads; left out: any. */
  conversation: z.string().optional(),
  times: z.int().min(1).max(1_000_000).default(1),
  /** Of "late". */
  ms: z.int().min(0).max(3_600_000).default(1_000),
  /** Of "rate-limited", seconds; null: it does not say. */
  retryAfter: z.int().min(0).max(86_400).nullable().default(30),
});
export type ChatFault = z.infer<typeof chatFaultSchema>;
export type ChatFaultScript = z.input<typeof chatFaultSchema>;

export interface Asked {
  readonly route: ChatRoute | undefined;
  readonly conversation: string | undefined;
}

/** Of the sign-in and of Graph, which are other services: they fail only where a fault names them. */
const elsewhere: readonly (ChatRoute | undefined)[] = ["token", "keys", "new-channel", "list-channels"];

export function chatFaults() {
  let mode: ChatMode = "well";
  let waiting: { readonly fault: ChatFault; left: number }[] = [];

  return {
    get mode() {
      return mode;
    },
    behave(next: ChatMode): void {
      mode = next;
    },
    add(...faults: readonly ChatFaultScript[]): void {
      waiting.push(
        ...faults
          .map((script) => chatFaultSchema.parse(script))
          .map((fault) => ({ fault, left: fault.times })),
      );
    },
    mend(): void {
      mode = "well";
      waiting = [];
    },
    list: (): readonly ChatFault[] => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
    /** The first fault that is meant for this request, used up by one; otherwise how the whole behaves. */
    next(asked: Asked): ChatFault | undefined {
      const found = waiting.find(({ fault }) => isMeant(fault, asked));
      if (found === undefined) {
        const isWell = mode === "well" || elsewhere.includes(asked.route);
        return isWell ? undefined : chatFaultSchema.parse({ mode });
      }
      found.left -= 1;
      if (found.left === 0) waiting = waiting.filter((other) => other !== found);
      return found.fault;
    },
  };
}

function isMeant({ route, conversation }: ChatFault, asked: Asked): boolean {
  if (conversation !== undefined && conversation !== asked.conversation) return false;
  if (route === undefined) return !elsewhere.includes(asked.route);
  return asked.route !== undefined && [route].flat().includes(asked.route);
}

/** What comes instead of the answer; undefined where the request is looked at. */
export function troubleOf({ mode, retryAfter }: ChatFault): SimulatorReply | undefined {
  switch (mode) {
    case "well":
    case "late":
    case "forgetful":
    case "taken-without-id":
    case "taken-and-silent":
    case "taken-and-reset":
      return undefined;
    case "off":
      return { kind: "reset" };
    case "slow":
      return { kind: "silence" };
    case "failing":
      return answer(json(503, refused("ServiceUnavailable", "The service is unavailable.")));
    case "rate-limited":
      return answer(throttled(retryAfter));
    case "precondition-failed":
      return answer(json(412, refused("PreconditionFailed", "Precondition failed, please try again.")));
    case "bad-gateway":
      return answer(json(502, refused("ServiceError", "Unknown")));
    case "gateway-timeout":
      return answer({
        status: 504,
        headers: { "content-type": "text/html" },
        body: "<h1>Gateway Timeout</h1>",
      });
    case "gone":
      return answer(json(404, refused("ConversationNotFound", "Conversation not found.")));
    case "not-in-roster":
      return answer(
        json(403, refused("BotNotInConversationRoster", "The bot is not part of the conversation roster.")),
      );
    case "failure-text":
      return answer({
        status: 200,
        headers: { "content-type": "text/plain" },
        body: "Failed to send the activity.",
      });
  }
}

/** What becomes of an answer that was given. */
export function spoilt(said: Answer, fault: ChatFault | undefined): SimulatorReply {
  if (fault?.mode === "taken-and-silent") return { kind: "silence" };
  if (fault?.mode === "taken-and-reset") return { kind: "reset" };
  const isTaken = said.status >= 200 && said.status < 300;
  return answer(fault?.mode === "taken-without-id" && isTaken ? takenWithoutId : said);
}

export const takenWithoutId: Answer = { status: 202, headers: {}, body: "" };

export function throttled(retryAfter: number | null): Answer {
  const said = json(429, refused("Throttled", "Too many requests."));
  return retryAfter === null
    ? said
    : { ...said, headers: { ...said.headers, "retry-after": String(retryAfter) } };
}
