// Cards that answer a command: words, a list with a button each, what can be asked for, and the form of a call for help.
import {
  type Action,
  bare,
  buttons,
  type Card,
  card,
  choice,
  type Element,
  field,
  fits,
  ours,
  press,
  quote,
  said,
  text,
  visit,
} from "./blocks.ts";
import { drillMark } from "./page-card.ts";
import { fields, type Pressed, type Verb } from "./verbs.ts";

const mostWords = 400;
/** More than these nobody reads in a chat. */
const mostLines = 8;

const framed = (
  words: string,
  body: readonly Element[],
  actions: readonly Action[] = [],
  drill = false,
): Card =>
  card(
    [
      ...drillMark(drill),
      ...(words === "" && body.length > 0
        ? []
        : [text([said(words || "Nothing.", mostWords, { bold: true })])]),
      ...body,
      ...buttons(actions),
    ],
    { instead: bare(words, mostWords) || "Muster", spoken: bare(words, 200) || "Muster" },
  );

interface Answer {
  readonly words: string;
  readonly drill?: boolean;
  /** Said below, each on a line of its own. */
  readonly more?: readonly string[];
  readonly presses?: readonly { readonly title: string; readonly pressed: Pressed }[];
  /** The command post's address. */
  readonly address?: string;
}

/** Words, and what can be pressed next. */
export const answerCard = ({ words, drill = false, more = [], presses = [], address }: Answer): Card =>
  framed(
    words,
    more.slice(0, mostLines).map((each) => text([said(each, mostWords)])),
    [
      ...presses
        .slice(0, mostLines)
        .map(({ title, pressed }) => press(bare(title, 40) || "This one", pressed)),
      ...(address === undefined ? [] : [visit("Command post", address)]),
    ],
    drill,
  );

export interface Line {
  readonly title: string;
  readonly more: string;
  readonly pressed: Pressed;
}

const titles: Readonly<Partial<Record<Verb, string>>> = {
  acknowledge: "Take it",
  "in-20": "I am on my way",
  decline: "Not me",
  escalate: "More help",
  join: "Call me in",
  declare: "Declare",
  close: "Close it",
  "stand-down": "Stand down",
  "sign-in": "I am here",
  report: "Report",
  page: "Page",
  bridge: "Open bridge",
  status: "Show",
  "help-me": "Help me",
  "on-call": "Who is on call",
};

/** What is typed and has to be carried along leaves room for fewer. */
const mostOfLines = 8_000;
function thatFit<Each>(blocks: readonly Each[]): readonly Each[] {
  let length = 0;
  return blocks.filter((block) => {
    length += JSON.stringify(block).length;
    return length <= mostOfLines;
  });
}

/** A list with a button each: to show one of them, or to say which was meant. */
export function listCard(words: string, lines: readonly Line[], verb: Verb): Card {
  const blocks = lines
    .slice(0, mostLines)
    .map(({ title, more: beside, pressed }) => [
      text([said(title, 80, { bold: true }), ours("  "), quote(beside, 120, { subtle: true })], "default"),
      ...buttons([press(titles[verb] ?? "This one", pressed)]),
    ]);
  const shown = thatFit(blocks);
  const more = lines.length - shown.length;
  return framed(words, [
    ...shown.flat(),
    ...(more === 0 ? [] : [text([ours(`and ${more} more, on the command post`)])]),
  ]);
}

export interface Understood {
  /** As it is typed. */
  readonly typed: string;
  readonly does: string;
}

/** What can be typed, and buttons for what needs no incident. */
export const helpCard = (words: string, lines: readonly Understood[]): Card =>
  framed(
    words,
    lines.slice(0, 24).map(({ typed, does }) => text([ours(typed, { bold: true }), ours(`  ${does}`)])),
    [
      press("Help me", { verb: "help-me" }, { style: "destructive" }),
      press("Open incidents", { verb: "list" }),
      press("Who is on call", { verb: "on-call" }),
    ],
  );

/** In place of a service: whoever calls for help can't know which it is. */
export const somethingElse = "*";

export function helpFormCard(
  services: readonly { readonly id: string; readonly name: string }[],
  what: string,
): Card {
  const choices = [
    { title: "Something else, or I do not know", value: somethingElse },
    ...services.map(({ id, name }) => ({ title: name, value: id })),
  ];
  const withList = helpForm(choice(fields.service, "What it is about", choices), what);
  if (fits(withList)) return withList;
  return helpForm(field(fields.service, "What it is about: the name of a service", 100), what);
}

const helpForm = (about: Element, what: string): Card =>
  framed(
    "What do you need help with?",
    [about, { ...field(fields.synopsis, "What is wrong, in one sentence", 200), value: bare(what, 200) }],
    [press("Have somebody paged", { verb: "help-me" }, { withForm: true, style: "destructive" })],
  );
