// Calls by Twilio. What is spoken is asked for when somebody picks up; here a call is ordered, looked up and taken back.
import { minutes, seconds } from "../../core/time.ts";
import type { Caller, Delivery } from "../../ports.ts";
import { type TwilioAccount, twilioCalls } from "./client.ts";
import { failureOf, refusalOf } from "./failures.ts";

export interface TwilioVoiceSettings extends TwilioAccount {
  /** The number that calls; a messaging service can't. Without one no call can be made, and the operator hears of it. */
  readonly from: string | undefined;
  /** Where Twilio reaches the hub. */
  readonly publicUrl: string;
  /** Asked what to say when the hub's own answer can't be had: better in another region; our own if left out. */
  readonly fallbackUrl?: string;
}

// https://www.twilio.com/docs/voice/api/call-resource: whole seconds, at most 600.
const shortestRing = seconds(5);
const longestRing = minutes(10);
// No longer: a call bears no name of ours, and another page may have rung the same phone a little before.
const clockSkew = seconds(5);
/** `initiated` tells first that a call whose answer was lost is on its way; `ringing` would say it again. */
const reported = ["initiated", "answered", "completed"];

export function twilioVoice(settings: TwilioVoiceSettings): Caller {
  const calls = twilioCalls(settings);
  const base = settings.publicUrl.replace(/\/+$/, "");
  const { from, fallbackUrl = `${base}/twilio/fallback` } = settings;
  return {
    async send({ to, answerAt, reportTo, machineTo, ringFor }) {
      if (from === undefined) return { outcome: "giveUp", reason: "sender-misconfigured", operator: true };
      try {
        const { sid } = await calls.create({
          to,
          from,
          url: `${base}${answerAt}`,
          method: "POST",
          fallbackUrl,
          fallbackMethod: "POST",
          statusCallback: `${base}${reportTo}`,
          statusCallbackMethod: "POST",
          statusCallbackEvent: reported,
          timeout: Math.round(Math.min(Math.max(ringFor, shortestRing), longestRing) / 1000),
          ...(machineTo === undefined ? {} : detection(`${base}${machineTo}`)),
        });
        return sid === undefined
          ? { outcome: "unknown", reason: "provider-error" }
          : { outcome: "done", receipt: sid };
      } catch (error) {
        return failureOf(error);
      }
    },

    async find({ to }, since) {
      try {
        // Not asked by StartTime: a call that still waits in Twilio's queue has none and would be passed over.
        const recent = await calls.list({ to, limit: 50, pageSize: 50 });
        const [only, ...others] = recent.filter(
          ({ direction, dateCreated }) =>
            direction !== "inbound" && dateCreated.getTime() >= since - clockSkew,
        );
        // Of several nobody can say which was this page's: better rung twice than not at all.
        if (only === undefined || others.length > 0) return { outcome: "unknown", reason: "not-delivered" };
        return fateOf(only.sid, only.status);
      } catch {
        // Whatever went wrong with looking, the call's fate is as unknown as before.
        return { outcome: "unknown", reason: "provider-unreachable" };
      }
    },

    async takeBack(receipt) {
      try {
        // Twilio leaves a call alone in which somebody speaks, and says so by its status.
        const { status } = await calls(receipt).update({ status: "canceled" });
        return isUnderWay.has(status) || status === "canceled" ? "taken-back" : "too-late";
      } catch (error) {
        const { status, code } = refusalOf(error);
        return code === notInThatState || status === 404 ? "too-late" : "unknown";
      }
    },
  };
}

/** Beside the call: whoever picks up hears us at once, and a machine only hastens the next way. */
const detection = (reportTo: string) => ({
  machineDetection: "Enable",
  asyncAmd: "true",
  asyncAmdStatusCallback: reportTo,
  asyncAmdStatusCallbackMethod: "POST",
});

/** "Invalid call state": https://www.twilio.com/docs/api/errors/21220 */
const notInThatState = 21220;
const isUnderWay = new Set<string>(["queued", "initiated", "ringing"]);

function fateOf(sid: string, status: string): Delivery {
  const lost = (reason: "busy" | "not-answered" | "not-delivered" | "call-ended" | "no-key-pressed") =>
    ({ outcome: "giveUp", reason, operator: false }) as const;
  switch (status) {
    case "busy":
      return lost("busy");
    case "no-answer":
      return lost("not-answered");
    case "failed":
      return lost("not-delivered");
    case "canceled":
      return lost("call-ended");
    case "completed":
      return lost("no-key-pressed");
    default:
      return { outcome: "done", receipt: sid };
  }
}
