// What the schema says about a tree, in words for whoever wrote the file.
import type * as z from "zod";
import { configSchema } from "../config.ts";
import { nearest } from "./nearest.ts";
import type { ConfigPath, Finding } from "./problem.ts";

type Issue = z.core.$ZodIssue;

export function shapeFindings(issues: readonly Issue[], root: unknown): readonly Finding[] {
  return issues.flatMap((issue) => findingsOf(issue, [], root));
}

function findingsOf(issue: Issue, before: ConfigPath, root: unknown): readonly Finding[] {
  const path = [...before, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(path, key));
    case "invalid_key":
      return [
        {
          path,
          atKey: true,
          message: `"${String(path.at(-1))}" is no id`,
          advice: issue.issues[0]?.message ?? "choose another",
        },
      ];
    case "invalid_union":
      return closestOption(issue.errors, path, root);
    case "invalid_type":
      return [wrongType(issue, issue.expected, path, root)];
    case "invalid_value":
      return [
        {
          path,
          message: `${lastName(path)} is none of the words that may stand here`,
          advice: `write one of ${issue.values.map(String).join(", ")}`,
        },
      ];
    case "too_small":
    case "too_big":
    case "invalid_format":
    case "custom":
    case "invalid_element":
    case "not_multiple_of":
      return [{ path, message: `${lastName(path)} ${lowered(issue.message)}`, advice: "correct it" }];
  }
}

/** Of a choice, the option that came nearest is spoken of: the one whose complaint is deepest in the value. */
function closestOption(
  options: readonly (readonly Issue[])[],
  path: ConfigPath,
  root: unknown,
): readonly Finding[] {
  const depth = (issues: readonly Issue[]) =>
    Math.max(
      ...issues.map(
        (issue) => issue.path.length + (issue.code === "invalid_type" && issue.path.length === 0 ? 0 : 0.5),
      ),
    );
  const best = options.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
  return best.flatMap((issue) => findingsOf(issue, path, root));
}

const lastName = (path: ConfigPath): string => {
  const name = path.findLast((part) => typeof part === "string");
  return name === undefined ? "the file" : typeof path.at(-1) === "number" ? `an entry of ${name}` : name;
};

const lowered = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1);

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "entries below it (name: value)",
  record: "entries below it (name: value)",
};

function wrongType(issue: Issue, expected: string, path: ConfigPath, root: unknown): Finding {
  const value = path.reduce<unknown>(
    (at, part) => (at as Record<string | number, unknown> | undefined)?.[part],
    root,
  );
  const name = lastName(path);
  if (value === undefined)
    return {
      path,
      message: `${name} is missing`,
      advice: `add ${name}: with ${kinds[expected] ?? expected}`,
    };
  if (!issue.message.startsWith("Invalid input"))
    return { path, message: `${name} ${issue.message}`, advice: "correct it" };
  const quotes = expected === "string" && typeof value !== "object" ? "; put it in quotes" : "";
  return {
    path,
    message: `${name} must be ${kinds[expected] ?? expected}`,
    advice: `write ${kinds[expected] ?? expected}${quotes}`,
  };
}

function unknownKey(path: ConfigPath, key: string): Finding {
  const known = keysAt(configSchema, path);
  const meant = nearest(key, known);
  return {
    path: [...path, key],
    atKey: true,
    message: `"${key}" is not known here`,
    advice: meant === undefined ? `known are ${known.join(", ")}` : `did you mean "${meant}"?`,
  };
}

/** The names that may stand at a path, by the schema itself. */
function keysAt(schema: z.core.$ZodType, path: ConfigPath): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [part, ...rest] = path;
  switch (def.type) {
    case "optional":
      return keysAt(def.innerType, path);
    case "union":
      return def.options.flatMap((option) => keysAt(option, path));
    case "record":
      return part === undefined ? [] : keysAt(def.valueType, rest);
    case "array":
      return part === undefined ? [] : keysAt(def.element, rest);
    case "object": {
      if (part === undefined) return Object.keys(def.shape);
      const next = def.shape[String(part)];
      return next === undefined ? [] : keysAt(next, rest);
    }
    default:
      return [];
  }
}
