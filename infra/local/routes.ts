// Finds the function that hears a path, from the table's routes.
import {
  type FunctionName,
  type Proof,
  type Subscription,
  subscriptions,
} from "../../functions/subscriptions.ts";
import type { RequestTarget } from "./request-target.ts";

export interface Heard {
  readonly name: FunctionName;
  /** As API Gateway names it: `POST /alerts/{source}`. */
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly signedIn: boolean;
}

/** A path of the table: the route, or the methods that the path takes. All rows of one path are of one function. */
export interface Found {
  readonly proof: Proof | undefined;
  readonly heard: Heard | { readonly allow: readonly string[] };
}

interface Pattern {
  readonly name: FunctionName;
  readonly routeKey: string;
  readonly method: string;
  readonly parts: readonly string[];
  readonly signedIn: boolean;
  readonly proof: Proof | undefined;
}

const patterns: readonly Pattern[] = (
  Object.entries(subscriptions) as [FunctionName, Subscription][]
).flatMap(([name, { routes = [], signedIn, proof }]) =>
  routes.map((routeKey) => {
    const [method = "", path = ""] = routeKey.split(" ");
    return {
      name,
      routeKey,
      method,
      parts: path.slice(1).split("/"),
      signedIn: signedIn !== undefined,
      proof,
    };
  }),
);

/** Undefined for a path that no route has. */
export function routeOf(method: string, { segments }: RequestTarget): Found | undefined {
  const fitting = patterns.flatMap((pattern) => {
    const parameters = match(pattern.parts, segments);
    return parameters === undefined ? [] : [{ pattern, parameters }];
  });
  const [first] = fitting;
  if (first === undefined) return undefined;
  const found = fitting.find(({ pattern }) => pattern.method === method);
  if (found === undefined) {
    return { proof: first.pattern.proof, heard: { allow: fitting.map(({ pattern }) => pattern.method) } };
  }
  const { name, routeKey, signedIn, proof } = found.pattern;
  return { proof, heard: { name, routeKey, signedIn, parameters: found.parameters } };
}

function match(
  pattern: readonly string[],
  segments: RequestTarget["segments"],
): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const { sent = "", value = "" } = segments[index] ?? {};
    if (!part.startsWith("{")) {
      if (part !== sent) return undefined;
    } else if (value === "") return undefined;
    else parameters[part.slice(1, -1)] = value;
  }
  return parameters;
}
