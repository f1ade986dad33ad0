// A provider that takes every text at once and notes when it came: a process of its own, so that its work is not counted
// as the target's. It answers POSTs as Twilio answers, which is more than a webhook's sender asks for.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { microseconds } from "./clock.ts";
import type { Call } from "./provider-calls.ts";

// Each alert of a benchmark bears a mark like this one in its title, and so does the page about it.
const mark = /mark-[a-z0-9]+-\d+/;

let calls: Call[] = [];

const server = createServer((request, response) => {
  const at = microseconds();
  const wall = Date.now();
  if (request.method === "GET") return send(response, 200, calls);
  if (request.method === "DELETE") {
    calls = [];
    return send(response, 200, {});
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => note(request, response, Buffer.concat(chunks).toString("utf8"), { at, wall }));
});

function note(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  when: Pick<Call, "at" | "wall">,
): void {
  const text = request.url?.endsWith("/Messages.json") === true;
  const form = new URLSearchParams(text ? body : "");
  const to = form.get("To") ?? "";
  const incident = /\/reports\/([^/]+)\//.exec(form.get("StatusCallback") ?? "")?.[1] ?? "";
  calls.push({ ...when, mark: mark.exec(body)?.[0] ?? "", to, incident, bytes: body.length });
  const sid = `SM${calls.length.toString(16).padStart(32, "0")}`;
  send(response, 201, {
    sid,
    status: "queued",
    to,
    from: form.get("From") ?? "",
    body: form.get("Body") ?? "",
    direction: "outbound-api",
    account_sid: "AC00000000000000000000000000000001",
    api_version: "2010-04-01",
    date_created: new Date(when.wall).toUTCString(),
    date_updated: new Date(when.wall).toUTCString(),
    date_sent: null,
    num_media: "0",
    num_segments: "1",
    price: null,
    price_unit: "USD",
    error_code: null,
    error_message: null,
    messaging_service_sid: null,
    uri: `/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/${sid}.json`,
    subresource_uris: {},
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () =>
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on("SIGTERM", () => process.exit(0));
