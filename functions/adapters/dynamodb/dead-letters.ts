// What a function could not take, kept until somebody sends it on its way again: then the feed carries it once more.
// A letter's body is what the bus carries, or a reference by which the feed's record is read again.
import type { BusEntry } from "../../core/bus.ts";
import type { DeadLetter, DeadLetters } from "../../ports.ts";
import type { Access } from "./access.ts";
import { expiryOf, memory } from "./expiry.ts";
import { get, put } from "./items.ts";
import { type ItemKey, letterKey, letterPartition, redriveKey } from "./keys.ts";
import { newsOf } from "./news.ts";
import { ask, type Question } from "./queries.ts";
import type { Item } from "./refused.ts";
import { transact } from "./transaction.ts";

const letters: Question = {
  where: "#pk = :pk AND begins_with(#sk, :prefix)",
  values: { ":pk": letterPartition, ":prefix": "letter#" },
};

export const dynamoDeadLetters = (access: Access): DeadLetters => ({
  async add({ id, function: name, reason, at, body }) {
    await put(access, { ...letterKey(at, id), id, name, reason, at, body: JSON.stringify(body ?? null) });
  },
  async list(limit) {
    const found: DeadLetter[] = [];
    for await (const item of ask(access, { ...letters, limit })) found.push(letterFrom(item));
    return found;
  },
  async redrive(limit) {
    let redriven = 0;
    for await (const item of ask(access, letters)) {
      if (redriven === limit) break;
      if (await redrive(access, letterFrom(item))) redriven++;
    }
    return redriven;
  },
});

/** A letter whose record still cannot be read stays where it is. */
async function redrive(access: Access, letter: DeadLetter): Promise<boolean> {
  const entries = await entriesOf(access, letter.body);
  if (entries === undefined) return false;
  const again = {
    ...redriveKey(letter.id),
    entries: JSON.stringify(entries),
    expires: expiryOf(letter.at + memory),
  };
  const done = await transact(
    access,
    [
      { kind: "delete", key: letterKey(letter.at, letter.id), condition: "attribute_exists(#pk)" },
      { kind: "put", item: again },
    ],
    `The redrive of ${letter.id}`,
  );
  return done.outcome === "done";
}

async function entriesOf(access: Access, body: unknown): Promise<readonly BusEntry[] | undefined> {
  const bodies: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (bodies.length > 0 && bodies.every(isEntry)) return bodies;
  if (!isReference(body)) return undefined;
  const item = await get(access, { pk: body.pk, sk: body.sk });
  if (item === undefined) return undefined;
  try {
    return newsOf(item, undefined).entries;
  } catch {
    return undefined; // as unreadable as when it was laid aside
  }
}

const isEntry = (body: unknown): body is BusEntry =>
  typeof body === "object" && body !== null && "id" in body && "type" in body && "detail" in body;

const isReference = (body: unknown): body is ItemKey =>
  typeof body === "object" && body !== null && "pk" in body && "sk" in body;

const letterFrom = (item: Item): DeadLetter => ({
  id: item["id"] as string,
  function: item["name"] as string,
  reason: item["reason"] as string,
  at: item["at"] as number,
  body: JSON.parse(item["body"] as string) as unknown,
});
