// The chat, probed as a bot speaks to Teams: a line is posted, read back by changing it, and taken away again.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
import type { DeliveryReason } from "../../core/incident/events.ts";
import type { ProbeFound } from "../../core/site/facts.ts";
import { type Duration, seconds } from "../../core/time.ts";
import type { ChatSite } from "../../ports.ts";

export interface ChatSiteSettings {
  /** `{serviceUrl}/v3/conversations/{id}`: a conversation that is there for probes alone. */
  readonly conversation: string;
  readonly token: () => Promise<string>;
  readonly patience?: Duration;
}

const usualPatience: Duration = seconds(5);
/** What is left behind harms nobody. */
const tidyPatience: Duration = seconds(2);
const longestAnswer = 64 * 1024;

type Answered =
  | { readonly outcome: "answered"; readonly status: number; readonly text: string }
  | { readonly outcome: "unreachable"; readonly reason: DeliveryReason };

export function teamsChatSite({ conversation, token, patience = usualPatience }: ChatSiteSettings): ChatSite {
  const activities = `${conversation.replace(/\/+$/, "")}/activities`;

  return {
    async probe() {
      let bearer: string;
      try {
        bearer = await token();
      } catch {
        // Where nobody lets us in we can't reach anybody, and may not be the only ones.
        return unreachable("account-refused");
      }
      const call = (method: string, address: string, text: string, within: Duration) =>
        exchange(address, { method, ...posted(bearer, text) }, within);
      const post = await call("POST", activities, "Muster looks whether this chat can be reached.", patience);
      const refusedPost = refusalOf(post, "sender-misconfigured");
      if (refusedPost !== undefined) return unreachable(refusedPost);
      const id = idIn(post);
      // Taken, it says, and gives it no name: nobody can say that it is there.
      if (id === undefined) return unreachable("not-delivered");
      const line = `${activities}/${encodeURIComponent(id)}`;
      const readBack = await call("PUT", line, "Muster can reach this chat.", patience);
      const refusedReading = refusalOf(readBack, "not-delivered");
      await exchange(line, { method: "DELETE", headers: authorized(bearer) }, tidyPatience);
      return refusedReading === undefined ? { outcome: "well" } : unreachable(refusedReading);
    },
  };
}

/** A hub without a chat. */
export const noChatSite: ChatSite = { probe: () => Promise.resolve({ outcome: "absent" }) };

/** `{ "token": "…" }`, as an operator keeps it in the secret store. Throws without quoting it. */
export function chatTokenOf(json: unknown): string {
  const token = typeof json === "object" && json !== null && "token" in json ? json.token : undefined;
  if (typeof token !== "string" || token === "")
    throw new Error('The chat\'s secret has to be { "token": "…" }');
  return token;
}

const unreachable = (reason: DeliveryReason): ProbeFound => ({ outcome: "unreachable", reason });

const authorized = (bearer: string) => ({ authorization: `Bearer ${bearer}` });

const posted = (bearer: string, text: string) => ({
  headers: { ...authorized(bearer), "content-type": "application/json" },
  body: JSON.stringify({ type: "message", text }),
});

async function exchange(address: string, request: RequestInit, within: Duration): Promise<Answered> {
  try {
    const signal = AbortSignal.timeout(within);
    const response = await fetch(address, { ...request, signal, redirect: "error" });
    return { outcome: "answered", status: response.status, text: await textOf(response) };
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    return { outcome: "unreachable", reason: isLate ? "timed-out" : "provider-unreachable" };
  }
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > longestAnswer) throw new Error("the answer is too large");
  }
  return text;
}

function refusalOf(answered: Answered, notFound: DeliveryReason): DeliveryReason | undefined {
  if (answered.outcome === "unreachable") return answered.reason;
  const { status, text } = answered;
  if (status === 401 || status === 403) return "account-refused";
  if (status === 404) return notFound;
  if (status === 429) return "rate-limited";
  if (status < 200 || status > 299) return "provider-error";
  // Some failures come under 200, as text.
  return text === "" || objectIn(text) !== undefined ? undefined : "provider-error";
}

function idIn(answered: Answered): string | undefined {
  const said = answered.outcome === "answered" ? objectIn(answered.text) : undefined;
  return said !== undefined && "id" in said && typeof said.id === "string" && said.id !== ""
    ? said.id
    : undefined;
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // no JSON: whoever asked says what that means
  }
}
