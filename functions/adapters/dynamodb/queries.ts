// Reading many items that lie together: by the page, until there are enough.
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { type Access, patiently } from "./access.ts";
import { namesIn } from "./expressions.ts";
import type { Item } from "./refused.ts";

export interface Question {
  /** Key condition; names as `#name`, values as `:value`. */
  readonly where: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly filter?: string;
  readonly index?: string;
  readonly newestFirst?: boolean;
  /** How many of the items that pass the filter. */
  readonly limit?: number;
}

/** From the table itself it reads what was written before; from an index, what has reached it. */
export async function* ask({ client, table }: Access, question: Question): AsyncGenerator<Item> {
  const { where, filter, index, limit } = question;
  const request: QueryCommandInput = {
    TableName: table,
    IndexName: index,
    ConsistentRead: index === undefined,
    KeyConditionExpression: where,
    FilterExpression: filter,
    ExpressionAttributeNames: namesIn(`${where} ${filter ?? ""}`),
    ExpressionAttributeValues: question.values,
    ScanIndexForward: !(question.newestFirst ?? false),
    Limit: limit,
  };
  let left = limit ?? Number.POSITIVE_INFINITY;
  let from: Item | undefined;
  do {
    const start = from;
    const page = await patiently(() =>
      client.send(new QueryCommand({ ...request, ExclusiveStartKey: start })),
    );
    for (const item of page.Items ?? []) {
      if (left-- <= 0) return;
      yield item;
    }
    from = page.LastEvaluatedKey;
  } while (from !== undefined && left > 0);
}

export async function all(access: Access, question: Question): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of ask(access, question)) items.push(item);
  return items;
}
