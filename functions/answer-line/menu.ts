// What the caller wants: into a bridge, or help.
import type { CallScript } from "../core/voice/script.ts";
import { lineWords } from "../wording/line.ts";
import { ask, ending, roundOf, rounds } from "./ask.ts";
import { userOf } from "./call.ts";
import { beginHelp } from "./help.ts";
import type { LineStep } from "./house.ts";
import { askPin } from "./pin.ts";

const words = lineWords();

export const greet: LineStep = async ({ directory, meters }, { call, tools }) => {
  const user = userOf(call);
  if (!user.known && !(await meters.grants("calls", call.sid, user, tools)))
    return ending(words.tooManyCalls);
  return choose(1, words.greeting(await directory.organisationName()));
};

export const menu: LineStep = async (house, at) => {
  const { digits } = at.call;
  if (digits === "1") return askPin(1);
  if (digits === "2") return beginHelp(house, at);
  return choose(roundOf(at.about) + 1, ...(digits === "" ? [] : [words.noSuchKey(digits)]));
};

const choose = (round: number, ...before: readonly string[]): CallScript =>
  round > rounds
    ? ending(...before, words.nobodyPressed)
    : ask({ speak: [...before, words.choice], to: `menu/${round}` });
