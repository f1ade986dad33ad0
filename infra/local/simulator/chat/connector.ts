// The connector's routes, as far as they are simulated: a line is posted to a conversation, changed, taken away.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
import * as z from "zod";
import { type Answer, json } from "../twilio/refusals.ts";
import type { SimulatorRequest } from "../twilio/replies.ts";
import { refused } from "./modes.ts";

export interface Activity {
  readonly id: string;
  readonly at: string;
  readonly text: string;
}

export type Conversations = Map<string, Map<string, Activity>>;

export interface Connector {
  readonly token: string;
  readonly conversations: Conversations;
  readonly at: () => string;
  readonly nextId: () => string;
  /** Says that it kept what it was given, and did not. */
  readonly forgets: () => boolean;
}

const activitySchema = z.object({ type: z.literal("message"), text: z.string().max(28_000) });

/** `path` begins at `/v3/`. */
export function answerConnector(request: SimulatorRequest, path: string, connector: Connector): Answer {
  if (request.headers["authorization"] !== `Bearer ${connector.token}`)
    return json(401, refused("Unauthorized", "Authorization has been denied for this request."));
  const [, , part, conversation = "", activities, activity, more] = path.split("/").map(decodeURIComponent);
  const lines = connector.conversations.get(conversation);
  if (part !== "conversations" || activities !== "activities" || more !== undefined) return notFound;
  if (lines === undefined)
    return json(404, refused("ConversationNotFound", "The conversation was not found."));
  switch (`${request.method} ${activity === undefined ? "" : "one"}`.trim()) {
    case "POST":
      return written(request, (text) => post(lines, text, connector));
    case "PUT one":
      return written(request, (text) => change(lines, activity ?? "", text));
    case "DELETE one":
      return lines.delete(activity ?? "") ? { status: 200, headers: {}, body: "" } : noActivity;
    default:
      return json(405, refused("MethodNotAllowed", "The method is not allowed here."));
  }
}

function post(lines: Map<string, Activity>, text: string, { at, nextId, forgets }: Connector): Answer {
  const id = nextId();
  if (!forgets()) lines.set(id, { id, at: at(), text });
  return json(201, { id });
}

function change(lines: Map<string, Activity>, id: string, text: string): Answer {
  const line = lines.get(id);
  if (line === undefined) return noActivity;
  lines.set(id, { ...line, text });
  return json(200, { id });
}

function written({ body }: SimulatorRequest, act: (text: string) => Answer): Answer {
  const read = activitySchema.safeParse(parsed(body));
  return read.success ? act(read.data.text) : json(400, refused("BadSyntax", "The activity can't be read."));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // the schema refuses it
  }
}

const notFound = json(404, refused("NotFound", "There is nothing at this address."));
const noActivity = json(404, refused("ActivityNotFoundInConversation", "The activity was not found."));
