// The chat, probed as the bot speaks in it: a line is posted, read back by changing it, and taken away again.
// https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
import type { ProbeFound } from "../../core/site/facts.ts";
import type { ChatRefusal, ChatSite } from "../../ports.ts";
import { giveUp, textIn } from "./answers.ts";
import type { Speaking } from "./speaking.ts";

/** A hub without a chat, or one that is not looked at. */
export const noChatSite: ChatSite = { probe: () => Promise.resolve({ outcome: "absent" }) };

/** `conversation`: `{serviceUrl}/v3/conversations/{id}`, one that is there for probes alone. */
export function teamsChatSite(
  { connector: ask }: Pick<Speaking, "connector">,
  conversation: string,
): ChatSite {
  const [, base = "", id = ""] = /^(.*\/)v3\/conversations\/([^/]+)\/*$/.exec(conversation) ?? [];
  const activities = `v3/conversations/${id}/activities`;
  const about = { base, creates: true } as const;

  return {
    async probe() {
      const text = "Muster looks whether this chat can be reached.";
      const posted = await ask({
        ...about,
        method: "POST",
        path: activities,
        body: { type: "message", text },
        missing: "sender-misconfigured",
        refusal: (status) => (status === 404 ? giveUp("sender-misconfigured", true) : undefined),
      });
      if (posted.outcome !== "done") return unreachable(posted);
      const line = textIn(posted.said, "id");
      // Taken, it says, and gives it no name: nobody can say that it is there.
      if (line === undefined) return { outcome: "unreachable", reason: "not-delivered" };
      const path = `${activities}/${encodeURIComponent(line)}`;
      const readBack = await ask({
        ...about,
        method: "PUT",
        path,
        body: { type: "message", text: "Muster can reach this chat." },
        missing: "not-delivered",
        refusal: (status) => (status === 404 ? giveUp("not-delivered", false) : undefined),
      });
      // What is left behind harms nobody.
      await ask({ ...about, method: "DELETE", path, missing: "message-gone" });
      return readBack.outcome === "done" ? { outcome: "well" } : unreachable(readBack);
    },
  };
}

const unreachable = ({ reason }: ChatRefusal): ProbeFound => ({ outcome: "unreachable", reason });
