// Gives what is known of the chat a long history at once, past the functions and unrecorded: an incident's place in it, and
// a conversation. More commits than a snapshot may be behind, and a snapshot that needs more than one item.
import { randomBytes } from "node:crypto";
import { dynamoJournal } from "../../../functions/adapters/dynamodb/journal.ts";
import type { StreamId } from "../../../functions/core/aggregate.ts";
import { hub } from "../../../functions/core/command.ts";
import { conversation, conversationStream } from "../../../functions/core/conversation/conversation.ts";
import type { Learned } from "../../../functions/core/conversation/facts.ts";
import { post } from "../../../functions/core/post/post.ts";
import type { Instant } from "../../../functions/core/time.ts";
import type { Journal } from "../../../functions/ports.ts";
import { replay } from "../../../functions/stream-now.ts";
import type { LocalTable } from "../dynamodb-table.ts";

const commits = 32;
/** Does not get smaller by compression. */
const noise = (): string => randomBytes(400_000).toString("base64");
const meta = { at: 0, by: hub("test"), causeId: "age", configVersion: "none" };

export async function agePost({ client, name }: LocalTable, stream: StreamId): Promise<void> {
  const journal = dynamoJournal({ client, table: name });
  const loaded = await journal.load(stream, post.schema);
  const state = replay(post, loaded);
  await journal.saveSnapshot(stream, loaded.version, post.schema, { ...state, noise: noise() });
  const nothingNew = { ...meta, type: "PostTold", version: state.told };
  await append(journal, stream, loaded.version, nothingNew, post.nextDue(state));
}

/** `key` is a person's object id, or a channel's id. */
export async function ageConversation(
  { client, name }: LocalTable,
  key: string,
  known: Learned,
): Promise<void> {
  const stream = conversationStream(key);
  const journal = dynamoJournal({ client, table: name });
  const { version } = await journal.load(stream, conversation.schema);
  const again = { ...meta, type: "ConversationLearned", ...known };
  await append(journal, stream, version, again, undefined, 1);
  const state = { known, lost: undefined, noise: noise() };
  await journal.saveSnapshot(stream, version + 1, conversation.schema, state);
  await append(journal, stream, version + 1, again, undefined);
}

async function append(
  journal: Journal,
  stream: StreamId,
  version: number,
  event: { readonly type: string },
  nextDue: Instant | undefined,
  count = commits,
): Promise<void> {
  for (let n = 0; n < count; n++) {
    const { outcome } = await journal.append({
      stream,
      expected: version + n,
      events: [event],
      claims: [],
      nextDue,
      epoch: 0,
      summary: undefined,
      cause: undefined,
      drill: false,
      at: 0,
    });
    if (outcome !== "committed") throw new Error(`${stream} is not at rest: ${outcome}`);
  }
}
