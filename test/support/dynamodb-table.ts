// A table as the cloud would have it, in DynamoDB Local, and its real stream, read as the relay gets it.
import { randomUUID } from "node:crypto";
import {
  type AttributeDefinition,
  type AttributeValue,
  CreateTableCommand,
  DeleteTableCommand,
  type KeySchemaElement,
  PutItemCommand,
  ScanCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoClient } from "../../functions/adapters/dynamodb/client.ts";
import { table as shape } from "../../functions/table.ts";

export interface LocalTable {
  readonly name: string;
  /** For whatever else speaks to it: by another key it is not there. */
  readonly settings: LocalSettings;
  readonly client: DynamoDBDocumentClient;
  /** All records of its stream so far, as Lambda would hand them over. */
  records(): Promise<readonly unknown[]>;
  /** Those of them that this one has not given yet. */
  news(): Promise<readonly unknown[]>;
  drop(): Promise<void>;
}

export async function allItems({
  client,
  name,
}: LocalTable): Promise<readonly Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: name, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

export type LocalSettings = ReturnType<typeof localSettings>;

export const localSettings = (endpoint: string, accessKeyId = "local") => ({
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId, secretAccessKey: "local" },
});

/**
 * `items`: as after a restore, which brings neither stream nor expiry along: they are switched on when the items are there.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/pointintimerecovery_beforeyoubegin.html
 */
export async function localTable(
  endpoint: string,
  items: readonly Record<string, AttributeValue>[] = [],
): Promise<LocalTable> {
  const id = randomUUID();
  const name = `muster-${id}`;
  const settings = localSettings(endpoint, id.replaceAll("-", ""));
  const client = dynamoClient(settings);
  const streams = new DynamoDBStreamsClient(settings);
  const { StreamSpecification, ...bare } = definition(name);
  await client.send(new CreateTableCommand(bare));
  for (const Item of items) await client.send(new PutItemCommand({ TableName: name, Item }));
  const heard = await client.send(new UpdateTableCommand({ TableName: name, StreamSpecification }));
  const stream = heard.TableDescription?.LatestStreamArn ?? "";
  const places: Places = new Map();
  const TimeToLiveSpecification = { AttributeName: shape.ttl, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  return {
    name,
    settings,
    client,
    records: () => readStream(streams, stream, new Map()),
    news: () => readStream(streams, stream, places),
    async drop() {
      await client.send(new DeleteTableCommand({ TableName: name }));
      client.destroy();
      streams.destroy();
    },
  };
}

interface Keys {
  readonly partition: { readonly name: string; readonly type: "S" | "N" };
  readonly sort?: { readonly name: string; readonly type: "S" | "N" };
}

function definition(name: string) {
  const indexes = Object.entries<Keys>(shape.indexes);
  const keys = [shape, ...indexes.map(([, index]) => index)].flatMap(both);
  const attributes = new Map(keys.map(({ name: key, type }) => [key, type]));
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST" as const,
    KeySchema: keySchema(shape),
    AttributeDefinitions: [...attributes].map(
      ([AttributeName, AttributeType]): AttributeDefinition => ({ AttributeName, AttributeType }),
    ),
    GlobalSecondaryIndexes: indexes.map(([IndexName, index]) => ({
      IndexName,
      KeySchema: keySchema(index),
      Projection: { ProjectionType: "KEYS_ONLY" as const },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: shape.stream },
  };
}

const both = ({ partition, sort }: Keys) => (sort === undefined ? [partition] : [partition, sort]);

const keySchema = (keys: Keys): KeySchemaElement[] =>
  both(keys).map(({ name }, place) => ({ AttributeName: name, KeyType: place === 0 ? "HASH" : "RANGE" }));

/** Shard → where its reading goes on. */
type Places = Map<string, string>;

async function readStream(
  streams: DynamoDBStreamsClient,
  StreamArn: string,
  places: Places,
): Promise<readonly unknown[]> {
  if (places.size === 0) {
    const described = await streams.send(new DescribeStreamCommand({ StreamArn }));
    for (const { ShardId = "" } of described.StreamDescription?.Shards ?? []) {
      const begin = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" });
      places.set(ShardId, (await streams.send(begin)).ShardIterator ?? "");
    }
  }
  const read = await Promise.all([...places.keys()].map((shard) => readShard(streams, shard, places)));
  return read.flat().map(asLambdaGetsIt);
}

async function readShard(
  streams: DynamoDBStreamsClient,
  shard: string,
  places: Places,
): Promise<readonly unknown[]> {
  const records: unknown[] = [];
  for (let ShardIterator = places.get(shard); ShardIterator !== undefined; ) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
    records.push(...(page.Records ?? []));
    ShardIterator = page.NextShardIterator;
    if (ShardIterator !== undefined) places.set(shard, ShardIterator);
    // An open shard never ends: an empty page is where it is for now.
    if ((page.Records ?? []).length === 0) break;
  }
  return records;
}

/** Through JSON, bytes as base64. */
const asLambdaGetsIt = (record: unknown): unknown =>
  JSON.parse(
    JSON.stringify(record, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
    ),
  );

export function tellOfWrites(client: DynamoDBDocumentClient, onWrite: () => void): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (asked) => {
        try {
          return await next(asked);
        } finally {
          if (!/^(Get|BatchGet|Query)/.test(commandName)) onWrite();
        }
      },
    { step: "initialize", name: "tell-of-writes" },
  );
}
