// Makes records of the table that nobody can read, and mends them again.
import { gzipSync } from "node:zlib";
import { type AttributeValue, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { LocalTable } from "../dynamodb-table.ts";

type Item = Record<string, AttributeValue>;

/** More than a number of JavaScript, or an integer of any size, holds. */
const unreadable: AttributeValue = { N: "9007199254740993.5" };

const commit = (stream: string, type: string): Item => ({
  pk: { S: stream },
  sk: { S: "commit#0000000001#000" },
  version: { N: "1" },
  first: { N: "0" },
  drill: { BOOL: false },
  events: { S: JSON.stringify([{ type, delivery: "none" }]) },
});

/** One of each kind that the feed carries and redrive reads again; `alert` is the id of one that is there. */
const kinds = (alert: string): readonly Item[] => [
  commit("incident/poison", "DeliveryWanted"),
  commit("person/poison", "MethodClosed"),
  commit("provider/poison", "ProviderReturned"),
  commit("site/poison", "DoubtSettled"),
  commit("line/poison", "UseCounted"),
  commit("held/poison", "CallHeld"),
  commit("post/poison", "PostWanted"),
  commit("conversation/poison", "ConversationLost"),
  {
    pk: { S: "stash#poison" },
    sk: { S: "stash" },
    at: { N: "0" },
    bytes: { B: gzipSync("[]") },
  },
  { pk: { S: `alert#${alert}` }, sk: { S: "alert" } },
];

export const poison = ({ client, name }: LocalTable, alert: string): Promise<unknown> =>
  Promise.all(
    kinds(alert).map((item) => {
      const { pk, sk } = item as { pk: AttributeValue; sk: AttributeValue };
      if ("S" in pk && pk.S !== `alert#${alert}`)
        return client.send(new PutItemCommand({ TableName: name, Item: { ...item, unreadable } }));
      return client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: { pk, sk },
          UpdateExpression: "SET unreadable = :unreadable",
          ExpressionAttributeValues: { ":unreadable": unreadable },
        }),
      );
    }),
  );

export const mend = ({ client, name }: LocalTable, alert: string): Promise<unknown> =>
  Promise.all(
    kinds(alert).map((item) => {
      const { pk, sk } = item as { pk: AttributeValue; sk: AttributeValue };
      return client.send(
        new UpdateItemCommand({ TableName: name, Key: { pk, sk }, UpdateExpression: "REMOVE unreadable" }),
      );
    }),
  );
