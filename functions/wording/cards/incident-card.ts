// The card at the head of an incident's thread: how it stands, as everybody there sees it, and the forms and buttons that its
// phase allows. Nothing in it says how to get into the room: a channel has more readers than the response.
import type { Can } from "../../core/incident/can/facts.ts";
import { isDeclared, isOver, type Phase } from "../../core/incident/state.ts";
import { quotedInSpeech } from "../../core/quoted.ts";
import type { AlertSeverity } from "../../core/severity.ts";
import type { Instant } from "../../core/time.ts";
import { speakable } from "../speakable.ts";
import { wallClock } from "../wall-clock.ts";
import { andMore, counted, severityWords } from "../words.ts";
import {
  type Action,
  bare,
  bareQuote,
  buttons,
  type Card,
  type Choice,
  card,
  choice,
  type Element,
  field,
  fits,
  form,
  ours,
  press,
  quote,
  quoteLines,
  type Run,
  said,
  text,
  tick,
  visit,
} from "./blocks.ts";
import { drillMark, heading, noticed } from "./page-card.ts";
import { fields, type Verb } from "./verbs.ts";

export interface IncidentFacts {
  /** Without its kind, as the world outside names it. */
  readonly incident: string;
  readonly drill: boolean;
  readonly severity: AlertSeverity;
  readonly service: string;
  readonly title: string;
  /** The other symptoms, what fires before what has ended, then the gravest first; and how many are not listed. */
  readonly others: {
    readonly listed: readonly {
      readonly title: string;
      readonly severity: AlertSeverity;
      readonly firing: boolean;
    }[];
    readonly more: number;
  };
  readonly since: Instant;
  readonly now: Instant;
  /** Those who read it in a channel live in many. */
  readonly timeZone: string;
  readonly alerts: number;
  readonly phase: Phase;
  readonly declared:
    | { readonly codename: string; readonly synopsis: string; readonly sensitive: boolean }
    | undefined;
  /** Names, each list bounded by whoever makes it. */
  readonly owner: string | undefined;
  readonly asked: readonly string[];
  readonly here: readonly string[];
  readonly can: (Can & { readonly at: Instant; readonly by: string }) | undefined;
  readonly nextUpdateDue: Instant | undefined;
  /** Undefined where none is open. */
  readonly inTheRoom: number | undefined;
  /** Who can be paged as well. */
  readonly choices: readonly Choice[];
  /** The command post's address of the incident. */
  readonly address: string;
  /** It stands where everybody can read it, and is sensitive: nothing of its matter is shown. */
  readonly redacted: boolean;
  readonly notice?: string;
}

/** Of a report's part as the card shows it; all of it stands on the command post. */
const mostReported = 240;
const mostTitle = 300;
const mostOther = 120;
const mostName = 60;
const namesShown = 6;

/** Where a list of whom to page would make it too large, a name is typed instead; then the other symptoms are left out. */
export function incidentCard(facts: IncidentFacts): Card {
  const withList = drawn(facts);
  if (fits(withList)) return withList;
  const typed = drawn({ ...facts, choices: [] });
  return fits(typed) ? typed : drawn({ ...facts, choices: [], others: { listed: [], more: 0 } });
}

const drawn = (facts: IncidentFacts): Card =>
  card(
    [
      ...drillMark(facts.drill),
      ...noticed(facts.notice),
      ...(facts.redacted ? redacted(facts) : whole(facts)),
      ...buttons(actions(facts)),
    ],
    {
      instead: incidentSummary(facts),
      spoken: facts.redacted ? incidentSummary(facts) : spoken(facts),
    },
  );

/** What a notification shows of it. */
export function incidentSummary({
  drill,
  severity,
  service,
  title,
  others,
  declared,
  redacted,
}: IncidentFacts): string {
  const mark = drill ? "DRILL " : "";
  const name = declared === undefined ? "" : `${bare(declared.codename, mostName)} · `;
  return redacted
    ? `${mark}${name}a sensitive incident`
    : `${mark}${name}${severityWords[severity]} ${bare(service, 80)}: ${andMore(bareQuote(title, 120), firing(others))}`;
}

const firing = ({ listed }: IncidentFacts["others"]): number => listed.filter((each) => each.firing).length;

const spoken = ({ drill, severity, service, title }: IncidentFacts): string =>
  `${drill ? "This is a drill. " : ""}${speakable(service, 60)}, ${severityWords[severity].toLowerCase()}: ${quotedInSpeech(speakable(title, 200))}`;

const phases: Readonly<Record<Phase, string>> = {
  unopened: "Opening",
  triage: "Triage",
  declared: "Declared",
  mitigated: "Mitigated",
  closed: "Closed",
  "stood-down": "Stood down",
};

const redacted = ({ declared, phase }: IncidentFacts): readonly Element[] => [
  text([said(declared?.codename ?? "An incident", mostName, { bold: true, size: "large" })]),
  text([ours(`${phases[phase]} · sensitive`, { bold: true }), ours(" Only those who work on it see more.")]),
];

function whole(facts: IncidentFacts): readonly Element[] {
  const { declared, phase, severity, service, title } = facts;
  return [
    ...(declared === undefined
      ? []
      : [
          text([said(declared.codename, mostName, { bold: true, size: "large" })]),
          text([quote(declared.synopsis, 200, { size: "medium" })], "none"),
        ]),
    text(heading(severity, service)),
    text([quote(title, mostTitle)], "none"),
    ...otherSymptoms(facts),
    text([ours(phases[phase], { bold: true }), ours(` · ${sinceAndCount(facts)}`, { subtle: true })]),
    ...people(facts),
    ...report(facts),
    ...room(facts),
  ];
}

/** More of them stand on the command post. */
const symptomsShown = 5;

function otherSymptoms({ others: { listed, more } }: IncidentFacts): readonly Element[] {
  const shown = listed.slice(0, symptomsShown);
  const left = listed.length - shown.length + more;
  return [
    ...shown.map(({ title, severity, firing }) =>
      text(
        [
          ours(`${firing ? severityWords[severity] : "Ended"} `, { subtle: true }),
          quote(title, mostOther, firing ? {} : { subtle: true }),
        ],
        "none",
      ),
    ),
    ...(left === 0 ? [] : [text([ours(`and ${left} more`, { subtle: true })], "none")]),
  ];
}

const at = (instant: Instant, { now, timeZone }: Pick<IncidentFacts, "now" | "timeZone">): string =>
  `${wallClock(instant, now, timeZone)}${timeZone === "UTC" ? " UTC" : ""}`;

const sinceAndCount = (facts: IncidentFacts): string =>
  `since ${at(facts.since, facts)} · ${counted(facts.alerts, "alert")}`;

function people(facts: IncidentFacts): readonly Element[] {
  const { owner, asked, here, phase } = facts;
  const command: readonly Run[] =
    owner === undefined
      ? [ours(isOver(phase) ? "Nobody had it." : "Nobody has it yet.", { bold: true })]
      : [
          ours(isDeclared(phase) ? "Command: " : isOver(phase) ? "Had it: " : "Has it: "),
          said(owner, mostName, { bold: true }),
        ];
  return [
    text(command),
    ...(here.length === 0 ? [] : [named("Here: ", here)]),
    ...(asked.length === 0 || isOver(phase) ? [] : [named("Asked: ", asked)]),
  ];
}

/** Each name is a run of its own: what somebody wrote into theirs stays in it. */
const named = (what: string, names: readonly string[]): Element => {
  const shown = names.slice(0, namesShown);
  const more = names.length - shown.length;
  return text([
    ours(what),
    ...shown.flatMap((name, n) => [...(n === 0 ? [] : [ours(", ")]), said(name, mostName)]),
    ...(more === 0 ? [] : [ours(` and ${more} more`)]),
  ]);
};

function report(facts: IncidentFacts): readonly Element[] {
  const { can, nextUpdateDue, phase, now } = facts;
  const due =
    nextUpdateDue === undefined || isOver(phase)
      ? []
      : [
          text([
            ours(nextUpdateDue < now ? "Update overdue: was due " : "Next update due ", { bold: true }),
            ours(at(nextUpdateDue, facts)),
          ]),
        ];
  if (can === undefined) return due;
  return [
    text([
      ours(`Report of ${at(can.at, facts)} by `, { subtle: true }),
      said(can.by, mostName, { subtle: true }),
    ]),
    ...part("Conditions: ", can.conditions),
    ...part("Actions: ", can.actions),
    ...part("Needs: ", can.needs),
    ...due,
  ];
}

const part = (what: string, words: string): readonly Element[] =>
  words === "" ? [] : [text([ours(what, { bold: true }), quoteLines(words, mostReported)], "none")];

const room = ({ inTheRoom }: IncidentFacts): readonly Element[] =>
  inTheRoom === undefined
    ? []
    : [
        text([
          ours("Phone bridge open", { bold: true, colour: "good" }),
          ours(inTheRoom === 0 ? ", nobody inside." : `, ${counted(inTheRoom, "person", "people")} inside.`),
        ]),
      ];

/** What may be pressed in which phase, in the order in which it is wanted. */
const offered: Readonly<Record<Phase, readonly Verb[]>> = {
  unopened: [],
  triage: ["acknowledge", "report", "page", "bridge", "join", "declare", "stand-down"],
  declared: ["sign-in", "acknowledge", "report", "page", "bridge", "join", "close", "stand-down"],
  mitigated: ["sign-in", "acknowledge", "report", "page", "bridge", "join", "close"],
  closed: [],
  "stood-down": [],
};

function actions(facts: IncidentFacts): readonly Action[] {
  const { phase, address } = facts;
  const pressed = offered[phase].flatMap((verb) => {
    const made = action(verb, facts);
    return made === undefined ? [] : [made];
  });
  return [...pressed, visit("Command post", address)];
}

/** Undefined where it makes no sense now. */
function action(verb: Verb, facts: IncidentFacts): Action | undefined {
  const { incident, owner, inTheRoom, choices } = facts;
  const pressed = { verb, incident };
  switch (verb) {
    case "acknowledge":
      return owner === undefined ? press("Take it", pressed, { style: "positive" }) : undefined;
    case "sign-in":
      return press("I am here", pressed);
    case "bridge":
      return inTheRoom === undefined ? press("Open bridge", pressed) : undefined;
    case "join":
      return inTheRoom === undefined ? undefined : press("Call me in", pressed);
    case "report":
      return form(
        "Report",
        [
          field(fields.conditions, "Conditions: what it is like", 500, "several"),
          field(fields.actions, "Actions: what is being done", 500, "several"),
          field(fields.needs, "Needs: what is missing", 500, "several"),
        ],
        press("Report", pressed, { withForm: true }),
      );
    case "page":
      return form(
        "Page somebody",
        [
          choices.length === 0
            ? field(fields.whom, "Whom: the name of a person, or of a service", 100)
            : choice(fields.whom, "Whom", choices),
        ],
        press("Page", pressed, { withForm: true }),
      );
    case "declare":
      return form(
        "Declare",
        [
          field(fields.synopsis, "What is it, in one sentence", 200),
          tick(fields.sensitive, "Sensitive: only those who work on it may read of it"),
        ],
        press("Declare", pressed, { withForm: true, style: "positive" }),
      );
    case "close":
      return form(
        "Close",
        [text([ours("It ends: everybody is told, and released.")])],
        press("Close it", pressed, { style: "destructive" }),
      );
    case "stand-down":
      return form(
        facts.declared === undefined ? "Stand down" : "False alarm",
        [text([ours("It is none, or none any more: everybody is told, and released.")])],
        press("Stand down", pressed, { style: "destructive" }),
      );
    default:
      return undefined;
  }
}
