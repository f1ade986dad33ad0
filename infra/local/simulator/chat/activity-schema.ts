// What a bot may post. https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
import * as z from "zod";
import type { Answer } from "../twilio/refusals.ts";
import { cardType, isCard, type Json } from "./cards.ts";
import { refusals } from "./refusals.ts";

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages: counted in UTF-16. */
const largestMessage = 100 * 1024;

const schema = z.looseObject({
  type: z.enum(["message", "typing"]),
  text: z.string().optional(),
  summary: z.string().optional(),
  attachments: z.array(z.looseObject({ contentType: z.string(), content: z.unknown() })).optional(),
  entities: z.array(z.looseObject({ type: z.string() })).optional(),
});

export function readActivity(body: string): { readonly activity: Json } | { readonly refused: Answer } {
  if (body.length * 2 > largestMessage) return { refused: refusals.tooBig };
  const parsed = parsedJson(body);
  const read = schema.safeParse(parsed);
  return read.success
    ? activityOf(read.data)
    : { refused: refusals.badSyntax("The activity can't be read.") };
}

export function activityOf(
  activity: z.infer<typeof schema>,
): { readonly activity: Json } | { readonly refused: Answer } {
  const { type, text = "", attachments = [] } = activity;
  if (type === "message" && text === "" && attachments.length === 0)
    return {
      refused: refusals.badSyntax("Activity must include non empty 'text' field or at least 1 attachment"),
    };
  const broken = attachments.some(({ contentType, content }) => contentType === cardType && !isCard(content));
  return broken ? { refused: refusals.badArgument("Attachment is no Adaptive Card") } : { activity };
}

export const activitySchema = schema;

export function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // whoever reads it says what was expected
  }
}
