// Writes DynamoDB's update and condition expressions, every name by placeholder: its list of reserved words is long.

export interface Change {
  /** An attribute that is undefined is removed. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number>>;
  /** Names as `#name`, values as `:value`. */
  readonly condition?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface Expressions {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string | undefined;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown> | undefined;
}

export function expressions({ set = {}, add = {}, condition, values = {} }: Change): Expressions {
  const kept = Object.entries(set).filter(([, value]) => value !== undefined);
  const removed = Object.entries(set).filter(([, value]) => value === undefined);
  const clauses = [
    clause("SET", kept, ([name]) => `#${name} = :set_${name}`),
    clause("ADD", Object.entries(add), ([name]) => `#${name} :add_${name}`),
    clause("REMOVE", removed, ([name]) => `#${name}`),
  ];
  const update = clauses.filter((text) => text !== "").join(" ");
  return {
    UpdateExpression: update,
    ConditionExpression: condition,
    ExpressionAttributeNames: namesIn(`${update} ${condition ?? ""}`),
    ExpressionAttributeValues: unlessEmpty({
      ...Object.fromEntries(kept.map(([name, value]) => [`:set_${name}`, value])),
      ...Object.fromEntries(Object.entries(add).map(([name, value]) => [`:add_${name}`, value])),
      ...values,
    }),
  };
}

/** The placeholders that stand in a text. */
export const namesIn = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/#(\w+)/g)].map(([placeholder, name]) => [placeholder, name ?? ""]));

const clause = (
  verb: string,
  entries: readonly (readonly [string, unknown])[],
  write: (entry: readonly [string, unknown]) => string,
): string => (entries.length === 0 ? "" : `${verb} ${entries.map(write).join(", ")}`);

const unlessEmpty = (values: Record<string, unknown>): Record<string, unknown> | undefined =>
  Object.keys(values).length === 0 ? undefined : values;
