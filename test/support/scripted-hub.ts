// A little hub that answers the telephone with scripts laid down by a test, on a real socket; and the phones that it calls,
// in time that stands still until the test moves it.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as aTurn } from "node:timers/promises";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import type { SimulatorEvent } from "../../infra/local/simulator/twilio/events.ts";
import type { SimulatorSettings } from "../../infra/local/simulator/twilio/phone-simulator.ts";
import { postByHttp } from "../../infra/local/simulator/twilio/webhooks.ts";
import { simulatedPhones } from "./simulated-phones.ts";
import { twilioClient } from "./twilio-client.ts";
import { virtualTime } from "./virtual-time.ts";

export interface Asked {
  readonly path: string;
  readonly method: string;
  readonly form: Readonly<Record<string, string>>;
  readonly signed: boolean;
}

/** TwiML, an HTTP status, another content type, or no answer at all. */
export type Answer = string | number | { readonly type: string; readonly body: string } | typeof silence;
export const silence = Symbol("silence");

export const { authToken, from: ours } = simulatedAccount;
export const ada = "+447700900001";
export const grace = "+447700900002";

export async function scriptedHub(settings: Partial<SimulatorSettings> = {}) {
  const scripts = new Map<string, Answer | ((form: Asked["form"]) => Answer)>();
  const asked: Asked[] = [];
  const events: SimulatorEvent[] = [];
  const time = virtualTime(Date.parse("2026-11-21T02:00:00Z"));

  const now = (): number => time.clock.now();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
    const url = `http://${request.headers.host}${request.url}`;
    const { pathname, searchParams } = new URL(url);
    const sent = Object.fromEntries(new URLSearchParams(body));
    const signature = String(request.headers["x-twilio-signature"]);
    const signed = webhooks.validateRequest(authToken, signature, url, sent);
    const form = { ...Object.fromEntries(searchParams), ...sent };
    asked.push({ path: pathname, method: request.method ?? "", form, signed });
    const script = scripts.get(pathname) ?? 200;
    const said = typeof script === "function" ? script(form) : script;
    if (said === silence) return;
    if (typeof said === "number") return void response.writeHead(said).end();
    const { type, body: text } = typeof said === "string" ? { type: "text/xml", body: said } : said;
    response.writeHead(200, { "content-type": type }).end(text);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const phones = await simulatedPhones({
    inboundUrl: `${url}/twilio/messages`,
    now,
    timers: {
      after(ms, run) {
        const wait = time.waits.set(run, ms);
        return () => time.waits.clear(wait);
      },
    },
    post: postByHttp,
    ...settings,
  });
  const { simulator } = phones;
  simulator.subscribe((event) => events.push(event));
  const client = twilioClient(phones.address);
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await aTurn();
  };
  const rest = async (): Promise<void> => {
    for (let round = 0; round < 3; round++) {
      await turns();
      await simulator.settled();
    }
  };
  const lastCall = (phone = ada) => {
    const found = simulator.phone(phone).calls.at(-1);
    if (found === undefined) throw new Error(`No call ever reached ${phone}`);
    return found;
  };

  return {
    url,
    scripts,
    asked,
    events,
    simulator,
    client,
    address: phones.address,
    rest,
    turns,
    lastCall,
    now,
    /** A script at a path, inside <Response>. */
    says: (path: string, inside: string) => scripts.set(path, `<Response>${inside}</Response>`),
    asksAt: (path: string) => asked.filter((each) => each.path === path),
    /** What was reported of a call, in the order in which it happened: on their way, reports may overtake each other. */
    reports: () =>
      asked
        .filter(({ path }) => path === "/status")
        .toSorted((a, b) => Number(a.form["SequenceNumber"]) - Number(b.form["SequenceNumber"]))
        .map(({ form }) => form["CallStatus"]),
    async call(more: Partial<Parameters<typeof client.calls.create>[0]> = {}) {
      const placed = await client.calls.create({
        to: ada,
        from: ours,
        url: `${url}/answer`,
        statusCallback: `${url}/status`,
        statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
        ...more,
      });
      await rest();
      return placed.sid;
    },
    pass: async (ms: number, settle = rest) => time.pass(ms, settle),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await phones.close();
    },
  };
}

export type ScriptedHub = Awaited<ReturnType<typeof scriptedHub>>;

export const seconds = (count: number): number => count * 1000;
