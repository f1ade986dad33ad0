// The door of the one-machine host: node:http turned into the events of an API Gateway HTTP API, and back.
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { problemResult } from "../../functions/problem.ts";
import type { Invoke, LocalFunction } from "./functions.ts";
import { fromHere } from "./loopback.ts";
import { type Heard, routeOf } from "./routes.ts";

/** A little more than what a function takes, so that the function is the one to say so. */
const largestRequest = 17 * 1024 * 1024;

/** Answers what belongs to the simulators; undefined for everything else. */
export type Aside = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

export interface Door {
  readonly invoke: Readonly<Record<LocalFunction, Invoke>>;
  readonly aside: Aside;
  /** Names under which the host may be called beside those of this machine. */
  readonly publicHost: string;
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
  const url = new URL(request.url ?? "/", "http://hub.invalid");
  if (!fromHere(request, door.publicHost)) return send(response, elsewhere);
  if (door.aside(request, response, url.pathname)) return;
  // Like the gateway in the cloud, HEAD is a GET of which only the head is sent.
  const asked = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const heard = routeOf(asked, url.pathname);
  if ("allow" in heard) return send(response, heard.allow.length > 0 ? otherMethod(heard.allow) : nowhere);
  const body = await bodyOf(request);
  if (body === undefined) {
    response.once("finish", () => request.destroy());
    return send(response, tooLarge);
  }
  const invoke = door.invoke[heard.name as LocalFunction];
  const result = (await invoke(eventOf(request, url, heard, body))) as APIGatewayProxyStructuredResultV2;
  send(response, result);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > largestRequest) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestRequest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function eventOf(request: IncomingMessage, url: URL, heard: Heard, body: Buffer): APIGatewayProxyEventV2 {
  const { routeKey, parameters } = heard;
  const method = request.method ?? "GET";
  const text = body.toString("utf8");
  // Like API Gateway: text stays text, and what is no text comes as base64.
  const encoded = body.length > 0 && !Buffer.from(text, "utf8").equals(body);
  const sourceIp = request.socket.remoteAddress ?? "127.0.0.1";
  return {
    version: "2.0",
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(",") : value,
      ]),
    ),
    queryStringParameters: Object.fromEntries(url.searchParams),
    pathParameters: { ...parameters },
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: request.headers.host ?? "localhost",
      domainPrefix: "local",
      http: {
        method,
        path: url.pathname,
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

const operator = { sub: "operator", name: "The operator of this machine" };

/**
 * Whoever sits at this machine is its operator, for the door opens to loopback only; and may play anybody else, by giving an
 * e-mail address as the token.
 */
function claimsOf(authorization: string | undefined): Readonly<Record<string, string>> {
  const [, email] = /^Bearer ([^\s@]+@[^\s@]+)$/.exec(authorization ?? "") ?? [];
  return email === undefined ? operator : { sub: email, email };
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

const tooLarge = problemResult({
  status: 413,
  code: "body-too-large",
  title: "The body is too large",
  detail: "One machine takes 16 MiB at once. Send smaller batches; for Alertmanager set max_alerts.",
  headers: { connection: "close" },
});
const nowhere = problemResult({ status: 404, code: "not-found", title: "There is nothing at this address" });
const otherMethod = (allow: readonly string[]) =>
  problemResult({
    status: 405,
    code: "method-not-allowed",
    title: "Not by this method",
    headers: { allow: allow.join(", ") },
  });
const elsewhere = problemResult({
  status: 403,
  code: "not-this-machine",
  title: "This hub answers its own machine only",
  detail: "Call it as 127.0.0.1 or localhost. A real night runs on AWS.",
});
