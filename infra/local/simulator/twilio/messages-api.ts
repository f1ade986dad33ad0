// The part of Twilio's REST API that carries texts: create one, list them, look at one, forget one or what it said.
import type { SimulatedAccount } from "./account.ts";
import type { ApiRequest } from "./api.ts";
import { type Message, newSid, type PhoneMemory } from "./phones.ts";
import {
  type Answer,
  gone,
  json,
  magicRefusal,
  magicSender,
  type Refused,
  refusal,
  refusals,
} from "./refusals.ts";
import { messagePage, messageResource } from "./resource.ts";

export interface MessagesApi {
  readonly account: SimulatedAccount;
  readonly memory: PhoneMemory;
  readonly now: () => number;
  readonly taken: (message: Message) => void;
}

/** Undefined for a path that is not about messages. */
export function answerMessages(request: ApiRequest, base: string, api: MessagesApi): Answer | undefined {
  const { path, method, query } = request;
  if (path === `${base}/Messages.json`) {
    if (method === "POST") return create(request.form, api);
    if (method !== "GET") return refusal(refusals.method);
    return json(200, messagePage(api.memory.messages(), api.account.accountSid, query));
  }
  const sid = path.startsWith(`${base}/Messages/`)
    ? /^(SM[0-9a-f]{32})\.json$/.exec(path.slice(base.length + "/Messages/".length))?.[1]
    : undefined;
  const message = sid === undefined ? undefined : api.memory.message(sid);
  if (message === undefined) return undefined;
  if (method === "POST") return change(message, request.form, api);
  if (method === "DELETE") return forget(message);
  if (method !== "GET") return refusal(refusals.method);
  return json(200, messageResource(message, api.account.accountSid));
}

/** https://www.twilio.com/docs/messaging/api/message-resource#update-a-message-resource: nothing here is scheduled. */
function change(message: Message, form: URLSearchParams, { account, now }: MessagesApi): Answer {
  if (form.get("Status") === "canceled") return refusal(refusals.notScheduled);
  if (form.get("Body") !== "") return refusal(refusals.badParameter("Body"));
  if (!isOver(message)) return refusal(refusals.unfinished);
  message.forgotten = "body";
  message.updatedAt = now();
  return json(200, messageResource(message, account.accountSid));
}

function forget(message: Message): Answer {
  if (!isOver(message)) return refusal(refusals.unfinished);
  message.forgotten = "all";
  return gone;
}

const isOver = ({ status }: Message): boolean =>
  status === "delivered" || status === "undelivered" || status === "failed" || status === "received";

function create(form: URLSearchParams, { account, memory, now, taken }: MessagesApi): Answer {
  const refused = refusedBecause(form, account, memory);
  if (refused !== undefined) return refusal(refused);
  const service = form.get("MessagingServiceSid") ?? undefined;
  const at = now();
  const message: Message = {
    sid: newSid("SM"),
    at,
    direction: "outbound-api",
    from: form.get("From") ?? account.from,
    to: form.get("To") ?? "",
    body: form.get("Body") ?? "",
    messagingServiceSid: service,
    validitySeconds: Number(form.get("ValidityPeriod") ?? 36_000),
    statusCallback: form.get("StatusCallback") ?? undefined,
    status: service === undefined ? "queued" : "accepted",
    onHandset: false,
    sentAt: undefined,
    updatedAt: at,
    errorCode: undefined,
  };
  memory.keep(message);
  const answer = json(201, messageResource(message, account.accountSid));
  taken(message);
  return answer;
}

export const isNumber = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text);

function refusedBecause(
  form: URLSearchParams,
  account: SimulatedAccount,
  memory: PhoneMemory,
): Refused | undefined {
  const to = form.get("To") ?? "";
  const from = form.get("From") ?? "";
  const service = form.get("MessagingServiceSid") ?? "";
  const body = form.get("Body") ?? "";
  if (to === "") return refusals.noTo;
  if (!isNumber(to)) return refusals.badTo(to);
  if (from === "" && service === "") return refusals.noFrom;
  if (service !== "" && service !== account.messagingServiceSid) return refusals.noService;
  const magic = magicRefusal(to, from);
  if (magic !== undefined) return magic;
  if (from !== "" && from !== account.from && from !== magicSender) return refusals.notOurs(from);
  if (body === "") return refusals.noBody;
  if (body.length > 1600) return refusals.tooLong;
  return refusedSettings(form) ?? (memory.isOptedOut(to) ? refusals.optedOut : undefined);
}

function refusedSettings(form: URLSearchParams): Refused | undefined {
  const callback = form.get("StatusCallback");
  if (callback !== null && !isWebAddress(callback)) return refusals.badCallback;
  const validity = form.get("ValidityPeriod") ?? "36000";
  if (!/^\d{1,5}$/.test(validity) || Number(validity) < 1 || Number(validity) > 36_000)
    return refusals.badValidity;
  return undefined;
}

export const isWebAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url?.protocol === "http:" || url?.protocol === "https:";
};
