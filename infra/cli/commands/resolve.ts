// Stands an incident down.
import { order } from "../order.ts";

export const resolve = order(
  "stand-down",
  "stand an incident down: everybody paged gets the all-clear",
  "stood down",
);
