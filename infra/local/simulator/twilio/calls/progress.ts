// The provider's reports of a call's progress, as far as they were asked for.
// https://www.twilio.com/docs/voice/api/call-resource#statuscallback
import { reportLine } from "../reports.ts";
import { signedRequest, type WebAddress } from "../webhooks.ts";
import { stamp } from "../wire.ts";
import { type Call, type CallEvent, phoneOf } from "./call.ts";
import { callForm, type Form } from "./call-form.ts";
import type { CallParts } from "./parts.ts";

const statusOf: Readonly<Record<Exclude<CallEvent, "completed">, string>> = {
  initiated: "initiated",
  ringing: "ringing",
  answered: "in-progress",
};

export function progressOf(call: Call, parts: CallParts): (event: CallEvent) => void {
  let sequence = 0;
  const line = reportLine<{ readonly event: CallEvent; readonly form: Form; readonly to: WebAddress }>(
    call.to,
    parts,
    ({ event, form, to }) => sendReport(call, to, form, `${call.sid}-${event}`, parts),
    ({ event }) => event === "completed",
  );
  return (event) => {
    const { reports } = call.plan;
    if (reports === undefined || !reports.events.includes(event)) return;
    const form = {
      ...callForm(call, parts.account, event === "completed" ? call.status : statusOf[event]),
      CallbackSource: "call-progress-events",
      SequenceNumber: String(sequence),
      Timestamp: stamp(parts.now()),
      ...(event === "completed" && ended(call)),
    };
    sequence += 1;
    line({ event, form, to: reports.to });
  };
}

export const secondsOf = ({ answeredAt, endedAt }: Call): number =>
  answeredAt === undefined || endedAt === undefined ? 0 : Math.round((endedAt - answeredAt) / 1000);

function ended(call: Call): Form {
  const seconds = secondsOf(call);
  return {
    CallDuration: String(seconds),
    Duration: String(Math.ceil(seconds / 60)),
    SipResponseCode:
      { busy: "486", "no-answer": "487", canceled: "487", failed: "404" }[call.status as string] ?? "200",
  };
}

/** Sends it, once more where nobody answers, and says so where the hub does not take it. */
export function sendReport(
  call: Call | undefined,
  to: WebAddress,
  form: Form,
  token: string,
  { account, post, events, background }: Pick<CallParts, "account" | "post" | "events" | "background">,
): void {
  const { url, headers, body, method } = signedRequest(account.authToken, to, form, token);
  const once = () =>
    post(url, headers, body, method).then(
      ({ status }) => (status < 400 ? undefined : `HTTP ${status}`),
      () => "unreachable",
    );
  const sent = once()
    .then((trouble) => (trouble === "unreachable" ? once() : trouble))
    .then((reason) => {
      if (reason === undefined) return;
      const sid = call?.sid ?? form["ConferenceSid"] ?? "";
      const path = new URL(to.url).pathname;
      const phone = call === undefined ? {} : { phone: phoneOf(call) };
      events.tell({ type: "webhook-failed", ...phone, sid, path, reason });
    });
  background(sent);
}
