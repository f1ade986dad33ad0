// One incident's place in the chat as the dispatcher sees it: it follows the incident, never more often than every two
// seconds, and forgets nothing of what the chat would not take.
import { type Aggregate, beside, type Decision, nothing } from "../aggregate.ts";
import { evolve } from "./evolve.ts";
import type { PostCommand, PostEvent } from "./facts.ts";
import { finish, follow, nextDue, passTime } from "./follow.ts";
import { type Recorded, record } from "./record.ts";
import { type Post, unposted } from "./state.ts";

export interface PostFacts {
  readonly configVersion: string;
}

function decide(post: Post, command: PostCommand, { configVersion }: PostFacts): Decision<PostEvent> {
  const { at, actor: by, causeId } = command;
  const judged = judge(post, command);
  if (judged === undefined) return nothing;
  const { fact, claims = [] } = judged;
  return { events: [{ ...fact, at, by, causeId, configVersion }], claims };
}

function judge(post: Post, command: PostCommand): Recorded | undefined {
  switch (command.type) {
    case "Follow":
      return alone(follow(post, command.version, command.at));
    case "Record":
      return record(post, command, command.at);
    case "Finish":
      return alone(finish(post, command));
    case "PassTime":
      return alone(passTime(post, command.at));
  }
}

const alone = (fact: Recorded["fact"] | undefined): Recorded | undefined =>
  fact === undefined ? undefined : { fact };

export const post: Aggregate<Post, PostCommand, PostEvent, never, PostFacts> = {
  ...beside,
  schema: 1,
  initial: unposted,
  evolve,
  decide,
  nextDue,
};
