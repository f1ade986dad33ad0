// What the provider tells the hub about a call with every request.
import type { SimulatedAccount } from "../account.ts";
import { apiVersion } from "../wire.ts";
import type { Call } from "./call.ts";

export type Form = Readonly<Record<string, string>>;

/** https://www.twilio.com/docs/voice/twiml#request-parameters */
export const callForm = (call: Call, account: SimulatedAccount, status: string = call.status): Form => ({
  AccountSid: account.accountSid,
  ApiVersion: apiVersion,
  CallSid: call.sid,
  CallStatus: status,
  Called: call.to,
  Caller: call.shownAs ?? call.from,
  Direction: call.direction,
  From: call.shownAs ?? call.from,
  To: call.to,
  ...(call.answeredBy !== undefined && { AnsweredBy: call.answeredBy }),
});
