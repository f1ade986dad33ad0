// Reads the records of the table's stream, as Lambda hands them over. Needs new and old images: by the old one it tells
// an alert that is handed on from one that was merely counted, and a new due time from the one known already.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { FeedReader } from "../../ports.ts";
import { newsOf } from "./news.ts";

interface StreamRecord {
  readonly eventName?: string;
  readonly dynamodb?: {
    readonly Keys?: Image;
    readonly NewImage?: Image;
    readonly OldImage?: Image;
  };
}

type Image = Record<string, AttributeValue>;

export const dynamoFeedReader: FeedReader = {
  read(record) {
    const { dynamodb } = record as StreamRecord;
    if (dynamodb === undefined)
      throw new Error("The feed brought something that is no record of the table's stream");
    const { NewImage, OldImage } = dynamodb;
    // Deleted, by us or by its expiry: nobody needs to know.
    if (NewImage === undefined) return { entries: [] };
    return newsOf(unmarshall(NewImage), OldImage === undefined ? undefined : unmarshall(OldImage));
  },
  reference(record) {
    const keys = (record as StreamRecord).dynamodb?.Keys;
    return keys === undefined ? null : unmarshall(keys);
  },
};
