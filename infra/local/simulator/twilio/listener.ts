// The simulator over HTTP: what its replies mean on a socket. The host mounts it below /simulator/.
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { PhoneSimulator } from "./phone-simulator.ts";
import type { SimulatorReply } from "./replies.ts";

const usualBody = 64 * 1024;
const heartbeat = 15_000;

interface Simulated extends Pick<PhoneSimulator, "handle"> {
  readonly largestBody?: number;
}

export function simulatorListener(simulator: Simulated): RequestListener {
  return (request, response) => {
    serve(simulator, request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  };
}

async function serve(
  simulator: Simulated,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request, simulator.largestBody ?? usualBody);
  if (body === undefined) {
    response.writeHead(413, { connection: "close" }).end();
    return;
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const reply = await simulator.handle({
    method: request.method ?? "GET",
    path: request.url ?? "/",
    headers,
    body,
  });
  await send(reply, response);
}

async function bodyOf(request: IncomingMessage, largestBody: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function send(reply: SimulatorReply, response: ServerResponse): Promise<void> {
  switch (reply.kind) {
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "silence":
      return; // whoever asked runs into its own time limit
    case "answer":
      response.writeHead(reply.status, { ...reply.headers }).end(reply.bytes ?? reply.body);
      return;
    case "events":
      return sendEvents(reply, response);
  }
}

/** Server-sent events; a comment now and then shows whoever listens, and whatever stands between, that it lives. */
async function sendEvents(
  reply: Extract<SimulatorReply, { kind: "events" }>,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": here\n\n");
  const beat = setInterval(() => response.write(": still here\n\n"), heartbeat);
  try {
    for await (const event of reply.follow(gone.signal)) response.write(`data: ${JSON.stringify(event)}\n\n`);
  } finally {
    clearInterval(beat);
  }
}
