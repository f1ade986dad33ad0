// Answers a message: typed words, or a press on a card by a client that knows no other way to send it.
import { readTyped } from "../core/chat-words.ts";
import type { Tools } from "../lambda.ts";
import type { ChatMessage } from "../ports.ts";
import type { TeamsActivity } from "../sources/teams-activity.ts";
import { chatWords } from "../wording/chat.ts";
import type { Who } from "./commands/command.ts";
import { commands, typedForms, understood } from "./commands/registry.ts";
import { cardOf, helpOf } from "./draw.ts";
import type { House } from "./house.ts";
import { type Clues, ofPlace } from "./meant.ts";
import { type Performed, perform } from "./perform.ts";
import { orderOf, unknownButtonWords } from "./press.ts";
import { replace, say } from "./say.ts";

type Message = Extract<TeamsActivity, { readonly kind: "message" }>;

export async function answerMessage(
  house: House,
  told: Message,
  who: Who,
  name: string,
  tools: Tools,
): Promise<void> {
  const press = pressOf(told);
  if (press !== undefined) return pressed(house, told, press, who, name, tools);
  const typed = readTyped(told.words, typedForms);
  if (typed === undefined) {
    const lines = await understood(house, who.person);
    return say(house, told, helpOf(lines, chatWords.notUnderstood), tools);
  }
  const { verb, rest, code, time } = typed;
  const command = commands[verb];
  const clues = { code, ...(command.takes === "incident" ? { name: rest } : {}) };
  const asked = { id: name, who, at: told.at, rest, time, filled: {} };
  const did = await perform(house, { command, asked, clues });
  await say(house, told, messageOf(did, told, who), tools);
}

/** What a button says; it may send words beside that. */
export const pressOf = ({ pressed: said }: Message) =>
  typeof said?.["verb"] === "string" ? said : undefined;

/** Where others read along it is said to whom. */
function messageOf(did: Performed, { at }: Message, { person }: Who): ChatMessage {
  if (did.kind === "card") return did;
  const text = did.kind === "unknown" ? chatWords.noneOpen : did.text;
  return { text: at.kind === "personal" || person === undefined ? text : `${person.name}: ${text}` };
}

async function pressed(
  house: House,
  told: Message,
  data: Readonly<Record<string, unknown>>,
  who: Who,
  name: string,
  tools: Tools,
): Promise<void> {
  const order = orderOf(data["verb"], data);
  if (order === undefined) return say(house, told, { text: unknownButtonWords }, tools);
  const { command, clues, ...more } = order;
  const asked = { id: name, who, at: told.at, ...more };
  const did = await perform(house, { command, asked, clues });
  const isShown =
    told.replyTo !== undefined && (await showOn(house, told, told.replyTo, who, clues, did, tools));
  // Others see the card as well: what it says to one of them is said beside it.
  if (!isShown || told.at.kind !== "personal") await say(house, told, messageOf(did, told, who), tools);
}

/** The card that was pressed, as it stands now. */
async function showOn(
  house: House,
  told: Message,
  activity: string,
  who: Who,
  clues: Clues,
  did: Performed,
  tools: Tools,
): Promise<boolean> {
  if (did.kind === "unknown" || did.kind === "stranger") return false;
  if (did.kind === "card") return told.at.kind === "personal" && replace(house, told, activity, did, tools);
  // An incident's place shows that incident to all, whatever the card says that was pressed.
  const here = await ofPlace(house, told.at);
  if (here !== undefined && here !== `incident/${clues.incident}`) return false;
  const card = await cardOf(
    house,
    { who, at: told.at },
    clues,
    told.at.kind === "personal" ? did.text : undefined,
  );
  return card !== undefined && replace(house, told, activity, card, tools);
}
