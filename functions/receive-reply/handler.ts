// A text message from somebody's phone: which page does it answer, and what does it say? Every reply gets an answer.

import { readReply } from "../core/reply.ts";
import { decisions } from "../decisions.ts";
import type { HttpHandler } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { answered, formOf, refused } from "../twilio-call.ts";
import { type Answer, answerMessage } from "../wording/sms.ts";
import { answerPage } from "./answer-page.ts";
import { optOut } from "./opt-out.ts";
import { pageMeant, whichPage } from "./page-meant.ts";

export function make(ports: PortsOf<"receive-reply">): HttpHandler {
  const house = { ...ports, ...decisions(ports) };

  return async (event, { log }) => {
    const form = await formOf(event, ports.twilioSignature);
    if (form === undefined) {
      log.warn("text refused: not signed by Twilio");
      return refused;
    }
    const { From: from = "", Body: text = "", MessageSid: sid = "", OptOutType: optOutType } = form;
    const holders = await house.directory.peopleByNumber(from);
    // Several people may share a phone; the page that is meant says which of them answers.
    if (holders.length === 0) {
      log.warn("text from a number that nobody in the config has", { sid });
      return say({ kind: "stranger" });
    }
    const reply = readReply(text);
    const carrier = optOutType?.toLowerCase();
    if (carrier === "stop" || reply.intent === "stop") {
      await optOut(house, holders, sid, "CloseMethod");
      return answered(); // Twilio has answered already, and nothing more may be sent
    }
    if (carrier === "start" || reply.intent === "start") {
      await optOut(house, holders, sid, "ReopenMethod");
      return carrier === "start" ? answered() : say({ kind: "started" });
    }
    // Whoever writes can be reached: what bounced before is tried again.
    await optOut(house, holders, `${sid}.alive`, "ReopenMethod", "bounced");
    if (carrier === "help") return answered();
    if (reply.intent === "help")
      return say({ kind: "help", organisation: await house.directory.organisationName() });
    const meant = await pageMeant(house, holders, reply.code);
    if (meant.outcome !== "page") return say(await whichPage(house, meant, reply.code));
    if (reply.intent === "unknown") return say({ kind: "not-understood" });
    const { answer, drill } = await answerPage(house, meant, reply.intent, sid);
    return say(answer, drill);
  };
}

const say = (answer: Answer, drill = false) => answered(answerMessage(answer, drill));
