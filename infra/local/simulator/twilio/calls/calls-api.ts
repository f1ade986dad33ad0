// The part of Twilio's REST API that makes calls: place one, list them, look at one, take one back, lead it elsewhere or forget it.
import type { Api, ApiRequest } from "../api.ts";
import { newSid } from "../phones.ts";
import { type Answer, gone, json, type Refused, refusal, refusals } from "../refusals.ts";
import { type Call, isLive } from "./call.ts";
import {
  address,
  instructionsOf,
  planOf,
  refusedCall,
  refusedInstructions,
  unknownEvents,
} from "./call-plan.ts";
import { callRefusals } from "./call-refusals.ts";
import { callPage, callResource } from "./call-resource.ts";
import { blank } from "./exchange.ts";

/** Undefined for a path that is not about calls. */
export function answerCalls(request: ApiRequest, base: string, api: Api): Answer | undefined {
  const { path, method, query, form } = request;
  const { accountSid } = api.account;
  if (path === `${base}/Calls.json`) {
    if (method === "POST") return place(form, api);
    if (method !== "GET") return refusal(refusals.method);
    return json(200, callPage(api.exchange.memory.calls(), accountSid, query));
  }
  const sid = path.startsWith(`${base}/Calls/`)
    ? /^(CA[0-9a-f]{32})\.json$/.exec(path.slice(base.length + "/Calls/".length))?.[1]
    : undefined;
  const call = sid === undefined ? undefined : api.exchange.memory.call(sid);
  if (call === undefined) return undefined;
  if (method === "POST") return change(call, form, api);
  if (method === "DELETE") return forget(call);
  if (method !== "GET") return refusal(refusals.method);
  return json(200, callResource(call, accountSid));
}

function place(form: URLSearchParams, api: Api): Answer {
  const placed = placeCall(form, api);
  // As it was before it went anywhere: what became of it meanwhile is told by its reports.
  return "code" in placed ? refusal(placed) : placed.answer;
}

function forget(call: Call): Answer {
  if (isLive(call)) return refusal(refusals.unfinished);
  call.forgotten = true;
  return gone;
}

export function placeCall(
  form: URLSearchParams,
  { account, now, exchange }: Api,
): Refused | { readonly call: Call; readonly answer: Answer } {
  const refused = refusedCall(form, account);
  if (refused !== undefined) return refused;
  const call: Call = {
    ...blank(now()),
    sid: newSid("CA"),
    direction: "outbound-api",
    from: form.get("From") ?? account.from,
    to: form.get("To") ?? "",
    plan: planOf(form),
    status: "queued",
  };
  const answer = json(201, callResource(call, account.accountSid));
  exchange.place(call);
  for (const event of unknownEvents(form))
    exchange.problem(call, 21626, `"${event}" is no StatusCallbackEvent: each goes into a field of its own`);
  if (call.plan.machines?.report === "unreported")
    exchange.problem(call, 21262, "Nobody is told who answers: there is no AsyncAmdStatusCallback");
  return { call, answer };
}

/** https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource */
function change(call: Call, form: URLSearchParams, { account, exchange }: Api): Answer {
  const status = form.get("Status");
  if (status !== null && status !== "canceled" && status !== "completed")
    return refusal(callRefusals.badStatus(status));
  const refused = refusedInstructions(form);
  if (refused !== undefined) return refusal(refused);
  const line = exchange.live(call.sid);
  if (!isLive(call) || line === undefined) return refusal(callRefusals.notLive);
  const waits = call.status === "queued" || call.status === "ringing";
  if (status === "canceled" && !waits) return refusal(callRefusals.notCancelable);
  const instructions = instructionsOf(form);
  if (instructions !== undefined && status === null && call.status !== "in-progress")
    return refusal(callRefusals.notLive);
  const reports = address(form, "StatusCallback", "StatusCallbackMethod");
  if (reports !== undefined) call.plan = { ...call.plan, reports: { to: reports, events: ["completed"] } };
  const fallback = address(form, "FallbackUrl", "FallbackMethod");
  if (fallback !== undefined) call.plan = { ...call.plan, fallback };
  if (status !== null) {
    exchange.withdraw(call.sid);
    line.end(waits ? "canceled" : "completed");
  } else if (instructions !== undefined) line.redirect(instructions);
  return json(200, callResource(call, account.accountSid));
}
