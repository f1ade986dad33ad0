// Graph, as far as a bot needs it: a channel is made in a team.
// https://learn.microsoft.com/en-us/graph/api/channel-post
import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import { type Answer, json } from "../twilio/refusals.ts";
import type { SimulatorRequest } from "../twilio/replies.ts";
import type { SimulatedTeams } from "./account.ts";
import { parsedJson } from "./activity-schema.ts";
import type { Channel, ChatMemory } from "./memory.ts";

export interface Graph {
  readonly account: SimulatedTeams;
  readonly memory: ChatMemory;
  readonly now: () => number;
  /** Whether somebody of the team has agreed that the app makes channels. */
  readonly consents: () => boolean;
  /** Told once the answer is on its way. */
  readonly created: (channel: Channel) => void;
}

const channelSchema = z.looseObject({
  displayName: z.string(),
  description: z.string().nullish(),
  membershipType: z.enum(["standard", "private", "shared"]).default("standard"),
  members: z
    .array(z.looseObject({ "user@odata.bind": z.string(), roles: z.array(z.string()).default([]) }))
    .default([]),
});

/** https://learn.microsoft.com/en-us/microsoftteams/limits-specifications-teams#channel-names */
const refusedInNames = /[~#%&*{}/\\:<>?+|'".]|^_|^\s|\s$/;
const longestName = 50;

export function answerGraph(
  request: SimulatorRequest,
  group: string,
  query: URLSearchParams,
  graph: Graph,
): Answer {
  const { account, consents, now } = graph;
  const no = (status: number, code: string, message: string, inner?: string) =>
    refused(status, code, message, now(), inner);
  if (group.toLowerCase() !== account.team.groupId)
    return no(404, "NotFound", `No team found with Group Id ${group}`);
  if (!consents())
    return no(
      403,
      "Forbidden",
      "Missing role permissions on the request. API requires one of 'Channel.Create.Group, Channel.Create'. Roles on the request ''.",
    );
  if (request.method === "GET") return list(query, graph);
  const read = channelSchema.safeParse(parsedJson(request.body));
  if (!read.success) return no(400, "BadRequest", "Invalid request body was sent.");
  return created(read.data, graph, no);
}

function created(
  { displayName, description, membershipType, members }: z.infer<typeof channelSchema>,
  graph: Graph,
  no: (status: number, code: string, message: string, inner?: string) => Answer,
): Answer {
  const { memory, now } = graph;
  if (displayName.length === 0 || displayName.length > longestName)
    return no(
      400,
      "BadRequest",
      "Channel display name must be from 1 to 50 characters long.",
      "InvalidRequest",
    );
  if (refusedInNames.test(displayName))
    return no(400, "BadRequest", "Channel name contains invalid characters.", "InvalidRequest");
  // The name of a deleted channel stays taken for as long as it could be restored.
  const isTaken = memory.channels().some(({ name }) => name.toLowerCase() === displayName.toLowerCase());
  if (isTaken)
    return no(400, "BadRequest", "Channel name already existed, please use other name.", "NameAlreadyExists");
  const owners = members.filter(({ roles }) => roles.includes("owner"));
  // Nobody of flesh and blood asks here, so one has to be named.
  if (membershipType !== "standard" && owners.length === 0)
    return no(
      400,
      "BadRequest",
      "A private or shared channel needs an owner among its members.",
      "InvalidRequest",
    );
  const named = members.flatMap(({ "user@odata.bind": bound }) => {
    const [, name = ""] = /users\(?\/?'?([^')]+)'?\)?$/.exec(bound) ?? [];
    return memory.userNamed(name) ?? [];
  });
  if (named.length < members.length)
    return no(400, "BadRequest", "Failed to find the member.", "InvalidRequest");
  const channel = memory.keepChannel({
    id: `19:${createHash("sha256").update(`${displayName} ${now()}`).digest("hex").slice(0, 32)}@thread.tacv2`,
    name: displayName,
    ...(typeof description === "string" && { description }),
    createdAt: new Date(now()).toISOString(),
    membershipType,
    ...(membershipType !== "standard" && { members: named.map(({ aadObjectId }) => aadObjectId) }),
    gone: false,
  });
  graph.created(channel);
  const context = `https://graph.microsoft.com/v1.0/$metadata#teams('${graph.account.team.groupId}')/channels/$entity`;
  return json(201, { "@odata.context": context, ...resource(channel, graph.account) });
}

/** `$filter=displayName eq '…'` is the only one that is understood. */
function list(query: URLSearchParams, { memory, account }: Graph): Answer {
  const [, quoted] = /^displayName eq '(.*)'$/.exec(query.get("$filter") ?? "") ?? [];
  const wanted = quoted?.replaceAll("''", "'").toLowerCase();
  const found = memory
    .channels()
    .filter(({ gone, name }) => !gone && (wanted ?? name.toLowerCase()) === name.toLowerCase());
  return json(200, {
    "@odata.count": found.length,
    value: found.map((channel) => resource(channel, account)),
  });
}

const resource = (
  { id, name, description, createdAt, membershipType }: Channel,
  { team, tenant }: SimulatedTeams,
) => ({
  id,
  createdDateTime: createdAt,
  displayName: name,
  description: description ?? null,
  isFavoriteByDefault: null,
  email: "",
  tenantId: tenant,
  webUrl: `https://teams.microsoft.com/l/channel/${encodeURIComponent(id)}/${encodeURIComponent(name)}?groupId=${team.groupId}&tenantId=${tenant}`,
  membershipType,
  isArchived: false,
});

export function refused(status: number, code: string, message: string, now: number, inner?: string): Answer {
  const request = {
    date: new Date(now).toISOString().slice(0, 19),
    "request-id": randomUUID(),
    "client-request-id": randomUUID(),
  };
  const innerError = inner === undefined ? request : { code: inner, message, details: [], ...request };
  return json(status, { error: { code, message, innerError } });
}
