// What answers beside the functions on one machine: the phones' page, the phones, and a button that sends an alert.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Organisation } from "../../functions/core/organisation.ts";
import type { Aside } from "./http.ts";
import type { IntakeAddress } from "./intake-addresses.ts";
import { type ChatSimulator, chatPath } from "./simulator/chat/chat-simulator.ts";
import { simulatorPage } from "./simulator/page.ts";
import { simulatedTab } from "./simulator/tab/tab.ts";
import { simulatorListener } from "./simulator/twilio/listener.ts";
import type { PhoneSimulator } from "./simulator/twilio/phone-simulator.ts";

export interface Simulated {
  readonly simulator: PhoneSimulator;
  readonly chat: ChatSimulator;
  readonly organisation: Organisation;
  /** Asked when the button is pressed: the address is known once the door is open. */
  readonly intake: () => readonly IntakeAddress[];
}

export function simulators({ simulator, chat, organisation, intake }: Simulated): Aside {
  const phones = simulatorListener(simulator);
  const chatter = simulatorListener(chat);
  return (request, response, path) => {
    if (!path.startsWith("/simulator")) return false;
    const page = request.method === "GET" ? (simulatorPage(path) ?? simulatedTab(path)) : undefined;
    if (page !== undefined) response.writeHead(page.status, { ...page.headers }).end(page.body);
    else if (path === "/simulator/phones" && request.method === "GET")
      sendJson(response, 200, listed(simulator, organisation));
    else if (path === "/simulator/sample-alert" && request.method === "POST")
      void sendSample(request, response, intake());
    else if (isChat(path)) chatter(request, response);
    else phones(request, response);
    return true;
  };
}

const isChat = (path: string): boolean => path === chatPath || path.startsWith(`${chatPath}/`);

/**
 * Where texts go out for real nobody must look for them on a simulated phone. `chat`: with whom the bot signs in, where it
 * speaks to another connector on this machine.
 */
export function noPhones(mode: "real" | "elsewhere", chat?: ChatSimulator): Aside {
  const chatter = chat && simulatorListener(chat);
  return (request, response, path) => {
    if (!path.startsWith("/simulator")) return false;
    const where = mode === "real" ? "the REAL Twilio account" : "TWILIO_API_URL";
    if (chatter !== undefined && isChat(path)) chatter(request, response);
    else sendJson(response, 404, { title: "No simulated phones", detail: `Texts go out through ${where}.` });
    return true;
  };
}

/** Everybody's phones with what is on them, and those that were texted or called without being in the config. */
function listed(simulator: PhoneSimulator, { people }: Organisation) {
  const owners = new Map<string, string[]>();
  for (const { name, methods: all } of people) {
    const methods = all.filter(({ channel }) => channel !== "teams");
    const numbers = new Set(methods.map(({ address }) => address));
    for (const number of numbers) {
      // One phone takes texts and calls; only somebody with several has to tell them apart.
      const ids = methods.filter(({ address }) => address === number).map(({ id }) => id);
      const owner = numbers.size > 1 ? `${name} (${ids.join(", ")})` : name;
      owners.set(number, [...(owners.get(number) ?? []), owner]);
    }
  }
  for (const number of simulator.numbers()) if (!owners.has(number)) owners.set(number, ["somebody else"]);
  return {
    phones: [...owners].map(([number, names]) => ({ ...simulator.phone(number), name: names.join(", ") })),
  };
}

const sample = {
  title: "Payments time out in 4 of 5 tries",
  service: "checkout",
  severity: "critical",
  description: "Sent by the button beside the phones.",
};

async function sendSample(
  request: IncomingMessage,
  response: ServerResponse,
  intake: readonly IntakeAddress[],
): Promise<void> {
  request.resume();
  const generic = intake.find(({ kind }) => kind === "generic");
  if (generic === undefined) {
    sendJson(response, 409, {
      detail: "The config has no source of the kind generic to send a sample alert to.",
    });
    return;
  }
  const headers = { "content-type": "application/json" };
  const sent = await fetch(generic.address, { method: "POST", headers, body: JSON.stringify(sample) }).catch(
    (error: unknown) => new Response(JSON.stringify({ detail: String(error) }), { status: 502 }),
  );
  sendJson(response, sent.status, await sent.json());
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  void response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify(body));
