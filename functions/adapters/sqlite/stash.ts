// A large delivery is kept as it came, in chunks, answered, and taken alert by alert afterwards.
import { randomUUID } from "node:crypto";
import type { RoutedAlert } from "../../core/alert.ts";
import { stashEntry } from "../../core/bus.ts";
import type { AlertLedger } from "../../ports.ts";
import type { Database } from "./database.ts";
import type { FeedWriter } from "./feed.ts";
import { itemText } from "./limits.ts";

/** What one call of accept-alerts takes with ease. */
const chunkAlerts = 250;
/** Well below the 400 KB that an item may have, whatever the characters. */
const chunkCharacters = 100_000;

type Stash = Pick<AlertLedger, "stash" | "stashed" | "dropStash">;

export function openStash(database: Database, feed: FeedWriter): Stash {
  const keep = database.query("INSERT INTO stashes (ref, at, passed_at, alerts) VALUES (?1, ?2, ?2, ?3)");
  const read = database.query<{ alerts: string }>("SELECT alerts FROM stashes WHERE ref = ?");
  const drop = database.query("DELETE FROM stashes WHERE ref = ?");

  return {
    async stash(alerts, now) {
      for (const chunk of chunks(alerts)) {
        const ref = `stash/${randomUUID()}`;
        database.transaction(() => {
          keep.run(ref, now, chunk);
          feed.publish([stashEntry(ref)], now);
        });
      }
      await database.durable();
    },
    async stashed(ref) {
      const found = read.get(ref);
      return found === undefined ? undefined : (JSON.parse(found.alerts) as readonly RoutedAlert[]);
    },
    async dropStash(ref) {
      drop.run(ref);
    },
  };
}

/** The JSON text of each chunk. */
function* chunks(alerts: readonly RoutedAlert[]): Generator<string> {
  let texts: string[] = [];
  let characters = 0;
  for (const alert of alerts) {
    const text = itemText(alert, `alert ${alert.id}`);
    if (texts.length > 0 && (texts.length === chunkAlerts || characters + text.length > chunkCharacters)) {
      yield `[${texts.join(",")}]`;
      texts = [];
      characters = 0;
    }
    texts.push(text);
    characters += text.length;
  }
  if (texts.length > 0) yield `[${texts.join(",")}]`;
}
