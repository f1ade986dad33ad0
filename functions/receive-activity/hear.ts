// What an activity comes to: something is learned, a command is carried out, and whoever spoke is answered.
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Tools } from "../lambda.ts";
import { jsonResult, problemResult } from "../problem.ts";
import type { TeamsActivity } from "../sources/teams-activity.ts";
import { greet } from "./greet.ts";
import type { House } from "./house.ts";
import { forget, learn } from "./learn.ts";
import { activityName, type Turn, turn } from "./once.ts";
import { perform } from "./perform.ts";
import { asItIs, brokenPress, orderOf, pressAnswer, refused, unknownButton } from "./press.ts";
import { answerMessage, pressOf } from "./reply.ts";
import { say } from "./say.ts";
import { whoSpeaks } from "./who.ts";

type Result = APIGatewayProxyStructuredResultV2;
type Told<Kind> = Extract<TeamsActivity, { readonly kind: Kind }>;

const nothingToSay: Result = { statusCode: 200, headers: { "cache-control": "no-store" }, body: "" };

export async function hear(house: House, told: TeamsActivity, tools: Tools): Promise<Result> {
  if (told.kind === "nothing") return nothingToSay;
  const name = activityName(told.at.conversation, told.id);
  if (told.kind === "went" || told.kind === "gone") {
    await forget(house, told, name);
    return nothingToSay;
  }
  const stream = await learn(house, told, name);
  const ours = (): Promise<Turn> => {
    if (stream === undefined)
      throw new Error("An activity is to be carried out in a conversation that nobody knows");
    return turn(house, name, stream);
  };
  switch (told.kind) {
    case "seen":
      return nothingToSay;
    case "came":
      if (told.isInstallation && stream !== undefined && told.at.kind === "personal")
        await greet(house, told, name, ours, tools);
      return nothingToSay;
    case "message":
      return message(house, told, name, ours, tools);
    case "press":
      return stream === undefined
        ? jsonResult(200, nobody)
        : jsonResult(200, await press(house, told, name, ours));
    case "broken-press":
      return jsonResult(400, brokenPress);
    case "other-invoke":
      return { statusCode: 501, headers: { "cache-control": "no-store" }, body: "" };
  }
}

/** The chat did not say whose account it is. */
const nobody = refused(403, "NobodyKnown", "It is not known whose account this is, so nothing was done.");

async function press(house: House, told: Told<"press">, name: string, ours: () => Promise<Turn>) {
  const order = orderOf(told.verb, told.data);
  if (order === undefined) return unknownButton;
  const who = await whoSpeaks(house, told, name);
  if (who === undefined) return nobody;
  const { command, clues, ...more } = order;
  const reader = { who, at: told.at };
  // A card that asks by itself how it stands has pressed nothing.
  if (told.isAutomatic) return asItIs(house, reader, clues);
  const taken = await ours();
  if (taken.outcome !== "ours") return asItIs(house, reader, clues);
  const did = await perform(house, { command, asked: { id: name, ...reader, ...more }, clues });
  const answer = await pressAnswer(house, reader, clues, did);
  await taken.finish();
  return answer;
}

async function message(
  house: House,
  told: Told<"message">,
  name: string,
  ours: () => Promise<Turn>,
  tools: Tools,
): Promise<Result> {
  // In a channel people speak with each other.
  if (!told.isToUs && pressOf(told) === undefined) return nothingToSay;
  const who = await whoSpeaks(house, told, name);
  if (who === undefined) {
    await say(house, told, { text: nobody.value.message }, tools);
    return nothingToSay;
  }
  const taken = await ours();
  if (taken.outcome === "busy") return problemResult(later);
  if (taken.outcome === "done") {
    tools.log.info("an activity that was carried out before");
    return nothingToSay;
  }
  await answerMessage(house, told, who, name, tools);
  await taken.finish();
  return nothingToSay;
}

const later = {
  status: 503,
  code: "activity-under-way",
  title: "Somebody is at it",
  detail: "The same activity is being carried out. Send it again in some seconds.",
  headers: { "retry-after": "5" },
};
