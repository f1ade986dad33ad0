// A table as the cloud would have it, in DynamoDB Local, and its real stream, read as the relay gets it.
import { randomUUID } from "node:crypto";
import {
  type AttributeDefinition,
  CreateTableCommand,
  DeleteTableCommand,
  type KeySchemaElement,
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

export type LocalSettings = ReturnType<typeof localSettings>;

export const localSettings = (endpoint: string, accessKeyId = "local") => ({
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId, secretAccessKey: "local" },
});

export async function localTable(endpoint: string): Promise<LocalTable> {
  const id = randomUUID();
  const name = `muster-${id}`;
  const settings = localSettings(endpoint, id.replaceAll("-", ""));
  const client = dynamoClient(settings);
  const streams = new DynamoDBStreamsClient(settings);
  const made = await client.send(new CreateTableCommand(definition(name)));
  const stream = made.TableDescription?.LatestStreamArn ?? "";
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
