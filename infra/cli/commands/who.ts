// A dry run from the config file: who would be paged, how and when.

import type { ContactStep } from "../../../functions/core/contact.ts";
import type { Organisation, Person } from "../../../functions/core/organisation.ts";
import type { Policy, Target } from "../../../functions/core/policy.ts";
import { routeOf } from "../../../functions/core/routing.ts";
import {
  type AlertSeverity,
  alertSeverities,
  type Urgency,
  urgencyOf,
} from "../../../functions/core/severity.ts";
import { beginsWithin } from "../../../functions/core/step-reach.ts";
import { printableJson } from "../../../functions/core/text.ts";
import type { Duration } from "../../../functions/core/time.ts";
import { spanText } from "../../../schemas/config/duration.ts";
import { type Command, configOption, type Values } from "../command.ts";
import { organisationFrom } from "../config-file.ts";
import { inert, painted, type Terminal } from "../terminal.ts";

export const who: Command = {
  summary: "say who would be paged for a service or an alert, how and when",
  words: "[SERVICE]",
  options: {
    ...configOption,
    source: { type: "string", value: "ID", help: "the source that the alert would come from" },
    label: { type: "string", value: "NAME=VALUE", help: "a label of the alert", multiple: true },
    severity: { type: "string", value: "WORD", help: "info, warning, error or critical (critical)" },
  },
  async run(values, terminal) {
    const labels = values.list("label").map((label) => label.split(/=(.*)/s));
    const severity = severityOf(values.text("severity") ?? "critical");
    if (severity === undefined || labels.some(([name, value]) => name === "" || value === undefined)) {
      terminal.err(
        `muster who: ${severity === undefined ? `a severity is one of ${alertSeverities.join(", ")}` : "a label is NAME=VALUE"}`,
      );
      return 2;
    }
    const organisation = await organisationFrom(values, terminal);
    if (organisation === undefined) return 1;
    const id = serviceOf(organisation, values, Object.fromEntries(labels));
    const service = organisation.services.find((candidate) => candidate.id === id);
    const policy = organisation.policies.find((candidate) => candidate.id === service?.policy);
    if (service === undefined || policy === undefined) {
      terminal.err(
        `muster who: there is no service "${inert(id)}"; known are ${organisation.services.map((known) => known.id).join(", ")}`,
      );
      return 1;
    }
    const urgency = urgencyOf(severity, service.importance);
    const steps = planOf(policy, organisation, urgency);
    if (values.flag("json"))
      terminal.out(printableJson({ service: service.id, policy: policy.id, severity, urgency, steps }));
    else
      print(
        `${service.name} · ${severity} alert · ${urgency} urgency · policy ${policy.id}`,
        steps,
        terminal,
      );
    return 0;
  },
};

const severityOf = (word: string): AlertSeverity | undefined =>
  alertSeverities.find((severity) => severity === word);

const serviceOf = (
  { routes }: Organisation,
  values: Values,
  labels: Readonly<Record<string, string>>,
): string => values.words[0] ?? routeOf(routes, values.text("source") ?? "", { labels })?.service ?? "";

interface Step {
  /** Seconds after the alert. */
  readonly after: number;
  readonly what: string;
  readonly people: readonly { readonly name: string; readonly ways: readonly string[] }[];
}

function planOf(policy: Policy, { people }: Organisation, urgency: Urgency): readonly Step[] {
  const known = new Map(people.map((person) => [person.id, person]));
  const named = (targets: readonly Target[], within: Duration | "at once") =>
    targets.flatMap(({ id }) => {
      const person = known.get(id);
      return person === undefined ? [] : [{ name: person.name, ways: waysOf(person, urgency, within) }];
    });
  const steps: Step[] = [];
  let after = 0;
  for (let pass = 0; pass <= policy.repeats; pass++) {
    for (const [n, level] of policy.levels.entries()) {
      const what = pass === 0 ? `level ${n + 1}` : `level ${n + 1} again`;
      steps.push({ after: after / 1000, what, people: named(level.targets, level.within) });
      after += level.within;
    }
  }
  const what = `nobody took it: catch-all, all ways at once, again every ${spanText(policy.catchAllEvery)}`;
  return [...steps, { after: after / 1000, what, people: named(policy.catchAll, "at once") }];
}

/** Where everybody else has failed no rule of a person's holds any way back. */
const stepsOf = (
  { methods, steps }: Pick<Person, "methods" | "steps">,
  urgency: Urgency,
  within: Duration | "at once",
) =>
  within === "at once"
    ? methods.map(({ id, channel }) => ({ method: id, channel, after: 0 }))
    : steps[urgency];

/** The last two digits are enough to tell which phone it is; of a chat account there is one. */
const waysOf = (
  { methods, steps }: Person,
  urgency: Urgency,
  within: Duration | "at once",
): readonly string[] =>
  stepsOf({ methods, steps }, urgency, within).map((step) => {
    const { method, channel } = step;
    const address = methods.find(({ id }) => id === method)?.address ?? "";
    const name = method === channel ? channel : `${channel} ${method}`;
    const which = channel === "teams" ? "" : ` …${address.slice(-2)}`;
    return `${name}${which}${whenOf(step, within)}`;
  });

function whenOf(step: ContactStep, within: Duration | "at once"): string {
  if (within === "at once" || step.after === 0) return "";
  const after = ` after ${spanText(step.after)}`;
  return beginsWithin(step, within) ? after : `${after}: not reached, the level ends before`;
}

function print(title: string, steps: readonly Step[], terminal: Terminal): void {
  terminal.out(painted(terminal, "bold", inert(title)));
  for (const { after, what, people } of steps) {
    terminal.out(`+${spanText(after * 1000)}`.padEnd(8) + what);
    for (const { name, ways } of people) terminal.out(`        ${inert(name)}: ${inert(ways.join(", "))}`);
  }
  terminal.out("unless somebody answers before.");
}
