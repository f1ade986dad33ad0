// The command post's files from the real handler, the stand-in for Teams around it, and an API that says what a test
// scripts: a double at the wire, so that a page can be shown any incident, however rare.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { SignIn } from "../../functions/ports.ts";
import { make } from "../../functions/show-post/handler.ts";
import type { Incident, IncidentList, Provider } from "../../functions/show-post/page/wire.d.ts";
import { simulatedTab } from "../../infra/local/simulator/tab/tab.ts";

export interface AHub {
  readonly url: string;
  incidents: Map<string, Incident>;
  list: IncidentList["incidents"];
  you: IncidentList["you"];
  /** Every command that arrived. */
  readonly commands: {
    readonly id: string;
    readonly type: string;
    /** What it says beside its type. */
    readonly about: Readonly<Record<string, unknown>>;
    readonly key: string | undefined;
  }[];
  /** What callers said, by id. */
  readonly recordings: Map<string, Buffer>;
  providers: Provider[];
  chat: { readonly reachable: boolean; readonly since?: string };
  /** What the next commands are answered with, instead of "done". */
  refusal: { readonly status: number; readonly reason: string; readonly detail?: string } | undefined;
  /** down: the connection breaks. */
  state: "up" | "down" | number;
  /** The token that the API asks for. */
  token: string | undefined;
  /** Answers of GET by status. */
  readonly answers: Record<number, number>;
  close(): Promise<void>;
}

const eventOf = (request: IncomingMessage, path: string) =>
  ({
    rawPath: path,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
  }) as APIGatewayProxyEventV2;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

export async function aHub(signIn: SignIn = { mode: "local" }): Promise<AHub> {
  const show = make({ signInSettings: { signIn: () => signIn } });

  function send(
    response: ServerResponse,
    status: number,
    body: unknown,
    headers: Record<string, string> = {},
  ) {
    hub.answers[status] = (hub.answers[status] ?? 0) + 1;
    const type = status < 400 ? "application/json" : "application/problem+json";
    response.writeHead(status, { "content-type": type, ...headers });
    response.end(status === 304 ? undefined : JSON.stringify(body));
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: unknown) {
    if (body === undefined) return send(response, 404, { title: "Not found", detail: "No such incident." });
    const etag = `"${Buffer.from(JSON.stringify(body)).length}-${(body as { version?: number }).version ?? 0}"`;
    if (request.headers["if-none-match"] === etag) return send(response, 304, undefined, { etag });
    return send(response, 200, body, { etag });
  }

  async function api(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ) {
    if (hub.state === "down") return request.socket.destroy();
    if (typeof hub.state === "number") return send(response, hub.state, { title: "Trouble" });
    if (hub.token !== undefined && request.headers.authorization !== `Bearer ${hub.token}`)
      return send(response, 401, { title: "Sign in" });
    if (path === "/api/providers") {
      // Asked beside the view, and not counted with it.
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify({ providers: hub.providers }));
    }
    if (path === "/api/chat") {
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify(hub.chat));
    }
    const [, recording] = /^\/api\/incidents\/[^/]+\/recordings\/([^/]+)$/.exec(path) ?? [];
    if (recording !== undefined) {
      const said = hub.recordings.get(recording);
      if (said === undefined) return send(response, 404, { title: "No such recording" });
      response.writeHead(200, { "content-type": "audio/wav" });
      return response.end(said);
    }
    const [, id = "", commands] = /^\/api\/incidents\/([^/]+)(\/commands)?$/.exec(path) ?? [];
    if (commands !== undefined) {
      const { type, ...about } = JSON.parse(await bodyOf(request)) as { type: string };
      hub.commands.push({ id, type, about, key: request.headers["idempotency-key"] as string | undefined });
      if (hub.refusal) return send(response, hub.refusal.status, { title: "Refused", ...hub.refusal });
      return send(response, 200, { outcome: "done" });
    }
    if (id !== "") return answer(request, response, hub.incidents.get(decodeURIComponent(id)));
    const state = query.get("state");
    const incidents = hub.list.filter((incident) => state === "all" || incident.state === state);
    return answer(request, response, { incidents, ...(hub.you === undefined ? {} : { you: hub.you }) });
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://hub");
    if (pathname.startsWith("/api/")) {
      void api(request, response, pathname, searchParams);
      return;
    }
    const tab = simulatedTab(pathname);
    if (tab !== undefined) {
      response.writeHead(tab.status, tab.headers).end(tab.body);
      return;
    }
    void show(eventOf(request, pathname)).then(({ statusCode, headers, body }) => {
      response.writeHead(statusCode ?? 200, headers as Record<string, string>);
      response.end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const hub: AHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    incidents: new Map(),
    chat: { reachable: true },
    list: [],
    you: undefined,
    commands: [],
    providers: [],
    recordings: new Map(),
    refusal: undefined,
    state: "up",
    token: undefined,
    answers: {},
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
  return hub;
}
