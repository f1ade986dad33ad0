// A press on a card: the answer is the card as it is now, with a line that says what was done, or why not.
// https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model#response-format
import type { Card } from "../ports.ts";
import { type Field, fields, verbs } from "../wording/cards/verbs.ts";
import { chatWords } from "../wording/chat.ts";
import type { Asked } from "./commands/command.ts";
import { commands } from "./commands/registry.ts";
import { cardOf } from "./draw.ts";
import type { House } from "./house.ts";
import type { Clues } from "./meant.ts";
import { type Order, type Performed, strangerWords } from "./perform.ts";

export type PressAnswer =
  | {
      readonly statusCode: 200;
      readonly type: "application/vnd.microsoft.card.adaptive";
      readonly value: Card;
    }
  | {
      readonly statusCode: 200;
      readonly type: "application/vnd.microsoft.activity.message";
      readonly value: string;
    }
  | {
      readonly statusCode: 400 | 403 | 404;
      readonly type: "application/vnd.microsoft.error";
      readonly value: { readonly code: string; readonly message: string };
    };

type Data = Readonly<Record<string, unknown>>;
type Reader = Pick<Asked, "who" | "at">;

const longestField = 2_000;

/** What the button says, without whoever pressed it; undefined for a button that is none of ours. */
export function orderOf(
  verb: unknown,
  data: Data,
): (Pick<Order, "command" | "clues"> & Pick<Asked, "filled" | "time" | "rest">) | undefined {
  const known = verbs.find((each) => each === verb);
  if (known === undefined) return undefined;
  const filled: { [name in Field]?: string } = {};
  for (const name of Object.keys(fields) as Field[]) {
    const value = text(data, name, longestField);
    if (value !== undefined) filled[name] = value;
  }
  return {
    command: commands[known],
    clues: { incident: text(data, "incident", 100), page: text(data, "page", 100) },
    filled,
    time: minutesIn(data),
    // Of a choice between incidents: what was typed before it had to be made.
    rest: text(data, "said", longestField) ?? "",
  };
}

const text = (data: Data, name: string, longest: number): string | undefined => {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  return typeof value === "string" ? value.slice(0, longest) : undefined;
};

/** Of a button that stands for "in 45": one that was made of typed words. */
function minutesIn(data: Data): number | undefined {
  const { minutes } = data;
  return typeof minutes === "number" && minutes >= 1 && minutes <= 240
    ? Math.round(minutes) * 60_000
    : undefined;
}

const words = (value: string): PressAnswer => ({
  statusCode: 200,
  type: "application/vnd.microsoft.activity.message",
  value,
});

/** The card that was pressed as it stands now, when nothing is done: it was done before, or nobody pressed. */
export async function asItIs(house: House, reader: Reader, clues: Clues): Promise<PressAnswer> {
  if (clues.incident === undefined) return words(chatWords.doneBefore);
  if (reader.who.person === undefined) return refused(403, "NotInConfig", strangerWords(reader.who));
  return (await shown(house, reader, clues)) ?? gone;
}

async function shown(
  house: House,
  reader: Reader,
  clues: Clues,
  notice?: string,
): Promise<PressAnswer | undefined> {
  const drawn = await cardOf(house, reader, clues, notice);
  return drawn === undefined
    ? undefined
    : { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: drawn.card };
}

export async function pressAnswer(
  house: House,
  reader: Reader,
  clues: Clues,
  did: Performed,
): Promise<PressAnswer> {
  switch (did.kind) {
    case "unknown":
      return gone;
    case "stranger":
      return refused(403, "NotInConfig", did.text);
    case "card":
      return { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: did.card };
    case "done":
    case "refused": {
      const incident = clues.incident ?? did.about?.stream.slice("incident/".length);
      return (await shown(house, reader, { ...clues, incident }, did.text)) ?? words(did.text);
    }
  }
}

export const refused = (statusCode: 400 | 403 | 404, code: string, message: string) =>
  ({ statusCode, type: "application/vnd.microsoft.error", value: { code, message } }) as const;

export const gone = refused(404, "NotFound", "What this card is about is not there.");
export const unknownButtonWords = "This button is not known. The card may be older than this hub.";
export const unknownButton = refused(400, "UnknownButton", unknownButtonWords);
export const brokenPress = refused(400, "BadRequest", "The press can't be read.");
