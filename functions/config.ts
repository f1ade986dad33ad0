// The environment as typed settings: the only place that reads it. What is missing is named all at once.

type Environment = Readonly<Record<string, string | undefined>>;

/** Values by name; throws with the names of all that are missing. */
export function required<const Name extends string>(
  names: readonly Name[],
  environment: Environment = process.env,
): Readonly<Record<Name, string>> {
  const found = names.map((name) => [name, environment[name] ?? ""] as const);
  const missing = found.filter(([, value]) => value === "").map(([name]) => name);
  if (missing.length > 0) throw new Error(`Set ${missing.join(", ")} in the function's environment`);
  return Object.fromEntries(found) as Record<Name, string>;
}

export const optional = (name: string, environment: Environment = process.env): string | undefined =>
  environment[name] || undefined;

/** A value that the deployment wrote as JSON for us, in the form that it has in the type. */
export function requiredJson<Value>(name: string, environment: Environment = process.env): Value {
  const text = required([name], environment)[name] ?? "";
  try {
    return JSON.parse(text) as Value;
  } catch (cause) {
    throw new Error(`${name} in the function's environment is not JSON`, { cause });
  }
}
