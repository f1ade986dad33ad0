// The hub's own key: by it links are signed, and whatever else only this hub may be able to make. Each use has a label of
// its own, so that nothing made for one purpose fits another.
import { createHmac } from "node:crypto";

export interface HubKey {
  readonly key: string;
  /** While it is being exchanged: what was made by it still counts. */
  readonly previousKey?: string;
}

const shortest = 32;

/** `{ "key": "…" }`, and `previousKey` beside it during an exchange. Throws without quoting a value. */
export function readHubKey(json: unknown): HubKey {
  const fields: Readonly<Record<string, unknown>> =
    typeof json === "object" && json !== null ? { ...json } : {};
  const { key, previousKey } = fields;
  if (!isKey(key)) throw new Error(`The hub's key has to be a text of ${shortest} or more signs under "key"`);
  if (previousKey !== undefined && !isKey(previousKey))
    throw new Error(`"previousKey" beside the hub's key has to be one like it, or be left out`);
  return { key, ...(previousKey === undefined ? {} : { previousKey }) };
}

const isKey = (value: unknown): value is string => typeof value === "string" && value.length >= shortest;

export const macOf = (key: string, label: string, content: Uint8Array): Buffer =>
  createHmac("sha256", key).update(label).update("\0").update(content).digest();
