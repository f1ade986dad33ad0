// The way to somebody by the chat, one to one: where that is, as it was last learned, and anew where it is there no more.
import { setTimeout as pause } from "node:timers/promises";
import type { Way } from "./carriers.ts";
import type { PlaceFound, Places } from "./chat-places.ts";
import { type Duration, seconds } from "./core/time.ts";
import type { Channel, Delivery, OutboundChat } from "./ports.ts";

/** Everything but where: that is found when it is sent. */
type Unplaced = Omit<OutboundChat, "at">;

/** Whom it takes longer to find, with a token, a roster and a first meeting, is told by another way: the words need time too. */
const longestSearch: Duration = seconds(5);

export function chatWay(
  channel: Channel<OutboundChat>,
  places: Pick<Places, "personal" | "lose">,
  /** Made when it is asked for. */
  unplaced: () => Promise<Unplaced>,
  patience: Duration = longestSearch,
): Way {
  const send = async (isAnew: boolean): Promise<Delivery> => {
    const message = await unplaced();
    const found = await inTime(patience, places.personal(message.to));
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
      const found = await inTime(patience, places.personal(message.to));
      // Where nobody can look, nobody knows.
      if (found.outcome !== "open") return { outcome: "unknown", reason: found.reason };
      return channel.find({ ...message, at: found.place }, since);
    },
  };
}

/** Nothing was said yet: it may be tried again, and by then the place may be known. */
async function inTime(patience: Duration, search: Promise<PlaceFound>): Promise<PlaceFound> {
  const stop = new AbortController();
  const late: PlaceFound = { outcome: "retry", reason: "timed-out" };
  try {
    return await Promise.race([search, pause(patience, late, { signal: stop.signal })]);
  } finally {
    stop.abort();
  }
}
