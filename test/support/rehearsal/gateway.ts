// The HTTP API as the template sets it up: its routes, its JWT authorizer, its own answers where it refuses or a function fails.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { JSONWebKeySet } from "jose";
import type { FunctionName } from "../../../functions/subscriptions.ts";
import type { Invoke } from "../../../infra/local/functions.ts";
import {
  at,
  functionsOf,
  listAt,
  ofType,
  resolved,
  target,
  targets,
  textsAt,
} from "../../infra/support/template.ts";
import { template } from "../cloud/deployment.ts";
import { authorize } from "../jwt-gateway.ts";
import { Throttled } from "./throttled.ts";

interface Route {
  readonly key: string;
  readonly method: string;
  readonly parts: readonly string[];
  readonly name: FunctionName;
  readonly scopes: readonly string[];
  readonly isGuarded: boolean;
}

const namesById = new Map([...functionsOf(template)].map(([name, { id }]) => [id, name as FunctionName]));
const [people] = ofType(template, "AWS::ApiGatewayV2::Authorizer");
const jwt = at(people?.properties, "JwtConfiguration");

const routes: readonly Route[] = ofType(template, "AWS::ApiGatewayV2::Route").map(({ properties }) => {
  const key = resolved(properties["RouteKey"]);
  const [method = "", path = ""] = key.split(" ");
  const [integration = ""] = targets(properties["Target"]);
  const handler = target(template.Resources[integration]?.Properties?.["IntegrationUri"]) ?? "";
  const name = namesById.get(handler);
  if (name === undefined) throw new Error(`${key} leads to ${handler}, which is no function of ours`);
  return {
    key,
    method,
    parts: path.slice(1).split("/"),
    name,
    scopes: textsAt(properties, "AuthorizationScopes"),
    isGuarded: properties["AuthorizationType"] === "JWT",
  };
});

export interface GatewaySettings {
  readonly invoke: Readonly<Record<FunctionName, Invoke>>;
  readonly jwks: JSONWebKeySet;
  readonly now: () => number;
  /** Told of every answer of 500 or more. */
  readonly failed: () => void;
  /** Answers what is no part of the API. */
  readonly aside: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
  /** What a browser would have in its hands: the token of whoever this is. */
  readonly tokenFor: (authorization: string | undefined) => Promise<string | undefined>;
}

export const gatewayOf = (settings: GatewaySettings): RequestListener => {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://gateway.invalid");
    if (settings.aside(request, response, url.pathname)) return;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    send(response, await resultOf(request, url, Buffer.concat(chunks)));
  }

  async function resultOf(
    request: IncomingMessage,
    url: URL,
    body: Buffer,
  ): Promise<APIGatewayProxyStructuredResultV2> {
    const found = routeOf(request.method ?? "", url.pathname);
    if (found === undefined) return said(404, "Not Found");
    const event = eventOf(request, url, found, body);
    if (found.route.isGuarded) {
      const token = await settings.tokenFor(request.headers.authorization);
      const authorized = token === undefined ? undefined : await admitted(token, found.route);
      if (authorized === undefined) return said(401, "Unauthorized");
      Object.assign(event.requestContext, authorized);
    }
    try {
      return (await settings.invoke[found.route.name](event)) as APIGatewayProxyStructuredResultV2;
    } catch (error) {
      settings.failed();
      return error instanceof Throttled
        ? said(503, "Service Unavailable")
        : said(500, "Internal Server Error");
    }
  }

  const admitted = (token: string, { scopes }: Route) =>
    authorize(
      token,
      {
        issuer: resolved(at(jwt, "Issuer")),
        audience: listAt(jwt, "Audience").map(resolved),
        authorizationScopes: scopes,
        jwks: settings.jwks,
      },
      settings.now(),
    );

  return (request, response) => {
    answer(request, response).catch(() => response.destroy());
  };
};

const said = (statusCode: number, message: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message }),
});

function routeOf(method: string, path: string) {
  const parts = path.slice(1).split("/");
  for (const route of routes) {
    if (route.method !== method || route.parts.length !== parts.length) continue;
    const parameters: Record<string, string> = {};
    const isMatch = route.parts.every((part, n) => {
      const given = parts[n] ?? "";
      if (!part.startsWith("{")) return part === given;
      parameters[part.slice(1, -1)] = decodeURIComponent(given);
      return given !== "";
    });
    if (isMatch) return { route, parameters };
  }
  return undefined;
}

function eventOf(
  request: IncomingMessage,
  url: URL,
  { route, parameters }: { readonly route: Route; readonly parameters: Readonly<Record<string, string>> },
  body: Buffer,
): APIGatewayProxyEventV2 {
  const method = request.method ?? "GET";
  const text = body.toString("utf8");
  const isText = Buffer.from(text).equals(body);
  return {
    version: "2.0",
    routeKey: route.key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    ...(url.search === "" ? {} : { queryStringParameters: Object.fromEntries(url.searchParams) }),
    ...(Object.keys(parameters).length === 0 ? {} : { pathParameters: { ...parameters } }),
    requestContext: {
      accountId: "111122223333",
      apiId: "rehearsal",
      domainName: "muster.example.com",
      domainPrefix: "muster",
      http: {
        method,
        path: url.pathname,
        protocol: "HTTP/1.1",
        sourceIp: "203.0.113.7",
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: "rehearsal",
      routeKey: route.key,
      stage: "$default",
      time: "",
      timeEpoch: 0,
    },
    isBase64Encoded: !isText,
    ...(body.length === 0 ? {} : { body: isText ? text : body.toString("base64") }),
  };
}

function send(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, headers = {}, cookies = [], body = "", isBase64Encoded = false } = result;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader("set-cookie", cookies);
  response.writeHead(statusCode).end(isBase64Encoded ? Buffer.from(body, "base64") : body);
}
