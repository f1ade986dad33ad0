// Gives the count of wrong PINs a long history at once, past the functions and unrecorded: more commits than a snapshot may
// be behind, and a snapshot that needs more than one item.
import { randomBytes } from "node:crypto";
import { dynamoJournal } from "../../../functions/adapters/dynamodb/journal.ts";
import { hub } from "../../../functions/core/command.ts";
import { type LineEvent, line, lineStream } from "../../../functions/core/line/line.ts";
import type { LocalTable } from "../dynamodb-table.ts";

const commits = 33;

/** Of a line that is quiet. */
export async function ageLine({ client, name }: LocalTable): Promise<void> {
  const journal = dynamoJournal({ client, table: name });
  const { version } = await journal.load(lineStream, line.schema);
  const meta = { at: 0, by: hub("test"), causeId: "age", configVersion: "none" };
  const nothingNew: LineEvent = { ...meta, type: "PinForgiven", try: "none" };
  for (let n = 0; n < commits; n++) {
    const { outcome } = await journal.append({
      stream: lineStream,
      expected: version + n,
      events: [nothingNew],
      claims: [],
      nextDue: undefined,
      epoch: 0,
      summary: undefined,
      cause: undefined,
      drill: false,
      at: 0,
    });
    if (outcome !== "committed") throw new Error(`${lineStream} is not at rest: ${outcome}`);
    if (n > 0) continue;
    // It does not get smaller by compression.
    const noise = randomBytes(400_000).toString("base64");
    await journal.saveSnapshot(lineStream, version + 1, line.schema, { ...line.initial, noise });
  }
}
