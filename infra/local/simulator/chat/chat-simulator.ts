// A chat that does not exist: the connector through which a bot speaks to Teams, with its conversations and what was said
// in them, and a hand that breaks it on command.
import * as z from "zod";
import { isForeign } from "../twilio/control.ts";
import { nowhere, problem, reading } from "../twilio/reading.ts";
import { json } from "../twilio/refusals.ts";
import { answer, type SimulatorReply, type SimulatorRequest } from "../twilio/replies.ts";
import { type Activity, answerConnector, type Conversations } from "./connector.ts";
import { type ChatMode, chatModes, troubleOf } from "./modes.ts";

/** Below the simulators' own path. */
export const chatPath = "/simulator/chat";
/** The one in which the hub looks whether it is reached. */
export const probeConversation = "probe";
/** Opens nothing but this. */
export const simulatedToken = "a-token-for-a-chat-that-does-not-exist";

export interface ChatSimulator {
  handle(request: SimulatorRequest): Promise<SimulatorReply>;
  behave(mode: ChatMode): void;
  readonly mode: ChatMode;
  said(conversation: string): readonly Activity[];
}

interface Settings {
  readonly token?: string;
  readonly now?: () => number;
}

export function chatSimulator({ token = simulatedToken, now = Date.now }: Settings = {}): ChatSimulator {
  const conversations: Conversations = new Map([[probeConversation, new Map()]]);
  let mode: ChatMode = "well";
  let named = 0;
  const said = (conversation: string) => [...(conversations.get(conversation)?.values() ?? [])];
  const connector = {
    token,
    conversations,
    at: () => new Date(now()).toISOString(),
    nextId: () => String(++named),
    forgets: () => mode === "forgetful",
  };

  const control = async (request: SimulatorRequest, path: string): Promise<SimulatorReply> => {
    if (isForeign(request.headers)) return problem(403, "Requests from other sites are not taken");
    switch (`${request.method} ${path}`) {
      case "GET ":
        return answer(json(200, shown()));
      case "POST /mode":
        return reading(modeSchema, request.body, (read) => {
          mode = read.mode;
          return json(200, shown());
        });
      default:
        return nowhere;
    }
  };
  const shown = () => ({
    mode,
    conversations: [...conversations.keys()].map((id) => ({ id, activities: said(id) })),
  });

  return {
    async handle(request) {
      const path = request.path.split("?", 1)[0]?.slice(chatPath.length) ?? "";
      if (!path.startsWith("/v3/")) return control(request, path);
      return troubleOf(mode) ?? answer(answerConnector(request, path, connector));
    },
    behave: (next) => {
      mode = next;
    },
    get mode() {
      return mode;
    },
    said,
  };
}

const modeSchema = z.object({ mode: z.enum(chatModes) });
