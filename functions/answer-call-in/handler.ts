// Somebody, or something, picked up a call into the room. Only the key that is spoken leads in: a voicemail box, a
// screener or silence never gets there.
import type { StreamId } from "../core/aggregate.ts";
import type { CallScript } from "../core/voice/script.ts";
import { decisions } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { fromTwilio, spoken } from "../twilio-call.ts";
import { afterKey } from "./after-key.ts";
import { prompt } from "./prompt.ts";
import { wishOf } from "./wish.ts";

export function make(ports: PortsOf<"answer-call-in">): HttpHandler {
  const house = { ...ports, ...decisions(ports) };

  return fromTwilio(ports.twilioSignature, "call", async (form, event) => {
    const { incident = "", callIn = "", step } = event.pathParameters ?? {};
    const stream: StreamId = `incident/${incident}`;
    // Looked up anew at each step: the bridge may have ended while the phone rang.
    const wish = await wishOf(house, stream, callIn);
    const { CallSid: sid = "", Digits: digits = "" } = form;
    const script: CallScript =
      step === undefined ? prompt(wish, 1) : await afterKey(house, wish, { step, digits, sid });
    return spoken(ports.callScripts.render(script));
  });
}
