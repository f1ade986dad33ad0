// A text from somebody's phone, whichever carrier brought it: which page does it answer, and what does it say? Every
// reply gets an answer, except what the carrier has answered by itself.
import { type Intent, readReply } from "../core/reply.ts";
import type { Log } from "../log.ts";
import type { Answer } from "../wording/sms.ts";
import { type Answered, answerPage } from "./answer-page.ts";
import type { House } from "./house.ts";
import { optOut } from "./opt-out.ts";
import { pageMeant, whichPage } from "./page-meant.ts";

export interface Reply {
  readonly from: string;
  readonly text: string;
  /** The carrier's own name for it: what comes twice is carried out once. */
  readonly id: string;
  /** The word that the carrier says it has obeyed and answered itself. */
  readonly obeyed: Extract<Intent, "stop" | "start" | "help"> | undefined;
}

/** Undefined where nothing may or need be said. */
export async function takeReply(
  house: House,
  { from, text, id, obeyed }: Reply,
  log: Log,
): Promise<Answered | undefined> {
  const holders = await house.directory.peopleByNumber(from);
  // Several people may share a phone; the page that is meant says which of them answers.
  const reply = readReply(text);
  if (holders.length === 0) {
    log.warn("text from a number that nobody in the config has", { reply: id });
    // Whoever says STOP is texted no more, known or not; and what the carrier has answered is answered.
    const isAnswered = obeyed !== undefined || reply.intent === "stop";
    return isAnswered ? undefined : say({ kind: "stranger" });
  }
  if (obeyed === "stop" || reply.intent === "stop") {
    await optOut(house, holders, id, "CloseMethod");
    return undefined; // every carrier has answered already, and nothing more may be sent
  }
  if (obeyed === "start" || reply.intent === "start") {
    await optOut(house, holders, id, "ReopenMethod");
    return obeyed === "start" ? undefined : say({ kind: "started" });
  }
  // Whoever writes can be reached: what bounced before is tried again.
  await optOut(house, holders, `${id}.alive`, "ReopenMethod", "bounced");
  if (obeyed === "help") return undefined;
  if (reply.intent === "help")
    return say({ kind: "help", organisation: await house.directory.organisationName() });
  const meant = await pageMeant(house, holders, reply.code);
  if (meant.outcome !== "page") return say(await whichPage(house, meant, reply.code));
  if (reply.intent === "unknown") return say({ kind: "not-understood" });
  return answerPage(house, meant, reply.intent, id);
}

const say = (answer: Answer): Answered => ({ answer, drill: false });
