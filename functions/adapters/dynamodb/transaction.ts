// Several writes or none, within the limits that one transaction has.
import { randomUUID } from "node:crypto";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { type Access, patiently } from "./access.ts";
import { type Change, expressions, namesIn } from "./expressions.ts";
import type { ItemKey } from "./keys.ts";
import { type Item, reasonsOf } from "./refused.ts";

export type Write =
  | {
      readonly kind: "put";
      readonly item: ItemKey & Item;
      readonly condition?: string;
      readonly values?: Item;
    }
  | { readonly kind: "update"; readonly key: ItemKey; readonly change: Change }
  | { readonly kind: "delete"; readonly key: ItemKey; readonly condition?: string; readonly values?: Item }
  | { readonly kind: "check"; readonly key: ItemKey; readonly condition: string; readonly values: Item };

export type Transacted =
  | { readonly outcome: "done" }
  /** Places of the writes whose conditions failed, each with the item that stood in its way. */
  | { readonly outcome: "refused"; readonly refused: ReadonlyMap<number, Item | undefined> };

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
const mostWrites = 100;
const mostBytes = 4_000_000;

export async function transact(
  { client, table }: Access,
  writes: readonly Write[],
  what: string,
): Promise<Transacted> {
  refuseOversize(writes, what);
  // The same token for every try: one whose answer was lost is not carried out again.
  const command = {
    ClientRequestToken: randomUUID(),
    TransactItems: writes.map((write) => request(table, write)),
  };
  try {
    await patiently(() => client.send(new TransactWriteCommand(command)));
    return { outcome: "done" };
  } catch (error) {
    const refused = (reasonsOf(error) ?? []).flatMap(({ code, item }, place) =>
      code === "ConditionalCheckFailed" ? [[place, item] as const] : [],
    );
    if (refused.length === 0) throw error;
    return { outcome: "refused", refused: new Map(refused) };
  }
}

function refuseOversize(writes: readonly Write[], what: string): void {
  if (writes.length > mostWrites)
    throw new Error(`${what} needs ${writes.length} writes; one transaction holds ${mostWrites}: split it`);
  const bytes = Buffer.byteLength(JSON.stringify(writes));
  if (bytes > mostBytes)
    throw new Error(`${what} needs ${bytes} bytes; one transaction holds ${mostBytes}: split it`);
}

type Request = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

function request(table: string, write: Write): Request {
  const common = { TableName: table, ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
  switch (write.kind) {
    case "put":
      return { Put: { ...common, Item: write.item, ...condition(write) } };
    case "update":
      return { Update: { ...common, Key: write.key, ...expressions(write.change) } };
    case "delete":
      return { Delete: { ...common, Key: write.key, ...condition(write) } };
    case "check":
      return { ConditionCheck: { ...common, Key: write.key, ...condition(write) } };
  }
}

const condition = <Text extends string | undefined>(write: {
  readonly condition?: Text;
  readonly values?: Item;
}) => ({
  ConditionExpression: write.condition as Text,
  ExpressionAttributeNames: write.condition === undefined ? undefined : namesIn(write.condition),
  ExpressionAttributeValues: write.values,
});
