// The connector's routes, each with the shapes that Microsoft documents.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
import { type Answer, json } from "../twilio/refusals.ts";
import type { SimulatorRequest } from "../twilio/replies.ts";
import { readActivity } from "./activity-schema.ts";
import { createConversation } from "./create-conversation.ts";
import { type ChatMessage, contentOf, type Place } from "./memory.ts";
import { type ChatRoute, takenWithoutId } from "./modes.ts";
import { memberOf } from "./people.ts";
import { type Connector, within, written } from "./places.ts";
import { refusals } from "./refusals.ts";

/** What a path means; `path` begins at `/v3/`. */
export interface Routed {
  readonly route: ChatRoute;
  readonly conversation?: string;
  readonly activity?: string;
  readonly member?: string;
  readonly team?: string;
}

export function connectorRoute(method: string, path: string): Routed | Answer {
  let parts: readonly string[];
  try {
    parts = path
      .split("/")
      .slice(2)
      .filter((part, index, all) => part !== "" || index < all.length - 1)
      .map(decodeURIComponent);
  } catch {
    return refusals.badSyntax("The address can't be read.");
  }
  const [first, id, third, one, more] = parts;
  // The real one does not mind how its own words are written, and clients differ.
  const [what, part] = [first?.toLowerCase(), third?.toLowerCase()];
  if (more !== undefined) return refusals.nowhere;
  const routes = (found: Readonly<Record<string, Routed>>): Routed | Answer =>
    found[method] ?? refusals.otherMethod;
  if (what === "conversations") {
    if (id === undefined) return routes({ POST: { route: "create" } });
    const conversation = id;
    switch (`${part ?? ""}${one === undefined ? "" : "/one"}`) {
      case "activities":
        return routes({ POST: { route: "post", conversation } });
      case "activities/one": {
        const activity = one ?? "";
        return routes({
          POST: { route: "reply", conversation, activity },
          PUT: { route: "update", conversation, activity },
          DELETE: { route: "delete", conversation, activity },
        });
      }
      case "members":
      case "pagedmembers":
        return routes({
          GET: { route: "members", conversation, ...(part === "pagedmembers" && { member: "" }) },
        });
      case "members/one":
        return routes({ GET: { route: "member", conversation, member: one ?? "" } });
      default:
        return refusals.nowhere;
    }
  }
  if (what === "teams" && id !== undefined && one === undefined) {
    if (part === undefined) return routes({ GET: { route: "team", team: id } });
    if (part === "conversations") return routes({ GET: { route: "channels", team: id } });
  }
  return refusals.nowhere;
}

export function answerConnector(
  request: SimulatorRequest,
  query: URLSearchParams,
  routed: Routed,
  connector: Connector,
  forgets: boolean,
): Answer {
  const { memory, account } = connector;
  const { route, conversation = "", activity = "", member = "", team = "" } = routed;
  switch (route) {
    case "create":
      return createConversation(request, connector);
    case "post":
      return within(conversation, connector, (place) =>
        post(request, place, place.thread, connector, forgets),
      );
    case "reply":
      return within(conversation, connector, (place) => {
        const answered = memory.message(place.base, activity);
        return answered === undefined
          ? refusals.noActivity
          : post(request, place, answered.thread, connector, forgets);
      });
    case "update":
      return within(conversation, connector, (place) =>
        ofTheBot(place, activity, connector, (message) => {
          const read = readActivity(request.body);
          if ("refused" in read) return read.refused;
          memory.replace(message, read.activity);
          return json(200, { id: message.id });
        }),
      );
    case "delete":
      return within(conversation, connector, (place) =>
        ofTheBot(place, activity, connector, (message) => {
          memory.remove(message);
          return { status: 200, headers: {}, body: "" };
        }),
      );
    case "members":
      return within(conversation, connector, (place) => {
        const members = memory.membersOf(place).map((user) => memberOf(user, account.tenant));
        return json(200, routed.member === undefined ? members : paged(members, query));
      });
    case "member":
      return within(conversation, connector, (place) => {
        const user = memory.userNamed(member);
        const isThere = user !== undefined && memory.membersOf(place).some((one) => one.mri === user.mri);
        return isThere ? json(200, memberOf(user, account.tenant)) : refusals.noMember;
      });
    case "team":
      return ofTeam(team, connector, () => {
        const { id, name, groupId } = account.team;
        const channels = memory.channels().filter(({ gone }) => !gone);
        const general = memory.place(id);
        const memberCount = general === undefined ? 0 : memory.membersOf(general).length;
        return json(200, {
          id,
          name,
          aadGroupId: groupId,
          channelCount: channels.length,
          memberCount,
          tenantId: account.tenant,
          type: "standard",
        });
      });
    case "channels":
      return ofTeam(team, connector, () => {
        const there = memory
          .channels()
          .filter(({ gone, membershipType }) => !gone && membershipType === "standard");
        // The General channel has the team's id and, so that each client may say it in its language, no name.
        const conversations = there.map(({ id, name }) => ({
          id,
          name: id === account.team.id ? null : name,
        }));
        return json(200, { conversations });
      });
    default:
      return refusals.nowhere;
  }
}

function post(
  request: SimulatorRequest,
  place: Place,
  thread: string | undefined,
  connector: Connector,
  forgets: boolean,
): Answer {
  const read = readActivity(request.body);
  if ("refused" in read) return read.refused;
  // Whoever types is no message.
  if (read.activity["type"] === "typing") return json(201, { id: connector.memory.newId() });
  const id = written(read.activity, place, thread, connector, forgets);
  // Text and card in one become two messages, and neither is named.
  const isBoth = contentOf(read.activity).text !== "" && contentOf(read.activity).card !== undefined;
  return isBoth ? takenWithoutId : json(201, { id });
}

function ofTheBot(
  place: Place,
  id: string,
  { memory }: Connector,
  act: (message: ChatMessage) => Answer,
): Answer {
  const message = memory.message(place.base, id);
  if (message === undefined) return refusals.noActivity;
  return message.from === undefined ? act(message) : refusals.notYours;
}

function ofTeam(id: string, { memory, account: { team } }: Connector, act: () => Answer): Answer {
  if (id !== team.id) return refusals.noConversation;
  return memory.inTeam ? act() : refusals.notInRoster;
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/resources/team-chat-member-api-changes: from 50 to 500 on a page. */
function paged<Member>(members: readonly Member[], query: URLSearchParams) {
  const size = Math.min(500, Math.max(50, Number(query.get("pageSize") ?? 200) || 200));
  const from = Number(query.get("continuationToken") ?? 0) || 0;
  const until = from + size;
  return {
    members: members.slice(from, until),
    ...(until < members.length && { continuationToken: String(until) }),
  };
}
