// Reading and writing items by their keys; every read sees what was written before it.

import { setTimeout as pause } from "node:timers/promises";
import { BatchGetCommand, DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Access, patiently } from "./access.ts";
import { type Change, expressions, namesIn } from "./expressions.ts";
import type { ItemKey } from "./keys.ts";
import { inChunks, inParallel } from "./parallel.ts";
import { type Item, isRefusal, itemBefore } from "./refused.ts";

/** `before`: what stood there when the condition failed, or, of a write that was done, the values that it replaced. */
export type Written = { readonly done: boolean; readonly before: Item | undefined };

export async function get({ client, table }: Access, key: ItemKey): Promise<Item | undefined> {
  const answer = await patiently(() =>
    client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true })),
  );
  return answer.Item;
}

export async function put(
  { client, table }: Access,
  item: ItemKey & Item,
  condition?: string,
  values?: Item,
): Promise<Written> {
  const command = () =>
    new PutCommand({
      TableName: table,
      Item: item,
      ConditionExpression: condition,
      ExpressionAttributeNames: condition === undefined ? undefined : namesIn(condition),
      ExpressionAttributeValues: values,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
  return written(() => client.send(command()));
}

export const update = ({ client, table }: Access, key: ItemKey, change: Change): Promise<Written> =>
  written(() =>
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        ...expressions(change),
        ReturnValues: "UPDATED_OLD",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    ),
  );

export async function remove({ client, table }: Access, key: ItemKey): Promise<void> {
  await patiently(() => client.send(new DeleteCommand({ TableName: table, Key: key })));
}

async function written(call: () => Promise<{ readonly Attributes?: Item | undefined }>): Promise<Written> {
  try {
    const { Attributes } = await patiently(call);
    return { done: true, before: Attributes };
  } catch (error) {
    if (isRefusal(error)) return { done: false, before: itemBefore(error) };
    throw error;
  }
}

const batch = 100;
const rounds = 8;

/** The items that are there, in no order. */
export async function getAll(access: Access, keys: readonly ItemKey[]): Promise<readonly Item[]> {
  const found = await inParallel(inChunks(keys, batch), (chunk) => getBatch(access, chunk));
  return found.flat();
}

// A batch may be answered in part: what is left over is asked for again.
async function getBatch({ client, table }: Access, keys: readonly ItemKey[]): Promise<readonly Item[]> {
  const found: Item[] = [];
  let left: Item[] = [...keys] as unknown as Item[];
  for (let round = 0; left.length > 0; round++) {
    if (round === rounds) throw new Error(`The table did not answer for ${left.length} items; try again`);
    if (round > 0) await pause(Math.random() * 20 * 2 ** round);
    const asked = left;
    const answer = await patiently(() =>
      client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys: asked, ConsistentRead: true } } })),
    );
    found.push(...(answer.Responses?.[table] ?? []));
    left = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}
