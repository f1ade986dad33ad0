// The way to somebody by the chat, one to one: where that is, as it was last learned, and anew where it is there no more.
import type { Way } from "./carriers.ts";
import type { Places } from "./chat-places.ts";
import type { Channel, Delivery, OutboundChat } from "./ports.ts";

/** Everything but where: that is found when it is sent. */
type Unplaced = Omit<OutboundChat, "at">;

export function chatWay(
  channel: Channel<OutboundChat>,
  places: Pick<Places, "personal" | "lose">,
  /** Made when it is asked for. */
  unplaced: () => Promise<Unplaced>,
): Way {
  const send = async (isAnew: boolean): Promise<Delivery> => {
    const message = await unplaced();
    const found = await places.personal(message.to);
    if (found.outcome !== "open") return found;
    const sent = await channel.send({ ...message, at: found.place });
    if (isAnew || sent.outcome !== "giveUp" || sent.reason !== "conversation-gone") return sent;
    // They may have taken the app away and installed it again.
    await places.lose(found.key, "gone", `${message.reference} ${found.place.conversation}`);
    return send(true);
  };
  return {
    carrier: "teams",
    send: () => send(false),
    async find(since) {
      const message = await unplaced();
      const found = await places.personal(message.to);
      // Where nobody can look, nobody knows.
      if (found.outcome !== "open") return { outcome: "unknown", reason: found.reason };
      return channel.find({ ...message, at: found.place }, since);
    },
  };
}
