// Long histories of what is known of the chat: an incident's place in it, and a conversation.
import type { StreamId } from "../../../functions/core/aggregate.ts";
import { conversation, conversationStream } from "../../../functions/core/conversation/conversation.ts";
import type { ConversationEvent, Learned } from "../../../functions/core/conversation/facts.ts";
import type { PostEvent } from "../../../functions/core/post/facts.ts";
import { post } from "../../../functions/core/post/post.ts";
import type { LocalTable } from "../dynamodb-table.ts";
import { lengthen, meta } from "./history.ts";

export const agePost = (table: LocalTable, stream: StreamId): Promise<void> =>
  lengthen(table, stream, post, {
    nothingNew: ({ told }): PostEvent => ({ ...meta, type: "PostTold", version: told }),
  });

/** `key` is a person's object id, or a channel's id. */
export const ageConversation = (table: LocalTable, key: string, known: Learned): Promise<void> =>
  lengthen(table, conversationStream(key), conversation, {
    nothingNew: (): ConversationEvent => ({ ...meta, type: "ConversationLearned", ...known }),
  });
