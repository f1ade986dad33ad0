// Pages and notices into one person's chat.
import { receiptOf } from "../../core/conversation/receipt.ts";
import type { Channel, Chat, OutboundChat } from "../../ports.ts";

export const teamsChannel = ({ post }: Pick<Chat, "post">): Channel<OutboundChat> => ({
  async send({ at, message }) {
    const posted = await post(at, message);
    if (posted.outcome !== "done") return posted;
    const { conversation } = at;
    return { outcome: "done", receipt: receiptOf({ conversation, activity: posted.activity }) };
  },
  // The chat tells nobody what was said in it: what is in doubt stays so.
  find: () => Promise.resolve({ outcome: "unknown", reason: "not-delivered" }),
});
