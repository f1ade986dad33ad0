// Contact steps that no level has time for. They are written in good faith, look like a second phone that rings, and never do.
import type { Organisation, Person } from "../../functions/core/organisation.ts";
import type { Urgency } from "../../functions/core/severity.ts";
import { beginsWithin, longestLevels } from "../../functions/core/step-reach.ts";
import type { Duration } from "../../functions/core/time.ts";
import type { Config } from "../config.ts";
import { spanText } from "./duration.ts";
import type { Finding, Findings } from "./problem.ts";

const urgencies: readonly Urgency[] = ["high", "low"];

/** A late step is a warning; a rule of which every step is late is a mistake, for no level would reach that person. */
export function lateSteps(config: Config, organisation: Organisation): Findings {
  const longest = longestLevels(organisation);
  const rules = organisation.people.flatMap((person) =>
    urgencies.flatMap((urgency) => {
      const within = longest.get(person.id);
      const written = config.people[person.id]?.rules?.[urgency];
      return within === undefined || written === undefined ? [] : [{ person, urgency, within, written }];
    }),
  );
  const [vain, others] = [rules.filter(isAllLate), rules.filter((rule) => !isAllLate(rule))];
  return {
    problems: vain.map(neverReached),
    warnings: [
      ...others.flatMap(lateIn),
      ...lateByDefault(config, organisation, longest),
      ...levelsTooShort(organisation, longest),
    ],
  };
}

interface Rule {
  readonly person: Person;
  readonly urgency: Urgency;
  readonly within: Duration;
  readonly written: NonNullable<NonNullable<Config["people"][string]["rules"]>[Urgency]>;
}

const isAllLate = ({ person, urgency, within }: Rule): boolean =>
  !person.steps[urgency].some((step) => beginsWithin(step, within));

const behind = (id: string, within: Duration): string =>
  `behind the end of every level that names ${id}; the longest is ${spanText(within)}`;

const neverReached = ({ person: { id }, urgency, within }: Rule): Finding => ({
  path: ["people", id, "rules", urgency],
  atKey: true,
  message: `every step of this rule lies ${behind(id, within)}: no level would reach ${id}`,
  advice: `begin with a step that has no delay, or one under ${spanText(within)}`,
});

const lateIn = ({ person: { id }, urgency, within, written }: Rule): readonly Finding[] =>
  written.flatMap((step, n) => {
    if (typeof step === "string" || step.after === undefined || beginsWithin({ after: step.after }, within))
      return [];
    const after = spanText(step.after);
    return [
      {
        path: ["people", id, "rules", urgency, n, "after"],
        message: `${step.method} after ${after} lies ${behind(id, within)}`,
        advice: `give it less than ${spanText(within)}, or a level that names ${id} more than ${after}; as it is, it begins only when a way before it fails`,
      },
    ];
  });

/** Those who wrote no rule of their own are told together: what is too short is the levels. */
function lateByDefault(
  config: Config,
  { people }: Organisation,
  longest: ReadonlyMap<string, Duration>,
): readonly Finding[] {
  const late = people.flatMap(({ id, steps }) =>
    urgencies.flatMap((urgency) => {
      const within = longest.get(id);
      if (within === undefined || config.people[id]?.rules?.[urgency] !== undefined) return [];
      return steps[urgency]
        .filter((step) => !beginsWithin(step, within))
        .map(({ channel, after }) => ({
          id,
          within,
          what: `${channel} after ${spanText(after)}`,
          after,
          urgency,
        }));
    }),
  );
  return [...Map.groupBy(late, ({ what, urgency }) => `${urgency} ${what}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const ids = [...new Set(alike.map(({ id }) => id))];
    const within = Math.max(...alike.map((each) => each.within));
    return [
      {
        path: ["people", first.id],
        atKey: true,
        message: `${first.what}, the default for ${first.urgency} urgency, lies ${behind(someOf(ids), within)}`,
        advice: `give those levels more than ${spanText(first.after)}, or write rules with shorter delays; as it is, it begins only when a way before it fails`,
      },
    ];
  });
}

/** Of levels that differ: a long one reaches this person, and a short one closes before anything went out. */
const levelsTooShort = (
  { people, policies, services }: Organisation,
  longest: ReadonlyMap<string, Duration>,
): readonly Finding[] => {
  const used = new Set(services.map(({ policy }) => policy));
  const steps = new Map(people.map((person) => [person.id, person.steps]));
  return policies.flatMap(({ id: policy, levels }) =>
    !used.has(policy)
      ? []
      : levels.flatMap(({ targets, within }, level) =>
          targets.flatMap(({ id }, n) =>
            urgencies.flatMap((urgency) => {
              const own = steps.get(id)?.[urgency] ?? [];
              const reaches = (time: Duration) => own.some((step) => beginsWithin(step, time));
              // Where not even the longest reaches them, that has been said of the rule.
              if (reaches(within) || !reaches(longest.get(id) ?? 0)) return [];
              return [
                {
                  path: ["policies", policy, "levels", level, "page", n],
                  message: `this level ends after ${spanText(within)}, before the first step of ${id}'s rule for ${urgency} urgency`,
                  advice: `give the level more time, or begin ${id}'s rule earlier: as it is, the level reaches nobody by it`,
                },
              ];
            }),
          ),
        ),
  );
};

const someOf = (ids: readonly string[]): string =>
  ids.length <= 4 ? ids.join(", ") : `${ids.slice(0, 3).join(", ")} and ${ids.length - 3} more`;
