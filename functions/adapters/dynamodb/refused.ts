// What a failed condition says: which write of a transaction was refused, and the item that stood in its way.
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";

export type Item = Readonly<Record<string, unknown>>;

export interface Reason {
  /** "None" for the writes that were not at fault. */
  readonly code: string;
  readonly item: Item | undefined;
}

/** One reason per write, in the order of the writes; undefined when it is no cancelled transaction. */
export const reasonsOf = (error: unknown): readonly Reason[] | undefined =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code, Item: item }) => ({
        code: Code ?? "None",
        item: plain(item),
      }))
    : undefined;

export const isRefusal = (error: unknown): error is ConditionalCheckFailedException =>
  error instanceof ConditionalCheckFailedException;

/** The item as it was when the condition failed; undefined when there was none. */
export const itemBefore = (error: ConditionalCheckFailedException): Item | undefined => plain(error.Item);

// The document client leaves the items inside of errors as they came.
const plain = (item: Record<string, AttributeValue> | undefined): Item | undefined =>
  item === undefined || Object.keys(item).length === 0 ? undefined : unmarshall(item);
