// Every card that the code can make of one incident, with what hostile people wrote into it.
import type { Phase } from "../../../functions/core/incident/state.ts";
import type { AlertSeverity } from "../../../functions/core/severity.ts";
import { answerCard, helpCard, helpFormCard, listCard } from "../../../functions/wording/cards/answers.ts";
import type { Choice } from "../../../functions/wording/cards/blocks.ts";
import { type IncidentFacts, incidentCard } from "../../../functions/wording/cards/incident-card.ts";
import { type PageFacts, type PageStanding, pageCard } from "../../../functions/wording/cards/page-card.ts";
import { whomChoice } from "../../../functions/wording/cards/verbs.ts";

const now = Date.UTC(2026, 10, 3, 1, 15);
export const address = "https://pager.example.com/incidents/01K8ZXAMPLE0000000000000AB";
const incident = "01K8ZXAMPLE0000000000000AB";

/** Said by somebody outside, wherever text of theirs can stand. */
export interface Outside {
  readonly title: string;
  readonly service: string;
  readonly name: string;
  readonly words: string;
  readonly severity: AlertSeverity;
  readonly drill: boolean;
  readonly people: number;
}

const standings = (name: string): readonly PageStanding[] => [
  { name: "open" },
  { name: "yours", asked: undefined, promised: undefined },
  { name: "yours", asked: "silent", promised: now + 1_200_000 },
  { name: "yours", asked: "urgency-raised", promised: undefined },
  { name: "noted" },
  { name: "beside", by: name },
  { name: "more-help" },
  { name: "taken", by: name },
  { name: "declined" },
  { name: "expired" },
  { name: "released" },
  { name: "over", how: "stood-down" },
  { name: "over", how: "closed" },
];
const phases: readonly Phase[] = ["unopened", "triage", "declared", "mitigated", "closed", "stood-down"];

export function pageOf(
  { title, service, name, words, severity, drill, people }: Outside,
  standing: PageStanding,
  more: Partial<PageFacts> = {},
): PageFacts {
  return {
    incident,
    page: "p1",
    drill,
    severity,
    service,
    symptom: title,
    since: now - 3_600_000,
    now,
    timeZone: "Europe/London",
    others: people,
    code: "A4821",
    declared: { codename: "Kingfisher", synopsis: words },
    asked: people > 1 ? { by: name, missing: name } : { by: name, service },
    room: true,
    standing,
    address,
    notice: words,
    ...more,
  };
}

export function incidentOf(
  { title, service, name, words, severity, drill, people }: Outside,
  phase: Phase,
  more: Partial<IncidentFacts> = {},
): IncidentFacts {
  const names = Array.from({ length: people }, () => name);
  return {
    incident,
    drill,
    severity,
    service,
    title,
    others: {
      listed: Array.from({ length: people }, () => ({ title, severity, firing: !drill })),
      more: people,
    },
    since: now - 3_600_000,
    now,
    timeZone: "UTC",
    alerts: 12_345,
    phase,
    declared: { codename: "Kingfisher", synopsis: words, sensitive: false },
    owner: name,
    asked: names,
    here: names,
    can: { conditions: words, actions: words, needs: words, at: now - 600_000, by: name },
    nextUpdateDue: now + 3_000_000,
    inTheRoom: people,
    choices: names.map((title_, n) => ({ title: title_, value: whomChoice("person", `person-${n}`) })),
    address,
    redacted: false,
    notice: words,
    ...more,
  };
}

/** So many that the list of them just fits, or does not. */
const some = (name: string, many: number): readonly Choice[] =>
  Array.from({ length: many }, (_, n) => ({
    title: name.slice(0, 100),
    value: whomChoice("service", `${"s".repeat(60)}${n}`),
  }));

export function everyCard(outside: Outside): readonly (readonly [string, object])[] {
  const { title, name, words, service, people } = outside;
  const pressed = { verb: "report", incident, conditions: words, actions: words, said: words } as const;
  const lines = Array.from({ length: Math.min(people, 30) }, () => ({ title, more: service, pressed }));
  return [
    ...standings(name).map(
      (standing, n) => [`page ${standing.name} ${n}`, pageCard(pageOf(outside, standing))] as const,
    ),
    ...phases.map((phase) => [`incident ${phase}`, incidentCard(incidentOf(outside, phase))] as const),
    [
      "incident with nothing",
      incidentCard(
        incidentOf(outside, "triage", {
          declared: undefined,
          owner: undefined,
          can: undefined,
          inTheRoom: undefined,
        }),
      ),
    ],
    ["incident redacted", incidentCard(incidentOf(outside, "declared", { redacted: true }))],
    [
      "incident with few to choose from",
      incidentCard(
        incidentOf(outside, "declared", {
          choices: [{ title: name, value: whomChoice("service", "checkout") }],
        }),
      ),
    ],
    [
      "answer",
      answerCard({
        words,
        drill: true,
        more: [words, title],
        presses: [{ title: name, pressed }],
        address,
      }),
    ],
    ["list", listCard(words, lines, "report")],
    ["help", helpCard(words, [{ typed: "ack", does: "you have it" }])],
    ["form", helpFormCard([{ id: "checkout", name: service }], words)],
    [
      "form of many",
      helpFormCard(
        lines.map((_, n) => ({ id: `s${n}`, name: service })),
        words,
      ),
    ],
  ];
}

/** The largest that there are: each list is as long as fits, or just does not. */
export const crowdedCards = (outside: Outside): readonly (readonly [string, object])[] =>
  [5, 10, 15, 20, 30, 45].map((many) => {
    const facts = incidentOf(outside, "declared", { choices: some(outside.name, many) });
    return [`incident with ${many} to choose from`, incidentCard(facts)] as const;
  });
