// The bot was installed for somebody: who Muster thinks this is, and what to type.
import type { Tools } from "../lambda.ts";
import type { TeamsActivity } from "../sources/teams-activity.ts";
import { chatWords } from "../wording/chat.ts";
import type { Who } from "./commands/command.ts";
import { understood } from "./commands/registry.ts";
import { helpOf } from "./draw.ts";
import type { House } from "./house.ts";
import type { Turn } from "./once.ts";
import { strangerWords } from "./perform.ts";
import { say } from "./say.ts";
import { whoSpeaks } from "./who.ts";

type Came = Extract<TeamsActivity, { readonly kind: "came" }>;

export async function greet(
  house: House,
  told: Came,
  name: string,
  ours: () => Promise<Turn>,
  tools: Tools,
): Promise<void> {
  const who = await whoSpeaks(house, told, name, { anew: true });
  if (who === undefined) return;
  const taken = await ours();
  if (taken.outcome !== "ours") return;
  const text = who.person === undefined ? strangerWords(who) : chatWords.welcome(who.person.name);
  const lines = who.person === undefined ? accountLine(who) : await understood(house, who.person);
  await say(house, told, helpOf(lines, text), tools);
  await taken.finish();
}

/** Words in a card are broken where a phone would take them for a number; the account's id has to be copied whole. */
const accountLine = ({ user, isUnsure }: Who) =>
  isUnsure === true ? [] : [{ typed: `teams: ${user}`, does: "goes beside your name in the config" }];
