// Finds the function that hears a path, from the table's routes.
import { type FunctionName, type Subscription, subscriptions } from "../../functions/subscriptions.ts";

export interface Heard {
  readonly name: FunctionName;
  /** As API Gateway names it: `POST /alerts/{source}`. */
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly signedIn: boolean;
}

interface Pattern {
  readonly name: FunctionName;
  readonly routeKey: string;
  readonly method: string;
  readonly parts: readonly string[];
  readonly signedIn: boolean;
}

const patterns: readonly Pattern[] = (
  Object.entries(subscriptions) as [FunctionName, Subscription][]
).flatMap(([name, row]) =>
  (row.routes ?? []).map((routeKey) => {
    const [method = "", path = ""] = routeKey.split(" ");
    return { name, routeKey, method, parts: path.split("/"), signedIn: row.signedIn === true };
  }),
);

/** The route, or the methods that this path would take. */
export function routeOf(method: string, path: string): Heard | { readonly allow: readonly string[] } {
  const parts = path.split("/");
  const fitting = patterns.flatMap((pattern) => {
    const parameters = match(pattern.parts, parts);
    return parameters === undefined ? [] : [{ pattern, parameters }];
  });
  const found = fitting.find(({ pattern }) => pattern.method === method);
  if (found === undefined) return { allow: fitting.map(({ pattern }) => pattern.method) };
  const { name, routeKey, signedIn } = found.pattern;
  return { name, routeKey, signedIn, parameters: found.parameters };
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = parts[index] ?? "";
    if (!part.startsWith("{")) {
      if (part !== given) return undefined;
    } else {
      const value = decoded(given);
      if (value === undefined || value === "") return undefined;
      parameters[part.slice(1, -1)] = value;
    }
  }
  return parameters;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined; // no path of ours has a broken escape
  }
}
