// What our cards are built of: Adaptive Cards 1.5. Whatever may come from outside goes through `said`, into a TextRun:
// there, unlike in a TextBlock, a client reads no markup, so that no link, no mention and no emphasis can arise.
// https://adaptivecards.io/explorer/TextRun.html

import { quoted } from "../../core/quoted.ts";
import { line, paragraph } from "../../core/text.ts";
import { unlinked } from "../unlinked.ts";
import type { Pressed } from "./verbs.ts";

export type Card = Readonly<Record<string, unknown>>;
export type Element = Readonly<Record<string, unknown>>;
export type Action = Readonly<Record<string, unknown>>;
export type Run = Readonly<Record<string, unknown>>;

/** Never the only sign of something: a word says the same. */
export type Colour = "attention" | "warning" | "good" | "accent";

interface Look {
  readonly bold?: true;
  readonly subtle?: true;
  readonly size?: "small" | "medium" | "large";
  readonly colour?: Colour;
}

/** Text of one line, whoever wrote it. */
export const said = (text: string, most: number, look: Look = {}): Run =>
  run(inert(line(some(text, most), most)), look);

/** The words of somebody outside, in one line: a quotation, that nobody takes for a sentence or a button of ours. */
export const quote = (text: string, most: number, look: Look = {}): Run =>
  run(quoted(inert(line(some(text, most), most))), look);

/** In several lines. */
export const quoteLines = (text: string, most: number): Run =>
  run(quoted(inert(paragraph(some(text, most), most))), {});

/** Words of our own. */
export const ours = (text: string, look: Look = {}): Run => run(text, look);

/** Enough of it to be cut with care: nobody reads ten thousand characters to show sixty. */
const some = (text: string, most: number): string => text.slice(0, 2 * most + 100);

const run = (text: string, { bold, subtle, size, colour }: Look): Run => ({
  type: "TextRun",
  // An empty run is no valid one.
  text: text === "" ? " " : text,
  ...(bold === undefined ? {} : { weight: "bolder" }),
  ...(subtle === undefined ? {} : { isSubtle: true }),
  ...(size === undefined ? {} : { size }),
  ...(colour === undefined ? {} : { color: colour }),
});

/** Clients fill in `{{DATE(…)}}` in any text, and make a mention of `<at>`. */
const inert = (text: string): string =>
  unlinked(text)
    .replaceAll("{{", "{ {")
    .replace(/<(?=\/?at\b)/gi, "‹");

/** Where no run can stand (a choice, the words for a client that draws no cards) nothing that could be markup stays. */
export const bare = (text: string, most: number): string =>
  line(
    unlinked(line(some(text, most), 2 * most + 100))
      // Between letters or digits it emphasizes nothing, and may be what keeps an address from being one.
      .replace(/[[\]()<>{}*`~#|!\\]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, " ")
      .replace(/ {2,}/g, " "),
    most,
  );

/** A quotation where no run can stand. */
export const bareQuote = (text: string, most: number): string => quoted(bare(text, most));

export const text = (runs: readonly Run[], spacing: "none" | "small" | "default" = "small"): Element => ({
  type: "RichTextBlock",
  inlines: runs,
  ...(spacing === "default" ? {} : { spacing }),
});

export const block = (
  items: readonly Element[],
  style?: "emphasis" | "attention" | "warning" | "good" | "accent",
): Element => ({ type: "Container", items, ...(style === undefined ? {} : { style }) });

/** A form's field of free text. */
export const field = (
  id: string,
  label: string,
  most: number,
  lines: "one" | "several" = "one",
): Element => ({
  type: "Input.Text",
  id,
  label,
  maxLength: most,
  isMultiline: lines === "several",
});

export const tick = (id: string, title: string): Element => ({
  type: "Input.Toggle",
  id,
  title,
  value: "false",
  valueOn: "true",
  valueOff: "false",
});

export interface Choice {
  readonly title: string;
  readonly value: string;
}

export const choice = (id: string, label: string, choices: readonly Choice[]): Element => ({
  type: "Input.ChoiceSet",
  id,
  label,
  style: "filtered",
  isRequired: true,
  errorMessage: "Please choose one.",
  placeholder: "Choose, or type a part of the name",
  choices: choices.map(({ title, value }) => ({ title: bare(title, 80) || value, value })),
});

interface Manner {
  readonly style?: "positive" | "destructive";
  /** What was filled into the form around it goes along. */
  readonly withForm?: true;
}

/** A client that knows no Action.Execute sends the same data as a message. */
export function press(title: string, pressed: Pressed, { style, withForm }: Manner = {}): Action {
  const common = {
    title,
    data: bounded(pressed),
    associatedInputs: withForm === true ? "auto" : "none",
    ...(style === undefined ? {} : { style }),
  };
  return {
    type: "Action.Execute",
    verb: pressed.verb,
    ...common,
    fallback: { type: "Action.Submit", ...common },
  };
}

/** Of each text that goes along with a button: it stands in the card twice. */
const mostCarried = 500;
const bounded = (pressed: Pressed): Pressed => ({
  ...pressed,
  ...Object.fromEntries(
    Object.entries(pressed).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, paragraph(some(value, mostCarried), mostCarried)] as const] : [],
    ),
  ),
});

/** Leads to a page of our own, and nowhere else. */
export const visit = (title: string, address: string): Action => ({
  type: "Action.OpenUrl",
  title,
  url: address,
});

/** A button that opens a form. */
export const form = (title: string, fields: readonly Element[], submit: Action): Action => ({
  type: "Action.ShowCard",
  title,
  card: { type: "AdaptiveCard", body: fields, actions: [submit] },
});

/** Beside each other on a phone; what is more stands below. Teams shows at most six in one row. */
const inOneRow = 3;

export const buttons = (actions: readonly Action[]): readonly Element[] =>
  actions.length === 0
    ? []
    : [
        { type: "ActionSet", actions: actions.slice(0, inOneRow) },
        ...(actions.length > inOneRow ? buttons(actions.slice(inOneRow)) : []),
      ];

interface InWords {
  /** For a client that draws no cards of this version. */
  readonly instead: string;
  readonly spoken: string;
}

export const card = (body: readonly Element[], { instead, spoken }: InWords): Card => ({
  $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
  type: "AdaptiveCard",
  version: "1.5",
  fallbackText: instead,
  speak: spoken,
  msteams: { width: "Full" },
  body,
});

/** Microsoft Teams counts UTF-16 and takes no message above 28 KB by some ways: half a kilobyte of it is the message around a card. */
const mostUnits = (24 * 1024 - 512) / 2;
export const fits = (drawn: Card): boolean => JSON.stringify(drawn).length <= mostUnits;
