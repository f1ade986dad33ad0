// Says something where it was asked. The chat may not take it: then it is logged, for what was ordered is done.
import type { Tools } from "../lambda.ts";
import type { ChatMessage, Posted } from "../ports.ts";
import type { Spoken } from "../sources/teams-activity.ts";
import type { House } from "./house.ts";

export const placeOf = ({ at, serviceUrl }: Spoken) => ({ serviceUrl, conversation: at.conversation });

export async function say(
  { chat }: Pick<House, "chat">,
  told: Spoken,
  message: ChatMessage,
  tools: Tools,
): Promise<void> {
  report(await chat.post(placeOf(told), message), "an answer was not taken by the chat", tools);
}

/** True where the card stands as it should. */
export async function replace(
  { chat }: Pick<House, "chat">,
  told: Spoken,
  activity: string,
  message: ChatMessage,
  tools: Tools,
): Promise<boolean> {
  const posted = await chat.change(placeOf(told), activity, message);
  report(posted, "a card was not changed by the chat", tools);
  return posted.outcome === "done";
}

function report(posted: Posted, what: string, tools: Tools): void {
  if (posted.outcome === "done") return;
  tools.log.warn(what, { outcome: posted.outcome, reason: posted.reason });
  if (posted.outcome === "giveUp" && posted.operator) tools.count("OperatorAlarm");
}
