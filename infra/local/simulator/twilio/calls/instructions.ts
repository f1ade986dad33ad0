// Asks the hub what to do in a call, and reads the answer.
import { answerWithin, signedRequest, type WebAddress } from "../webhooks.ts";
import type { Form } from "./call-form.ts";
import type { CallParts } from "./parts.ts";
import { readTwiml, type Verb } from "./twiml.ts";

export type Instructions =
  | { readonly outcome: "script"; readonly verbs: readonly Verb[]; readonly warnings: readonly string[] }
  /** `code`: what Twilio's debugger would show. */
  | { readonly outcome: "failed"; readonly code: number; readonly reason: string };

const failed = (code: number, reason: string): Instructions => ({ outcome: "failed", code, reason });

// https://www.twilio.com/docs/api/errors: 11200 retrieval failure, 11205 connection failure, 11210 too many hops,
// 12100 not XML, 12300 wrong content type.
export async function askHub(
  address: WebAddress,
  form: Form,
  token: string,
  parts: CallParts,
): Promise<Instructions> {
  const answer = await ask(address, form, token, parts);
  if (answer === "nobody") return failed(11205, "Nobody answers there");
  if (answer === "late") return failed(11205, "No answer within 15 seconds");
  if (answer.status >= 300) return failed(11200, `HTTP ${answer.status}`);
  const type = answer.contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "text/plain")
    return {
      outcome: "script",
      verbs: [{ name: "Say", attributes: {}, text: answer.body.trim(), nested: [] }],
      warnings: [],
    };
  if (!["text/xml", "application/xml", "text/html"].includes(type))
    return failed(12300, `The content type is ${type === "" ? "missing" : type}`);
  const read = readTwiml(answer.body);
  return read.outcome === "script" ? read : failed(12100, read.reason);
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** One more try where no connection came about, as by default: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides */
async function ask(
  address: WebAddress,
  form: Form,
  token: string,
  { post, account, timers }: CallParts,
): Promise<Answer | "nobody" | "late"> {
  const { url, headers, body, method } = signedRequest(account.authToken, address, form, token);
  const once = () =>
    new Promise<Answer | "nobody" | "late">((resolve) => {
      const cancel = timers.after(answerWithin, () => resolve("late"));
      const settle = (outcome: Answer | "nobody"): void => {
        cancel();
        resolve(outcome);
      };
      post(url, headers, body, method).then(settle, () => settle("nobody"));
    });
  const first = await once();
  return first === "nobody" ? once() : first;
}
