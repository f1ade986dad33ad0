// A text message that the second carrier brings. Its answer goes back as a text of its own.
import * as z from "zod";
import { seconds } from "../core/time.ts";
import { decisions } from "../decisions.ts";
import { type QueueHandler, queue, type Tools } from "../lambda.ts";
import type { OutboundText } from "../ports.ts";
import { takeReply } from "../replies/take-reply.ts";
import type { PortsOf } from "../subscriptions.ts";
import { answerMessage } from "../wording/sms.ts";

/** Later than this nobody remembers what the answer is about. */
const validFor = seconds(300);

// https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
const inbound = z.looseObject({
  originationNumber: z.string().min(1).max(50),
  messageBody: z.string().default(""),
  inboundMessageId: z.string().min(1).max(200),
});

export function make(ports: PortsOf<"receive-text">): QueueHandler {
  const house = { ...ports, ...decisions(ports) };
  const { sms } = ports.secondCarrier;

  const answer = async (message: OutboundText, tools: Tools): Promise<void> => {
    const reply = message.reference;
    if (sms === undefined) {
      tools.log.warn("no sender to answer a text with", { reply });
      return;
    }
    const sent = await sms.send(message);
    // What the reply did is done, and is not done twice: only the answer is tried again.
    if (sent.outcome === "retry") throw new Error(`The answer to ${reply} was not taken: ${sent.reason}`);
    if (sent.outcome !== "giveUp") return;
    tools.log.warn("a text can't be answered", { reply, reason: sent.reason });
    if (sent.operator) tools.count("OperatorAlarm");
  };

  return queue(async (body, tools) => {
    const read = inbound.safeParse(body);
    // Nothing of it goes into the error, for a number and somebody's words stand in it.
    if (!read.success)
      throw new Error("The record is no text message in the form that the carrier documents");
    const { originationNumber: from, messageBody: text, inboundMessageId: id } = read.data;
    const said = await takeReply(house, { from, text, id, obeyed: undefined }, tools.log);
    if (said === undefined) return;
    const { drill } = said;
    const message = { to: from, drill, reference: id, reportTo: "", validFor };
    await answer({ ...message, text: answerMessage(said.answer, drill) }, tools);
  });
}
