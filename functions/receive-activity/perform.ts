// Carries out a command for whoever gave it, once it is clear which incident is meant.
import { chatWords } from "../wording/chat.ts";
import type { Asked, Command, Told, Who } from "./commands/command.ts";
import { choices } from "./draw.ts";
import type { House } from "./house.ts";
import { type Clues, incidentsLooked, type Meant, meant } from "./meant.ts";

/** `unknown`: a card speaks of what was never there. `stranger`: not for this account. */
export type Performed =
  | Told
  | { readonly kind: "unknown" }
  | { readonly kind: "stranger"; readonly text: string };

export interface Order {
  readonly command: Command;
  readonly asked: Asked;
  readonly clues: Clues;
}

export async function perform(house: House, order: Order): Promise<Performed> {
  const { command, asked, clues } = order;
  const { at } = asked;
  if (command.needs === "nobody") return command.run(house, asked);
  const { who } = asked;
  if (who.person === undefined) return { kind: "stranger", text: strangerWords(who) };
  const asking = { ...asked, person: who.person };
  if (command.needs === "nothing") {
    // Of the place alone: whoever asks in general means no incident in particular.
    const found = await meant(house, { ...who, person: undefined }, at, clues);
    if (found.outcome === "unknown") return { kind: "unknown" };
    if (found.outcome === "none" && found.named !== undefined)
      return { kind: "refused", text: chatWords.noneNamed(found.named) };
    return command.run(house, asking, found.outcome === "one" ? found.about : undefined);
  }
  const found = await meant(house, who, at, clues);
  return found.outcome === "one" ? command.run(house, asking, found.about) : unclear(house, order, found);
}

export const strangerWords = ({ name, user, isUnsure }: Who): string =>
  isUnsure === true ? chatWords.unsure : chatWords.stranger(name ?? user, user);

async function unclear(
  house: House,
  { command, asked }: Order,
  found: Exclude<Meant, { outcome: "one" }>,
): Promise<Performed> {
  if (found.outcome === "unknown") return { kind: "unknown" };
  if (found.outcome === "none" && found.named !== undefined)
    return { kind: "refused", text: chatWords.noneNamed(found.named) };
  // Whoever was not paged may well mean one of the others, and says which.
  const open = found.outcome === "several" ? found.open : await house.openIncidents.open(incidentsLooked);
  return open.length === 0
    ? { kind: "refused", text: chatWords.noneOpen }
    : choices(house, command.verb, asked, open);
}
