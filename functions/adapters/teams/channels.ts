// A channel of its own for an incident, by Graph: what a bot alone may not do.
// https://learn.microsoft.com/en-us/graph/api/channel-post
import type { ChatChannels, ChatRefusal, NewChannel } from "../../ports.ts";
import { codeOf, giveUp, type Said, textIn } from "./answers.ts";
import type { Speaking } from "./speaking.ts";

/** So many can be in one from its beginning; others its owner adds. */
const mostMembers = 200;

/** A hub without a bot. */
export const noChannels: ChatChannels = {
  create: () => Promise.resolve({ outcome: "giveUp", reason: "chat-not-set-up", operator: true }),
};

export const teamsChannels = ({
  addresses,
  graph: ask,
}: Pick<Speaking, "addresses" | "graph">): ChatChannels => ({
  async create(team, channel) {
    const found = await ask({
      method: "POST",
      base: addresses.graph,
      path: `teams/${encodeURIComponent(team)}/channels`,
      body: bodyOf(channel),
      creates: true,
      missing: "conversation-gone",
      refusal,
    });
    if (found.outcome !== "done") return found;
    const id = textIn(found.said, "id");
    // It was made, and nobody knows where.
    if (id === undefined) return { outcome: "unknown", reason: "provider-error" };
    return { outcome: "done", channel: id, link: textIn(found.said, "webUrl") };
  },
});

const bodyOf = ({ name, description, isPrivate, members = [] }: NewChannel) => ({
  displayName: name,
  description,
  membershipType: isPrivate ? "private" : "standard",
  ...(isPrivate && { members: members.slice(0, mostMembers).map(memberOf) }),
});

/** Nobody of flesh and blood asks here, so one of them has to own it. */
function memberOf(user: string, n: number) {
  const quoted = encodeURIComponent(user.replaceAll("'", "''")).replaceAll("%40", "@");
  return {
    "@odata.type": "#microsoft.graph.aadUserConversationMember",
    "user@odata.bind": `https://graph.microsoft.com/v1.0/users('${quoted}')`,
    roles: n === 0 ? ["owner"] : [],
  };
}

/** Without the organisation's consent the thread serves as well: that is nobody's fault to mend. */
function refusal(status: number, said: Said): ChatRefusal | undefined {
  if (isTaken(status, said)) return giveUp("name-taken", false);
  return status === 403 ? giveUp("account-refused", false) : undefined;
}

function isTaken(status: number, { error }: Said): boolean {
  if (status === 409) return true;
  if (status !== 400 || typeof error !== "object" || error === null) return false;
  const { innerError } = error as { readonly innerError?: unknown };
  return (
    codeOf({ error: innerError }) === "NameAlreadyExists" ||
    /name already exist/i.test(String(textIn({ ...error }, "message")))
  );
}
