// Somebody calls the hub's own number: to come into a bridge by PIN, or for help. Each step answers with the next, and the
// whole dialogue's state stands in the path, which nobody but the provider can sign.
import { decisions, heldCallsOf } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import { meters } from "../meters.ts";
import type { PortsOf } from "../subscriptions.ts";
import { fromTwilio, spoken } from "../twilio-call.ts";
import { lineCall } from "./call.ts";
import { letIn } from "./enter.ts";
import { same, subject, sure } from "./help.ts";
import type { House, LineStep } from "./house.ts";
import { greet, menu } from "./menu.ts";
import { named, pin } from "./pin.ts";
import { pinGate } from "./pin-gate.ts";
import { paged, room, said } from "./room.ts";

const steps = new Map<string, LineStep>(
  Object.entries({ menu, pin, named, sure, subject, same, paged, said, room, "let-in": letIn }),
);

export function make(ports: PortsOf<"answer-line">): HttpHandler {
  const { incidents: openIncidents, ...others } = ports;
  const deciding = decisions(ports);
  const counted = meters({ ...others, ...deciding }, "answer-line");
  const house: House = {
    ...others,
    ...deciding,
    openIncidents,
    meters: counted,
    gate: pinGate(counted),
    heldCalls: heldCallsOf(ports.journal, () => deciding.directory.version()),
  };

  return fromTwilio(ports.twilioSignature, "call", async (form, event, tools) => {
    const { step, about = "", more = "" } = event.pathParameters ?? {};
    const call = await lineCall(form, house);
    // A step that nobody made begins anew.
    const perform = (step === undefined ? undefined : steps.get(step)) ?? greet;
    return spoken(ports.callScripts.render(await perform(house, { call, about, more, tools })));
  });
}
