// The card by which somebody is asked: what it is about, how it stands for whoever has the card, and the buttons that still
// make sense.

import { quotedInSpeech } from "../../core/quoted.ts";
import { type AlertSeverity, isWorse } from "../../core/severity.ts";
import { line } from "../../core/text.ts";
import type { Instant } from "../../core/time.ts";
import { type Asked, askedWords } from "../asked.ts";
import { speakable } from "../speakable.ts";
import { wallClock } from "../wall-clock.ts";
import { andMore, counted, sayMore, severityWords } from "../words.ts";
import {
  type Action,
  bare,
  bareQuote,
  block,
  buttons,
  type Card,
  type Colour,
  card,
  type Element,
  ours,
  press,
  quote,
  type Run,
  said,
  text,
  visit,
} from "./blocks.ts";
import type { Pressed, Verb } from "./verbs.ts";

/** How a page stands for whoever got it. */
export type PageStanding =
  | { readonly name: "open" }
  /** This person has it. `asked`: whether that is still so, and why that is asked. */
  | {
      readonly name: "yours";
      readonly asked: keyof typeof questions | undefined;
      readonly promised: Instant | undefined;
    }
  /** This person said yes, and others are still asked. */
  | { readonly name: "noted" }
  /** This person is on it, and somebody else has it. */
  | { readonly name: "beside"; readonly by: string }
  /** This person asked for more help, and stays. */
  | { readonly name: "more-help" }
  | { readonly name: "taken"; readonly by: string }
  | { readonly name: "declined" }
  | { readonly name: "expired" }
  /** This person was released, and nobody has it any more. */
  | { readonly name: "released" }
  | { readonly name: "over"; readonly how: "stood-down" | "closed" };

export interface PageFacts {
  /** Without its kind, as the world outside names it. */
  readonly incident: string;
  readonly page: string;
  readonly drill: boolean;
  readonly severity: AlertSeverity;
  readonly service: string;
  readonly symptom: string;
  /** How many other symptoms fire. */
  readonly more?: number;
  readonly since: Instant;
  readonly now: Instant;
  readonly timeZone: string;
  readonly others: number;
  readonly code: string;
  /** Without the synopsis for whoever may not read it. */
  readonly declared: { readonly codename: string; readonly synopsis?: string } | undefined;
  /** Of a further request: who asked for whom. */
  readonly asked?: Asked | undefined;
  /** A room is open into which this person can be called. */
  readonly room: boolean;
  readonly standing: PageStanding;
  /** The command post's address of the incident. */
  readonly address: string;
  /** What a press did, or why it was refused; in our words. */
  readonly notice?: string;
}

/** Of a title as the card shows it; all of it stands on the command post. */
const mostSymptom = 400;
const mostService = 80;
const mostName = 60;
const mostSynopsis = 200;
const mostAsked = 160;

export const severityColour = (severity: AlertSeverity): Colour => {
  if (isWorse(severity, "warning")) return "attention";
  return severity === "warning" ? "warning" : "accent";
};

export const pageCard = (facts: PageFacts): Card =>
  card(
    [
      ...drillMark(facts.drill),
      ...noticed(facts.notice),
      ...about(facts),
      text(standingWords(facts)),
      ...buttons(actions(facts)),
    ],
    { instead: pageSummary(facts), spoken: spoken(facts) },
  );

/** What a notification shows of it: the first words of the SMS. */
export const pageSummary = ({ drill, severity, service, symptom, more }: Head): string =>
  `${drill ? "DRILL " : ""}${severityWords[severity]} ${bare(service, mostService)}: ${andMore(bareQuote(symptom, 120), more)}`;

type Head = Pick<PageFacts, "drill" | "severity" | "service" | "symptom" | "more">;

const spoken = ({ drill, severity, service, symptom, more }: Head): string =>
  `${drill ? "This is a drill. " : ""}${speakable(service, 60)}, ${severityWords[severity].toLowerCase()}: ${quotedInSpeech(speakable(symptom, 200))}${sayMore(more)}`;

export const drillMark = (drill: boolean): readonly Element[] =>
  drill
    ? [
        block(
          [text([ours("DRILL", { bold: true, size: "large" }), ours(" · an exercise: nothing is broken")])],
          "warning",
        ),
      ]
    : [];

export const noticed = (notice: string | undefined): readonly Element[] =>
  notice === undefined ? [] : [block([text([said(notice, 300, { bold: true })])], "emphasis")];

function about(facts: PageFacts): readonly Element[] {
  const { severity, service, symptom, more, declared, asked, since, now, timeZone, others, code } = facts;
  return [
    text(heading(severity, service)),
    text(
      [quote(symptom, mostSymptom, { size: "medium" }), ...(more ? [ours(` (+${more} more)`)] : [])],
      "none",
    ),
    ...(declared === undefined
      ? []
      : [
          text([
            ours("Declared as "),
            said(declared.codename, mostName, { bold: true }),
            ...(declared.synopsis === undefined ? [] : [ours(": "), quote(declared.synopsis, mostSynopsis)]),
          ]),
        ]),
    ...(asked === undefined ? [] : [text([askedFor(asked)])]),
    text([
      ours(`Since ${wallClock(since, now, timeZone)} · ${othersPaged(others)} · code `, { subtle: true }),
      said(code, 20, { bold: true }),
    ]),
  ];
}

const askedFor = (asked: Asked): Run =>
  said(
    askedWords(asked, (name) => line(name, mostName)),
    mostAsked,
    { bold: true },
  );

/** The word says what the colour says. */
export const heading = (severity: AlertSeverity, service: string): readonly Run[] => [
  ours(severityWords[severity], { bold: true, size: "large", colour: severityColour(severity) }),
  ours(" "),
  said(service, mostService, { bold: true, size: "large" }),
];

const othersPaged = (others: number): string =>
  others <= 0 ? "only you paged" : `${counted(Math.min(others, 999), "other")} paged`;

const questions = {
  silent: " Nothing was heard since: is it still in your hands? Without an answer the next are paged.",
  "urgency-raised": " It became urgent: is it still in your hands? Without an answer the next are paged.",
} as const;

function standingWords({ standing, now, timeZone }: PageFacts): readonly Run[] {
  switch (standing.name) {
    case "open":
      return [ours("Waiting for your answer.", { bold: true })];
    case "yours":
      return [
        ours("You have it.", { bold: true, colour: "good" }),
        ...(standing.promised === undefined
          ? []
          : [ours(` You are expected at ${wallClock(standing.promised, now, timeZone)}.`)]),
        ...(standing.asked === undefined ? [] : [ours(questions[standing.asked])]),
      ];
    case "noted":
      return [ours("You said yes.", { bold: true, colour: "good" }), ours(" Others are still asked.")];
    case "beside":
      return [
        ours("You are on it.", { bold: true, colour: "good" }),
        ours(" "),
        said(standing.by, mostName, { bold: true }),
        ours(" has it."),
      ];
    case "more-help":
      return [ours("You asked for more help, and stay.", { bold: true }), ours(" Others are being paged.")];
    case "taken":
      return [said(standing.by, mostName, { bold: true }), ours(" has it. There is nothing for you to do.")];
    case "declined":
      return [ours("You said: not me.", { bold: true }), ours(" Others are asked.")];
    case "expired":
      return [
        ours("The time to answer ran out", { bold: true }),
        ours(", and others are asked. You can still take it."),
      ];
    case "released":
      return [ours("You were released", { bold: true }), ours(", and it is open again. Others are asked.")];
    case "over":
      return [
        ours(standing.how === "closed" ? "Closed." : "Stood down.", { bold: true }),
        ours(" There is nothing for you to do."),
      ];
  }
}

const titles = {
  acknowledge: "Acknowledge",
  "in-20": "In 20 minutes",
  decline: "Decline",
  escalate: "More help",
  join: "Call me in",
  "sign-in": "I have arrived",
} as const satisfies { readonly [Name in Verb]?: string };
type PageVerb = keyof typeof titles;

/** What can be pressed while a page stands so, and what that is called then. */
const choices: Readonly<Record<PageStanding["name"], Readonly<Partial<Record<PageVerb, string>>>>> = {
  open: {
    acknowledge: titles.acknowledge,
    "in-20": titles["in-20"],
    decline: titles.decline,
    escalate: titles.escalate,
  },
  yours: { "in-20": titles["in-20"], escalate: titles.escalate, decline: "Give it back" },
  noted: { "in-20": titles["in-20"], escalate: titles.escalate, decline: "Not me after all" },
  beside: { decline: "Not me after all" },
  "more-help": { acknowledge: "I have it", "in-20": titles["in-20"], decline: titles.decline },
  taken: {},
  declined: { acknowledge: "Take it after all" },
  expired: { acknowledge: titles.acknowledge, "in-20": titles["in-20"], escalate: titles.escalate },
  released: { acknowledge: "Take it" },
  over: {},
};

function actions({ incident, page, standing, room, address }: PageFacts): readonly Action[] {
  const offered: Partial<Record<PageVerb, string>> = {
    ...(standing.name === "yours" && standing.asked !== undefined ? { acknowledge: "Still mine" } : {}),
    ...(standing.name === "yours" && standing.promised !== undefined ? { "sign-in": titles["sign-in"] } : {}),
    ...choices[standing.name],
    ...(room && standing.name !== "over" ? { join: titles.join } : {}),
  };
  const presses = Object.entries(offered).map(([verb, title]) => {
    const pressed: Pressed = { verb: verb as PageVerb, incident, page };
    return press(title, pressed, verb === "acknowledge" ? { style: "positive" } : {});
  });
  return [...presses, visit("Command post", address)];
}
