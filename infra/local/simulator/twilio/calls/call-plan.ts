// Reads what a request to place or change a call asks for, and what is wrong with it.
import type { SimulatedAccount } from "../account.ts";
import { isNumber, isWebAddress } from "../messages-api.ts";
import { magicSender, type Refused } from "../refusals.ts";
import type { WebAddress } from "../webhooks.ts";
import { type CallEvent, type CallPlan, callEvents } from "./call.ts";
import { callRefusals, magicCall } from "./call-refusals.ts";
import { readTwiml } from "./twiml.ts";

/** Nothing where the call may be placed. */
export function refusedCall(form: URLSearchParams, account: SimulatedAccount): Refused | undefined {
  const to = form.get("To") ?? "";
  const from = form.get("From") ?? "";
  if (to === "") return callRefusals.noTo;
  if (from === "") return callRefusals.noFrom;
  if (!isNumber(to)) return callRefusals.badTo(to);
  const magic = magicCall(to, from);
  if (magic !== undefined) return magic;
  if (from !== account.from && from !== magicSender) return callRefusals.notOurs(from);
  if (!form.has("Url") && !form.has("Twiml")) return callRefusals.noUrl;
  const timeout = form.get("Timeout") ?? "60";
  if (!/^\d{1,3}$/.test(timeout) || Number(timeout) < 1 || Number(timeout) > 600)
    return callRefusals.badTimeout;
  const machines = form.get("MachineDetection") ?? "";
  if (!["", "Enable", "DetectMessageEnd"].includes(machines)) return callRefusals.badMachines(machines);
  return refusedInstructions(form);
}

/** Url wins over Twiml: https://www.twilio.com/docs/voice/api/call-resource#twiml */
export function refusedInstructions(form: URLSearchParams): Refused | undefined {
  for (const name of ["Url", "FallbackUrl"]) {
    const url = form.get(name);
    if (url !== null && !isWebAddress(url)) return callRefusals.badUrl(url);
  }
  for (const name of ["StatusCallback", "AsyncAmdStatusCallback"]) {
    const url = form.get(name);
    if (url !== null && !isWebAddress(url)) return callRefusals.badCallback(url);
  }
  for (const name of ["Method", "FallbackMethod", "StatusCallbackMethod", "AsyncAmdStatusCallbackMethod"])
    if (!/^(GET|POST)$/i.test(form.get(name) ?? "POST")) return callRefusals.badMethod(name);
  const twiml = form.has("Url") ? null : form.get("Twiml");
  if (twiml === null) return undefined;
  if (twiml.length > 4000) return callRefusals.longTwiml;
  const read = readTwiml(twiml);
  return read.outcome === "unreadable" ? callRefusals.badTwiml(read.reason) : undefined;
}

export function planOf(form: URLSearchParams): CallPlan {
  const reports = address(form, "StatusCallback", "StatusCallbackMethod");
  return {
    instructions: instructionsOf(form) ?? { twiml: "<Response/>" },
    fallback: address(form, "FallbackUrl", "FallbackMethod"),
    reports: reports === undefined ? undefined : { to: reports, events: eventsOf(form) },
    ringSeconds: Number(form.get("Timeout") ?? 60),
    machines: machinesOf(form),
  };
}

export const instructionsOf = (form: URLSearchParams): CallPlan["instructions"] | undefined =>
  address(form, "Url", "Method") ?? (form.has("Twiml") ? { twiml: form.get("Twiml") ?? "" } : undefined);

export function address(form: URLSearchParams, name: string, method: string): WebAddress | undefined {
  const url = form.get(name);
  if (url === null || url === "") return undefined;
  return { url, method: form.get(method)?.toUpperCase() === "GET" ? "GET" : "POST" };
}

const isEvent = (text: string): text is CallEvent => (callEvents as readonly string[]).includes(text);

function eventsOf(form: URLSearchParams): readonly CallEvent[] {
  const asked = form.getAll("StatusCallbackEvent");
  return asked.length === 0 ? ["completed"] : asked.filter(isEvent);
}

/** Twilio takes the call and warns of these: https://www.twilio.com/docs/api/errors/21626 */
export const unknownEvents = (form: URLSearchParams): readonly string[] =>
  form.getAll("StatusCallbackEvent").filter((text) => !isEvent(text));

function machinesOf(form: URLSearchParams): CallPlan["machines"] {
  const wanted = form.get("MachineDetection");
  if (wanted !== "Enable" && wanted !== "DetectMessageEnd") return undefined;
  if (form.get("AsyncAmd") !== "true") return { wanted, report: undefined };
  const report = address(form, "AsyncAmdStatusCallback", "AsyncAmdStatusCallbackMethod");
  return { wanted, report: report ?? "unreported" };
}
