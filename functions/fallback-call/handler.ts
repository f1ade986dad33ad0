// Our own answer to a call could not be had, or could not be read. Whoever picked up is told at least that there is a page:
// it needs nothing that could be broken with it, neither the store nor the config.
import { lastWords, say } from "../core/voice/script.ts";
import type { HttpHandler } from "../lambda.ts";
import type { PortsOf } from "../subscriptions.ts";
import { fromTwilio, spoken } from "../twilio-call.ts";
import { callWords } from "../wording/voice.ts";

export const make = ({ twilioSignature, callScripts }: PortsOf<"fallback-call">): HttpHandler =>
  fromTwilio(twilioSignature, "call", async (form, _, tools) => {
    tools.log.error("a page could not be read out", { sid: form["CallSid"], code: form["ErrorCode"] });
    tools.count("OperatorAlarm");
    const { language, failed } = callWords();
    // Twice: nobody can ask for it again.
    const { steps } = lastWords(language, failed);
    return spoken(
      callScripts.render({ language, steps: [say(failed), { do: "pause", seconds: 1 }, ...steps] }),
    );
  });
