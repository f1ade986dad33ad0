// The real simulator with its page, and a hub that is a table of scripts: what the page does to a call is what the engine did.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chatSimulator } from "../../infra/local/simulator/chat/chat-simulator.ts";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";
import { phoneSimulator } from "../../infra/local/simulator/twilio/phone-simulator.ts";
import { simulators } from "../../infra/local/simulators.ts";
import { loadConfig } from "../../schemas/load-config.ts";

const { accountSid, authToken, from } = simulatedAccount;

export async function callingPhones(config: string) {
  const loaded = loadConfig(config);
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
  /** Path → what stands inside <Response>. */
  const scripts = new Map<string, string>();
  const pressed: (string | null)[] = [];
  const simulator = phoneSimulator({
    ...simulatedAccount,
    inboundUrl: "http://hub.invalid/twilio/messages",
    callsPerSecond: 0,
    post: async (url, _, body) => {
      const digits = new URLSearchParams(body).get("Digits");
      if (digits !== null) pressed.push(digits);
      const script = scripts.get(new URL(url).pathname) ?? "";
      return { status: 200, contentType: "text/xml", body: `<Response>${script}</Response>` };
    },
  });
  const chat = chatSimulator();
  const aside = simulators({ simulator, chat, organisation: loaded.organisation, intake: () => [] });
  const server = createServer((request, response) => {
    if (!aside(request, response, new URL(request.url ?? "/", "http://host").pathname)) response.end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    scripts,
    pressed,
    simulator,
    chat,
    /** The hub texts that number. */
    async text(to: string, body: string): Promise<void> {
      await fetch(`${url}/simulator/twilio/2010-04-01/Accounts/${accountSid}/Messages.json`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
        body: new URLSearchParams({ To: to, From: from, Body: body }),
      });
    },
    /** The hub calls that number; answers the call's sid. */
    async call(to: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
      const form = { To: to, From: from, Url: "http://hub.invalid/answer", ...more };
      const answer = await fetch(`${url}/simulator/twilio/2010-04-01/Accounts/${accountSid}/Calls.json`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
        body: new URLSearchParams(form),
      });
      return ((await answer.json()) as { sid: string }).sid;
    },
    async close(): Promise<void> {
      simulator.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
