// How a row of the table is called in the cloud picture.
import type { FunctionName, Subscription } from "../../functions/subscriptions.ts";
import { subscriptions } from "../../functions/subscriptions.ts";

export const functionNames = Object.keys(subscriptions) as FunctionName[];

export const rowOf = (name: FunctionName): Subscription => subscriptions[name];

/** send-page → SendPage */
export const titleOf = (name: FunctionName): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
