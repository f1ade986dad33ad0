// Somebody, or something, picked up. What is said depends on how the page stands now; only a key in our own prompt answers.
import type { StreamId } from "../core/aggregate.ts";
import type { CallScript } from "../core/voice/script.ts";
import { decisions } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { fromTwilio, spoken } from "../twilio-call.ts";
import { afterKey } from "./after-key.ts";
import { callErrand } from "./call-errand.ts";
import { prompt } from "./prompt.ts";

export function make(ports: PortsOf<"answer-call">): HttpHandler {
  const house = { ...ports, ...decisions(ports) };

  return fromTwilio(ports.twilioSignature, "call", async (form, event) => {
    const { incident = "", delivery = "", step } = event.pathParameters ?? {};
    const stream: StreamId = `incident/${incident}`;
    const errand = await callErrand(house, stream, delivery);
    const { CallSid: sid = "", Digits: digits = "" } = form;
    const script: CallScript =
      step === undefined
        ? prompt(errand, { number: 1 })
        : await afterKey(house, errand, { step, digits, sid });
    return spoken(ports.callScripts.render(script));
  });
}
