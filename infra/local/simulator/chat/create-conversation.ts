// A conversation that the bot begins: the chat with one person, or a thread in a channel.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
import * as z from "zod";
import { type Answer, json } from "../twilio/refusals.ts";
import type { SimulatorRequest } from "../twilio/replies.ts";
import { activityOf, activitySchema, parsedJson } from "./activity-schema.ts";
import { type Connector, within, written } from "./places.ts";
import { refusals } from "./refusals.ts";

const id = z.looseObject({ id: z.string().min(1) });
const createSchema = z.looseObject({
  isGroup: z.boolean().optional(),
  bot: z.looseObject({ id: z.string().optional() }).optional(),
  members: z.array(id).optional(),
  tenantId: z.string().optional(),
  channelData: z
    .looseObject({ tenant: id.optional(), channel: id.optional(), team: id.optional() })
    .optional(),
  activity: activitySchema.optional(),
});
type Create = z.infer<typeof createSchema>;

export function createConversation({ body }: SimulatorRequest, connector: Connector): Answer {
  if (body.length * 2 > 100 * 1024) return refusals.tooBig;
  const read = createSchema.safeParse(parsedJson(body));
  if (!read.success) return refusals.badSyntax("The conversation can't be read.");
  const { channelData, tenantId } = read.data;
  const tenant = channelData?.tenant?.id ?? tenantId;
  if (channelData?.channel !== undefined) return thread(read.data, channelData.channel.id, connector);
  if (tenant === undefined) return refusals.badArgument("The tenant is missing in channelData");
  return tenant === connector.account.tenant
    ? chat(read.data, connector)
    : refusals.badArgument("Unknown tenant");
}

function chat({ members = [], isGroup }: Create, { memory }: Connector): Answer {
  const [one, another] = members;
  if (one === undefined || another !== undefined || isGroup === true)
    return refusals.badArgument("A bot begins conversations with one member, or in a channel");
  const user = memory.userNamed(one.id);
  if (user === undefined) return refusals.badArgument("Failed to decrypt pairwise id");
  const installed = memory.installedFor(user);
  if (installed === "absent") return refusals.notInstalled;
  return installed === "blocked" ? refusals.blocked : json(201, { id: user.conversation });
}

function thread({ activity }: Create, channel: string, connector: Connector): Answer {
  return within(channel, connector, (place) => {
    if (place.kind !== "channel") return refusals.badArgument("The conversation is no channel");
    if (activity === undefined) return refusals.badArgument("A thread begins with an activity");
    const checked = activityOf(activity);
    if ("refused" in checked) return checked.refused;
    const begun = written(checked.activity, place, undefined, connector);
    return json(201, { id: `${place.base};messageid=${begun}`, activityId: begun });
  });
}
