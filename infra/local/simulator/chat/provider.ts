// The door at which the bot asks: which service is meant, whether it is let in, whether there is room, and what goes wrong
// on demand before or after the answer.
import { type Answer, json } from "../twilio/refusals.ts";
import type { SimulatorReply, SimulatorRequest } from "../twilio/replies.ts";
import type { Timers } from "../twilio/timers.ts";
import type { SimulatedTeams } from "./account.ts";
import { answerConnector, connectorRoute, type Routed } from "./connector.ts";
import type { ChatRequest } from "./contract.ts";
import { answerGraph, type Graph, refused as refusedByGraph } from "./graph.ts";
import { type ChatRoute, type chatFaults, spoilt, throttled, troubleOf } from "./modes.ts";
import { limiter, type Paced, type Rates } from "./rates.ts";
import { refusals } from "./refusals.ts";
import { admits, botFrameworkKeys, entraKeys, openIdConfiguration, tokenFor } from "./sign-in.ts";

export interface ProviderParts extends Graph {
  readonly account: SimulatedTeams;
  readonly faults: ReturnType<typeof chatFaults>;
  readonly timers: Timers;
  readonly rates: Rates;
  readonly serviceUrl: () => string;
}

interface Asked {
  readonly route?: ChatRoute;
  /** The chat or the channel. */
  readonly base?: string;
  readonly act: (request: SimulatorRequest, query: URLSearchParams, forgets: boolean) => Answer;
}

const mostRequests = 20_000;

const paces: Readonly<Partial<Record<ChatRoute, Paced>>> = {
  create: "create",
  post: "send",
  reply: "send",
  update: "send",
  delete: "send",
  members: "members",
  member: "members",
  team: "channels",
  channels: "channels",
};

export function provider(parts: ProviderParts) {
  const { now, faults, timers } = parts;
  const requests: ChatRequest[] = [];
  const room = roomFor(parts);

  const log = (
    request: SimulatorRequest,
    path: string,
    { route, base }: Asked,
    reply: SimulatorReply,
  ): SimulatorReply => {
    const status = reply.kind === "answer" ? reply.status : reply.kind === "reset" ? "reset" : "silence";
    requests.push({
      at: now(),
      method: request.method,
      path,
      ...(route !== undefined && { route }),
      ...(base !== undefined && { conversation: base }),
      status,
    });
    if (requests.length > mostRequests) requests.shift();
    return reply;
  };

  return {
    requests,
    /** Undefined: the path is none of a service that the bot knows. `path` is without its query, below our own. */
    async answer(
      request: SimulatorRequest,
      path: string,
      query: URLSearchParams,
    ): Promise<SimulatorReply | undefined> {
      const asked = askedBy(request.method, path, parts, room);
      if (asked === undefined) return undefined;
      const fault = faults.next({ route: asked.route, conversation: asked.base });
      const trouble = fault === undefined ? undefined : troubleOf(fault);
      if (trouble !== undefined) return log(request, path, asked, trouble);
      if (fault?.mode === "late") await new Promise<void>((resolve) => timers.after(fault.ms, resolve));
      const said = asked.act(request, query, fault?.mode === "forgetful");
      return log(request, path, asked, spoilt(said, fault));
    },
  };
}

type Room = (route: ChatRoute, conversation: string) => number;

function roomFor({ now, rates }: ProviderParts): Room {
  const room = limiter(now);
  return (route, conversation) => {
    const pace = paces[route];
    const each = pace === undefined ? [] : [{ key: `${pace} ${conversation}`, windows: rates.each[pace] }];
    return room([{ key: "all", windows: rates.all }, ...each]);
  };
}

function askedBy(method: string, path: string, parts: ProviderParts, room: Room): Asked | undefined {
  if (path.startsWith("/v3/")) return ofConnector(connectorRoute(method, path), parts, room);
  if (path.startsWith("/graph/")) return ofGraph(method, path, parts);
  const [, tenant = "", ...rest] = path.split("/");
  const { account, now, serviceUrl } = parts;
  switch (`${method} ${rest.length === 0 ? tenant : rest.join("/")}`) {
    case "GET keys":
      return { route: "keys", act: () => json(200, botFrameworkKeys()) };
    case "GET .well-known/openidconfiguration":
      return { route: "keys", act: () => json(200, openIdConfiguration(serviceUrl().replace(/\/+$/, ""))) };
    case "GET discovery/v2.0/keys":
      return { route: "keys", act: () => json(200, entraKeys()) };
    case "POST oauth2/v2.0/token":
      return { route: "token", act: (request) => tokenFor(request, tenant, account, now()) };
    default:
      return undefined;
  }
}

function ofConnector(found: Routed | Answer, parts: ProviderParts, room: Room): Asked {
  const { account, now } = parts;
  const isKnown = !("status" in found);
  const base = isKnown ? (found.conversation ?? found.team)?.split(";messageid=", 1)[0] : undefined;
  return {
    ...(isKnown && { route: found.route }),
    ...(base !== undefined && { base }),
    act(request, query, forgets) {
      if (!admits(request.headers["authorization"], "connector", account, now()))
        return refusals.unauthorized;
      if (!isKnown) return found;
      const wait = room(found.route, base ?? metIn(request.body));
      return wait > 0
        ? throttled(Math.max(1, Math.ceil(wait / 1000)))
        : answerConnector(request, query, found, parts, forgets);
    },
  };
}

function ofGraph(method: string, path: string, parts: ProviderParts): Asked {
  const [, , , teams, group = "", channels, more] = path.split("/");
  const { account, now } = parts;
  if (teams !== "teams" || channels !== "channels" || more !== undefined || !["GET", "POST"].includes(method))
    return { act: () => refusedByGraph(404, "NotFound", "Resource not found.", now()) };
  const stranger = "Access token validation failure. Invalid audience.";
  return {
    route: method === "POST" ? "new-channel" : "list-channels",
    act: (request, query) =>
      admits(request.headers["authorization"], "graph", account, now())
        ? answerGraph(request, group, query, parts)
        : refusedByGraph(401, "InvalidAuthenticationToken", stranger, now()),
  };
}

/** Each whom the bot meets, and each channel in which it begins a thread, has a pace of its own. */
function metIn(body: string): string {
  const [, channel] = /"channel"\s*:\s*\{\s*"id"\s*:\s*"([^"]+)"/.exec(body) ?? [];
  const [, member = ""] = /"members"\s*:\s*\[\s*\{\s*"id"\s*:\s*"([^"]+)"/.exec(body) ?? [];
  return channel ?? member;
}
