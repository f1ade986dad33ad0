// Which answers are given: what acts always, what changes nothing a few times per number. The count is the number's own, by
// whichever carrier the texts come.
import { byHub } from "../core/command.ts";
import { isAnswered, type TexterOrder, texter, texterStream } from "../core/limits/texter.ts";
import { dispatcher } from "../dispatcher.ts";
import { described, type Tools } from "../lambda.ts";
import { meters } from "../meters.ts";
import type { Answered } from "./answer-page.ts";
import type { House } from "./house.ts";

interface Text {
  readonly from: string;
  /** The carrier's name for it. */
  readonly text: string;
  readonly known: boolean;
  /** When this number was last asked for something. */
  readonly askedAt: number | undefined;
}

export interface IdleAnswers {
  mayAnswer(said: Answered, text: Text): Promise<boolean>;
}

export function idleAnswers(house: House, tools: Tools): IdleAnswers {
  const { clock, journal, directory, dialIn } = house;
  const texters = dispatcher(texter, journal, async () => ({ configVersion: await directory.version() }));
  const counted = meters(house, "take-reply");

  /** To numbers of countries where nobody of the config has a phone no text is sent: those may cost, and pay who asks. */
  const mayAnswerStranger = async (from: string, digest: string, text: string): Promise<boolean> =>
    (await directory.callingCodes()).some((code) => from.startsWith(`+${code}`)) &&
    counted.grants("answers", text, { number: digest, known: false }, tools);

  return {
    async mayAnswer({ effect }, { from, text, known, askedAt }) {
      const digest = await dialIn.callerDigest(from);
      const stream = texterStream(digest);
      const order = async (given: TexterOrder) => {
        const envelope = byHub("take-reply", `${text}.${given.type}`, clock.now(), false, text);
        const dispatched = await texters.dispatch(stream, { ...envelope, ...given });
        if (dispatched.outcome !== "done") throw new Error(`${stream} did not take ${given.type}`);
        return dispatched;
      };
      if (effect === "acted") {
        // What was done is said, also when the count can't be kept: the next text forgets it.
        await order({ type: "ForgetIdleAnswers" }).catch((error: unknown) =>
          tools.log.warn("the count of idle answers was not forgotten", {
            reply: text,
            error: described(error),
          }),
        );
        return true;
      }
      const { current, events } = await order({
        type: "CountIdleAnswer",
        text,
        understood: effect === "understood",
        known,
        ...(askedAt === undefined ? {} : { askedAt }),
      });
      const isGranted = isAnswered(current.state, text);
      if (isGranted && (known || (await mayAnswerStranger(from, digest, text)))) return true;
      tools.count("TextUnanswered");
      if (events.some(({ type }) => type === "TexterSilenced"))
        tools.log.warn("texts of one number are left without answers", { reply: text, known });
      return false;
    },
  };
}
