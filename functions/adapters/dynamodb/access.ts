// The one way to the table: what a busy table refuses for the moment is asked again, a few times and with jitter.

import { setTimeout as pause } from "node:timers/promises";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { reasonsOf } from "./refused.ts";

export interface Access {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

const tries = 8;
const firstPause = 20;
const longestPause = 400;

/** For the moment only: another transaction is at the same item, or the table is busy. */
const passing = new Set([
  "TransactionConflict",
  "TransactionConflictException",
  "TransactionInProgressException",
  "ThrottlingError",
  "ThrottlingException",
  "ProvisionedThroughputExceeded",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
]);

/** Makes the call again while its refusal is a passing one; then throws it. */
export async function patiently<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === tries || !isPassing(error)) throw error;
      await pause(Math.random() * Math.min(longestPause, firstPause * 2 ** attempt));
    }
  }
}

function isPassing(error: unknown): boolean {
  const reasons = reasonsOf(error);
  if (reasons !== undefined) {
    const codes = reasons.map(({ code }) => code);
    // A failed condition is the store's answer, whatever else stood in the way.
    return !codes.includes("ConditionalCheckFailed") && codes.some((code) => passing.has(code));
  }
  return error instanceof Error && passing.has(error.name);
}
