// The claims of a verified token. API Gateway hands every value over as a text: a boolean as "true", a list as "[a b]".
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

export type Claims = Readonly<Record<string, unknown>>;

const valueOf = (claims: Claims, name: string): unknown =>
  Object.hasOwn(claims, name) ? claims[name] : undefined;

/** Undefined for what is no text, and for the empty one. */
export function textOf(claims: Claims, name: string): string | undefined {
  const value = valueOf(claims, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export const has = (claims: Claims, name: string): boolean => valueOf(claims, name) !== undefined;

/** Yes by any of the spellings that providers and the gateway use; everything else is a no. */
export function isYes(claims: Claims, name: string): boolean {
  const value = valueOf(claims, name);
  return value === true || value === 1 || value === "true" || value === "1";
}

/** A list, whether it came as one, as "[a b]", as "a b" or as a single value. */
export function listOf(claims: Claims, name: string): readonly string[] {
  const value = valueOf(claims, name);
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string");
  if (typeof value !== "string") return [];
  const inside = value.startsWith("[") && value.endsWith("]") ? value.slice(1, -1) : value;
  return inside.split(/\s+/).filter((item) => item !== "");
}

/** Entra writes them to `scp`, others to `scope`. */
export const scopesOf = (claims: Claims): readonly string[] => [
  ...listOf(claims, "scope"),
  ...listOf(claims, "scp"),
];
