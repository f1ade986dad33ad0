// The simulator's routes as its page sees them, with the page itself from the real module: a double at the wire.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Message, Phone } from "../../infra/local/simulator/page/wire.d.ts";
import { simulatorPage } from "../../infra/local/simulator/page.ts";

export interface ASimulator {
  readonly url: string;
  readonly phones: (Phone & { messages: Message[] })[];
  readonly sent: { readonly number: string; readonly body: string }[];
  sampleAlerts: number;
  /** False: no event stream, the page has to ask. */
  streams: boolean;
  state: "up" | "down";
  /** A text arrives at a phone. */
  text(number: string, body: string): void;
  close(): Promise<void>;
}

export async function aSimulator(people: readonly Phone[]): Promise<ASimulator> {
  const listeners = new Set<ServerResponse>();
  let sids = 0;

  function add(number: string, direction: Message["direction"], body: string) {
    const phone = simulator.phones.find((one) => one.number === number);
    const at = new Date().toISOString();
    const status = direction === "outbound" ? "delivered" : "received";
    phone?.messages.push({ at, direction, from: "+12025550100", body, sid: `SM${sids++}`, status });
    for (const listener of listeners)
      listener.write(`data: ${JSON.stringify({ type: "message", phone: number })}\n\n`);
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://simulator");
    const page = simulatorPage(pathname);
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (page) {
      response.writeHead(page.status, page.headers);
      response.end(page.body);
      return;
    }
    if (simulator.state === "down") return void request.socket.destroy();
    if (pathname === "/simulator/phones")
      return json(200, { phones: simulator.phones.map(({ number, name }) => ({ number, name })) });
    if (pathname === "/simulator/sample-alert") {
      simulator.sampleAlerts++;
      return json(202, {});
    }
    if (pathname === "/simulator/events" && simulator.streams) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(": here\n\n");
      listeners.add(response);
      return;
    }
    const [, number = "", text] =
      /^\/simulator\/phones\/([^/]+)(\/text)?$/.exec(decodeURIComponent(pathname)) ?? [];
    const phone = simulator.phones.find((one) => one.number === number);
    if (phone === undefined) return json(404, {});
    if (text === undefined) return json(200, { messages: phone.messages, calls: [] });
    request.setEncoding("utf8").on("data", (chunk: string) => {
      const { body } = JSON.parse(chunk) as { body: string };
      simulator.sent.push({ number, body });
      add(number, "inbound", body);
      json(201, {});
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const simulator: ASimulator = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    phones: people.map((phone) => ({ ...phone, messages: [] })),
    sent: [],
    sampleAlerts: 0,
    streams: true,
    state: "up",
    text: (number, body) => add(number, "outbound", body),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
  return simulator;
}

export const people: readonly Phone[] = [
  { number: "+447700900001", name: "Ada Byron" },
  { number: "+447700900002", name: "Grace Hopper" },
  { number: "+447700900003", name: "Katherine Johnson" },
  { number: "+447700900004", name: "Mary Jackson" },
];
