// A text message that the second carrier brings. Its answer goes back as a text of its own.
import { seconds } from "../core/time.ts";
import { decisions } from "../decisions.ts";
import { type QueueHandler, queue, type Tools } from "../lambda.ts";
import type { OutboundText } from "../ports.ts";
import { noteRefusal } from "../refusals.ts";
import { takeReply } from "../replies/take-reply.ts";
import { carrierText } from "../sources/second-carrier-text.ts";
import type { PortsOf } from "../subscriptions.ts";
import { answerMessage } from "../wording/reply-answers.ts";

/** Later than this nobody remembers what the answer is about. */
const validFor = seconds(300);

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
    for (const { person, method: id } of await house.directory.peopleByNumber(message.to)) {
      const method = (await house.directory.person(person))?.methods.find((each) => each.id === id);
      const about = { by: "receive-text", name: reply, person, carrier: "aws", evidence: sent } as const;
      if (method?.channel === "sms") await noteRefusal(house, { ...about, method, when: "answered" }, tools);
    }
    if (sent.outcome !== "giveUp") return;
    tools.log.warn("a text can't be answered", { reply, reason: sent.reason });
    if (sent.operator) tools.count("OperatorAlarm");
  };

  return queue(async (body, tools) => {
    const read = carrierText(body);
    // Nothing of it goes into the error, for a number and somebody's words stand in it.
    if (read === undefined)
      throw new Error("The record is no text message in the form that the carrier documents");
    const { from, id } = read;
    const said = await takeReply(house, { ...read, obeyed: undefined }, tools);
    if (said === undefined) return;
    const { drill } = said;
    const message = { to: from, drill, reference: id, reportTo: "", validFor };
    await answer({ ...message, text: answerMessage(said.answer, drill) }, tools);
  });
}
