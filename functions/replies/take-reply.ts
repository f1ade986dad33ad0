// A text from somebody's phone, whichever carrier brought it: which page does it answer, and what does it say? A reply gets
// an answer, except what the carrier has answered by itself and what a machine goes on sending.
import { type Reply as Read, readReply } from "../core/reply.ts";
import type { Intent } from "../core/reply-words.ts";
import { described, type Tools } from "../lambda.ts";
import type { NumberHolder } from "../organisation-items.ts";
import type { Answer } from "../wording/reply-answers.ts";
import { type Act, type Answered, answerPage, type Effect } from "./answer-page.ts";
import { answerPages } from "./answer-pages.ts";
import type { House } from "./house.ts";
import { type IdleAnswers, idleAnswers } from "./idle-answers.ts";
import { optOut } from "./opt-out.ts";
import { askedLately, askedPage, newestOf, type Page, pagesMeant } from "./page-meant.ts";

export interface Reply {
  readonly from: string;
  readonly text: string;
  /** The carrier's own name for it: what comes twice is carried out once. */
  readonly id: string;
  /** The word that the carrier says it has obeyed and answered itself. */
  readonly obeyed: Extract<Intent, "stop" | "start" | "help"> | undefined;
}

/** Undefined where nothing may or need be said. */
export async function takeReply(house: House, text: Reply, tools: Tools): Promise<Answered | undefined> {
  const holders = await house.directory.peopleByNumber(text.from);
  // Several people may share a phone; the page that is meant says which of them answers.
  const lately = holders.length === 0 ? [] : await askedLately(house, holders);
  const said = await answerTo(house, holders, lately, text, tools);
  if (said === undefined) return undefined;
  const idle: IdleAnswers = idleAnswers(house, tools);
  const { from, id } = text;
  const isAnswered = await idle.mayAnswer(said, {
    from,
    text: id,
    known: holders.length > 0,
    askedAt: newestOf(lately),
  });
  return isAnswered ? said : undefined;
}

async function answerTo(
  house: House,
  holders: readonly NumberHolder[],
  lately: readonly Page[],
  { text, id, obeyed }: Reply,
  { log }: Tools,
): Promise<Answered | undefined> {
  const reply = readReply(text);
  if (holders.length === 0) {
    log.info("text from a number that nobody in the config has", { reply: id });
    // Whoever says STOP is texted no more, known or not; and what the carrier has answered is answered.
    const isDone = obeyed !== undefined || reply.intent === "stop";
    return isDone ? undefined : say({ kind: "stranger" });
  }
  if (obeyed === "stop" || reply.intent === "stop") {
    await optOut(house, holders, id, "CloseMethod");
    return undefined; // every carrier has answered already, and nothing more may be sent
  }
  if (obeyed === "start" || reply.intent === "start") {
    const acted = await optOut(house, holders, id, "ReopenMethod");
    const said = say({ kind: "started" }, acted ? "acted" : "understood");
    return obeyed === "start" ? undefined : said;
  }
  // Whoever writes can be reached: what bounced before is tried again. It stands beside the reply, and costs no answer to it.
  await optOut(house, holders, `${id}.alive`, "ReopenMethod", "bounced").catch((error: unknown) =>
    log.warn("a way that bounced was not reopened", { reply: id, error: described(error) }),
  );
  if (obeyed === "help") return undefined;
  if (reply.intent === "help")
    return say({ kind: "help", organisation: await house.directory.organisationName() });
  return toPages(house, holders, lately, { ...reply, intent: reply.intent }, id);
}

type Said = Read & { readonly intent: Act | "unknown" };

async function toPages(
  house: House,
  holders: readonly NumberHolder[],
  lately: readonly Page[],
  reply: Said,
  id: string,
): Promise<Answered> {
  const { intent: act, arrivingIn } = reply;
  const meant = await pagesMeant(house, holders, lately, reply);
  switch (meant.outcome) {
    case "none":
      return say(meant.code === undefined ? { kind: "no-page" } : { kind: "no-such-page", code: meant.code });
    case "several":
      // What was meant is clear but for the code: whoever texts nonsense under this number must not use up this answer.
      return say(
        { kind: "which-page", word: wordOf(reply), pages: meant.pages.map(askedPage) },
        act === "unknown" ? "none" : "understood",
      );
    case "page": {
      const { page, of } = meant;
      if (act === "unknown") return say({ kind: "not-understood", code: page.ticket.code });
      return answerPage(house, page, { act, id, arrivingIn, of });
    }
    case "pages":
      if (act === "unknown") return say({ kind: "not-understood" });
      return answerPages(house, meant, { act, id, arrivingIn });
  }
}

/** As it was sent, for the question that asks for it again. */
function wordOf({ intent, arrivingIn }: Said): string {
  if (arrivingIn !== undefined) return `IN ${Math.round(arrivingIn / 60_000)}`;
  return words[intent];
}

const words: Readonly<Record<Act | "unknown", string>> = {
  acknowledge: "1",
  decline: "2",
  escalate: "3",
  join: "JOIN",
  bridge: "BRIDGE",
  unknown: "1",
};

const say = (answer: Answer, effect: Effect = "none"): Answered => ({ answer, drill: false, effect });
