// The door of the one-machine host: node:http turned into the events of an API Gateway HTTP API, and back.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { thisMachine } from "../../functions/core/account/issuer.ts";
import type { Proof } from "../../functions/subscriptions.ts";
import { bodyTooLarge, notFound, otherMethod, targetNotPlain, unreachableProblem } from "./door-problems.ts";
import type { Invoke, LocalFunction } from "./functions.ts";
import { type Outside, type Unreachable, unreachable } from "./reach.ts";
import { discardBody, isDiscardable, readBody } from "./request-body.ts";
import { type RequestTarget, requestTarget } from "./request-target.ts";
import { type Heard, routeOf } from "./routes.ts";

const mebibyte = 1024 * 1024;
/** A little more than what the functions accept, so that each is the one to refuse; and little before a proof was checked. */
const largestRequest: Readonly<Record<Proof | "none", number>> = {
  key: 17 * mebibyte,
  token: 2 * mebibyte,
  signature: mebibyte / 4,
  link: mebibyte / 16,
  none: 2 * mebibyte,
};

/** Answers what belongs to the simulators, below `/simulator`; false for a path that they do not have. */
export type Aside = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

export interface Door {
  readonly invoke: Readonly<Record<LocalFunction, Invoke>>;
  readonly aside: Aside;
  readonly outside: Outside;
  /** Hears of refused callers, for the terminal. */
  readonly refused?: (code: Unreachable) => void;
}

/**
 * The bounds on time and size before a request is whole. No header is dropped beyond a count, for the one that matters could
 * be among them: they are bounded by their bytes, 16 KiB by default.
 */
export function localServer(listener: RequestListener): Server {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 },
    listener,
  );
  server.maxHeadersCount = 0;
  // Longer than the usual sender's keep-alive: the sender closes, so that no request meets a closing door.
  server.keepAliveTimeout = 65_000;
  return server;
}

export const doorOf =
  (door: Door): RequestListener =>
  (request, response) => {
    answer(door, request, response).catch((error: unknown) => {
      // The reader of the request went away; nobody is left to be answered.
      response.destroy(error instanceof Error ? error : undefined);
    });
  };

/** Until everything behind the door is there: a sender that knows its trade comes again. */
export const notYet: RequestListener = (_, response) =>
  void response
    .writeHead(503, { "retry-after": "1", "content-type": "text/plain" })
    .end("Muster is starting\n");

async function answer(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refuse = (result: APIGatewayProxyStructuredResultV2): void => {
    if (isDiscardable(request)) discardBody(request);
    else response.once("finish", () => request.destroy());
    send(response, result);
  };
  const target = requestTarget(request.url ?? "");
  if (target === undefined) return refuse(targetNotPlain);
  // Like the gateway in the cloud, HEAD is a GET of which only the head is sent.
  const asked = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const found = routeOf(asked, target);
  const code = unreachable(request, found?.proof, door.outside);
  if (code !== undefined) {
    door.refused?.(code);
    return refuse(unreachableProblem[code]);
  }
  if (found === undefined) {
    const isAside = target.segments[0]?.sent === "simulator" && door.aside(request, response, target.path);
    return isAside ? undefined : refuse(notFound);
  }
  const { heard, proof } = found;
  if ("allow" in heard) return refuse(otherMethod(heard.allow));
  const limit = largestRequest[proof ?? "none"];
  const body = await readBody(request, limit);
  if (body === undefined) {
    response.once("finish", () => request.destroy());
    return send(response, bodyTooLarge(limit));
  }
  const invoke = door.invoke[heard.name as LocalFunction];
  const result = (await invoke(eventOf(request, target, heard, body))) as APIGatewayProxyStructuredResultV2;
  send(response, result);
}

function eventOf(
  request: IncomingMessage,
  { path, query }: RequestTarget,
  heard: Heard,
  body: Buffer,
): APIGatewayProxyEventV2 {
  const { routeKey, parameters } = heard;
  const method = request.method ?? "GET";
  const text = body.toString("utf8");
  // Like API Gateway: text stays text, and what is no text comes as base64.
  const encoded = body.length > 0 && !Buffer.from(text, "utf8").equals(body);
  const sourceIp = request.socket.remoteAddress ?? "127.0.0.1";
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(",") : value,
      ]),
    ),
    queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
    pathParameters: { ...parameters },
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: request.headers.host ?? "localhost",
      domainPrefix: "local",
      http: {
        method,
        path,
        protocol: "HTTP/1.1",
        sourceIp,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId: "local",
      routeKey,
      stage: "$default",
      time: "",
      timeEpoch: 0,
      ...(heard.signedIn
        ? { authorizer: { jwt: { claims: claimsOf(request.headers.authorization), scopes: [] } } }
        : {}),
    },
    isBase64Encoded: encoded,
    ...(body.length === 0 ? {} : { body: encoded ? body.toString("base64") : text }),
  };
}

const operator = { iss: thisMachine, sub: "operator" };

/**
 * Whoever sits at this machine is its operator, for the door opens to loopback only; and may play anybody else, by giving an
 * e-mail address as the token.
 */
function claimsOf(authorization: string | undefined): Readonly<Record<string, string>> {
  const [, email] = /^Bearer ([^\s@]+@[^\s@]+)$/.exec(authorization ?? "") ?? [];
  return email === undefined ? operator : { iss: thisMachine, sub: email, email, email_verified: "true" };
}

function send(
  response: ServerResponse,
  { statusCode = 200, headers = {}, body, isBase64Encoded }: APIGatewayProxyStructuredResultV2,
): void {
  const content =
    isBase64Encoded === true ? Buffer.from(body ?? "", "base64") : Buffer.from(body ?? "", "utf8");
  const length = statusCode === 304 ? {} : { "content-length": content.length };
  response.writeHead(statusCode, { ...(headers as Record<string, string>), ...length });
  response.end(response.req.method === "HEAD" ? undefined : content);
}
