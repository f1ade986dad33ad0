// A text message that Twilio brings. Its answer goes back with the request itself.
import { decisions } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import { takeReply } from "../replies/take-reply.ts";
import type { PortsOf } from "../subscriptions.ts";
import { answered, fromTwilio } from "../twilio-call.ts";
import { answerMessage } from "../wording/reply-answers.ts";

export function make(ports: PortsOf<"receive-reply">): HttpHandler {
  const house = { ...ports, ...decisions(ports) };

  return fromTwilio(ports.twilioSignature, "text", async (form, _, tools) => {
    const { From: from = "", Body: text = "", MessageSid: id = "", OptOutType: optOutType } = form;
    const said = await takeReply(house, { from, text, id, obeyed: obeyed(optOutType) }, tools);
    return said === undefined ? answered() : answered(answerMessage(said.answer, said.drill));
  });
}

/** A messaging service obeys these words itself, and says so. */
function obeyed(optOutType: string | undefined): "stop" | "start" | "help" | undefined {
  const word = optOutType?.toLowerCase();
  return word === "stop" || word === "start" || word === "help" ? word : undefined;
}
