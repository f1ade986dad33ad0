// Looks into a tree that may be wrong anywhere, so that every part is checked however wrong the others are.

export type Entries = readonly (readonly [string, unknown])[];

export const entriesOf = (value: unknown): Entries =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const namesOf = (value: unknown): ReadonlySet<string> =>
  new Set(entriesOf(value).map(([name]) => name));
