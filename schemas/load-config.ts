// Reads muster.yaml: an organisation and its version, or everything that is wrong with the file at once.
import type { Organisation } from "../functions/core/organisation.ts";
import { cardWarnings } from "./config/emergency.ts";
import { identityFindings, identityWarnings } from "./config/identity.ts";
import { lateSteps } from "./config/late-steps.ts";
import { organisationOf, versionOf } from "./config/organisation.ts";
import { peopleFindings } from "./config/people.ts";
import { type ConfigProblem, type Finding, pathText } from "./config/problem.ts";
import { entriesOf, fieldOf } from "./config/raw.ts";
import { referenceFindings } from "./config/references.ts";
import { shapeFindings } from "./config/shape.ts";
import { type Tree, treeOf } from "./config/tree.ts";
import { configSchema } from "./config.ts";

export type { ConfigProblem } from "./config/problem.ts";

export type LoadedConfig =
  | {
      readonly organisation: Organisation;
      readonly version: string;
      readonly warnings: readonly ConfigProblem[];
    }
  | { readonly problems: readonly ConfigProblem[] };

const problemsShown = 100;

export function loadConfig(text: string): LoadedConfig {
  const tree = treeOf(text);
  if ("problems" in tree) return tree;
  const shape = configSchema.safeParse(tree.value);
  const people = peopleFindings(fieldOf(tree.value, "people"));
  const findings = [
    ...tree.findings,
    ...(shape.success ? [] : shapeFindings(shape.error.issues, tree.value)),
    ...people.problems,
    ...identityFindings(tree.value),
    ...referenceFindings(tree.value),
  ];
  if (findings.length > 0 || !shape.success) return { problems: placed(findings, tree) };
  const organisation = organisationOf(shape.data);
  const late = lateSteps(shape.data, organisation);
  if (late.problems.length > 0) return { problems: placed(late.problems, tree) };
  const warnings = [
    ...people.warnings,
    ...late.warnings,
    ...cardWarnings(tree.value),
    ...identityWarnings(tree.value),
    ...demoKeys(tree.value),
  ];
  return { organisation, version: versionOf(organisation), warnings: placed(warnings, tree) };
}

/** In the order of the file, each place's first complaint only once. */
function placed(findings: readonly Finding[], tree: Tree): readonly ConfigProblem[] {
  const problems = findings
    .slice(0, problemsShown)
    .map(({ path, atKey, message, advice }) => ({
      path: pathText(path),
      ...tree.place(path, atKey),
      message,
      advice,
    }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
  const left = findings.length - problemsShown;
  if (left <= 0) return problems;
  return [
    ...problems,
    { path: "", line: 1, column: 1, message: `there are ${left} more problems`, advice: "mend these first" },
  ];
}

/** The sample's keys are known to everybody who has read it. */
function demoKeys(root: unknown): readonly Finding[] {
  const open = entriesOf(fieldOf(root, "sources")).filter(([, source]) =>
    [fieldOf(source, "key")].flat().some((key) => typeof key === "string" && key.startsWith("demo-")),
  );
  const [first] = open;
  if (first === undefined) return [];
  const names = open.map(([id]) => id).join(", ");
  return [
    {
      path: ["sources", first[0], "key"],
      message: `${names}: the sample's demo keys are known to everybody`,
      advice: "make new ones with `muster key` before the hub can be reached from outside",
    },
  ];
}

/** The first key in clear of each source, for whoever sends a sample alert with the same file. */
export function keysInClear(text: string): ReadonlyMap<string, string> {
  const tree = treeOf(text);
  if ("problems" in tree) return new Map();
  return new Map(
    entriesOf(fieldOf(tree.value, "sources")).flatMap(([id, source]) => {
      const [key]: readonly unknown[] = [fieldOf(source, "key")].flat();
      return typeof key === "string" ? [[id, key] as const] : [];
    }),
  );
}
