// A synthesized template as a reader of it sees it: resources by type, and who points at whom.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Fields = Readonly<Record<string, Json>>;

export interface Resource {
  readonly Type: string;
  readonly Properties?: Fields;
  readonly DependsOn?: Json;
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, Json>>;
  readonly Parameters?: Readonly<Record<string, Json>>;
}

export interface Found {
  readonly id: string;
  readonly properties: Fields;
}

export const ofType = (template: Template, type: string): readonly Found[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties }]) => ({ id, properties: Properties ?? {} }));

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let found = value;
  for (const step of path) {
    if (Array.isArray(found)) found = (found as readonly Json[])[Number(step)];
    else found = isFields(found) ? found[step] : undefined;
  }
  return found;
}

export const listAt = (value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] => {
  const found = at(value, ...path);
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly Json[]) : [found];
};

export const textsAt = (value: Json | undefined, ...path: readonly (string | number)[]): readonly string[] =>
  listAt(value, ...path).filter((one) => typeof one === "string");

/** The logical id that a value points at, however deep its intrinsic functions put it. */
export function target(value: Json | undefined): string | undefined {
  return targets(value)[0];
}

export function targets(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: Json) => targets(one));
  if (!isFields(value)) return [];
  const { Ref: ref, "Fn::GetAtt": attribute } = value;
  if (typeof ref === "string") return ref.startsWith("AWS::") ? [] : [ref];
  if (Array.isArray(attribute)) return [String(attribute[0])];
  return Object.values(value).flatMap((one) => targets(one));
}

/**
 * The value with its intrinsic functions carried out, as far as names go: a reference becomes `<Id>`, an attribute
 * `<Id.Attribute>`, so that two values are equal when they would be equal once deployed.
 */
export function resolved(value: Json | undefined): string {
  if (typeof value === "string") return value;
  if (!isFields(value)) return JSON.stringify(value);
  const { Ref: ref, "Fn::GetAtt": attribute, "Fn::Join": join, "Fn::Sub": sub } = value;
  if (typeof ref === "string") return `<${ref}>`;
  if (Array.isArray(attribute)) return `<${attribute.join(".")}>`;
  if (Array.isArray(join)) return listAt(join, 1).map(resolved).join(String(join[0]));
  if (typeof sub === "string") return sub;
  return JSON.stringify(value);
}

/** Every text that stands anywhere in a value. */
export function texts(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((one: Json) => texts(one));
  return isFields(value) ? Object.values(value).flatMap((one) => texts(one)) : [];
}

/** Our own functions; CDK's helper for the deployment is not one of them. */
export const functionsOf = (template: Template): ReadonlyMap<string, Found> =>
  new Map(
    ofType(template, "AWS::Lambda::Function").flatMap((found) => {
      const [, name] = /^Muster: (.+)$/.exec(resolved(found.properties["Description"] ?? "")) ?? [];
      return name === undefined ? [] : [[name, found] as const];
    }),
  );
