// A channel whose credentials are fetched when they are first needed, and again when they were changed.
import type { Caller, Channel, Delivery, Outbound, RoomOutcome, Rooms } from "../../ports.ts";
import type { SecretReader } from "./parameter-secret.ts";
import { isPassing } from "./passing.ts";

/** `open` makes the channel of its secret; the same secret gives the same channel. */
export const laterChannel = <Secret extends object, Message extends Outbound>(
  secret: () => Promise<Secret>,
  open: (secret: Secret) => Channel<Message>,
): Channel<Message> => carrying(opened(secret, open));

/** The same for a channel that can take back what it sent. */
export function laterCaller<Secret extends object>(
  secret: () => Promise<Secret>,
  open: (secret: Secret) => Caller,
): Caller {
  const ready = opened(secret, open);
  return {
    ...carrying(ready),
    async takeBack(receipt) {
      let caller: Caller;
      try {
        caller = await ready();
      } catch {
        return "unknown"; // not even asked: it may still ring
      }
      return caller.takeBack(receipt);
    },
  };
}

/** The same for what is done to live conferences. */
export function laterRooms<Secret extends object>(
  secret: () => Promise<Secret>,
  open: (secret: Secret) => Rooms,
): Rooms {
  const ready = opened(secret, open);
  const asked = async (ask: (rooms: Rooms) => Promise<RoomOutcome>): Promise<RoomOutcome> => {
    let rooms: Rooms;
    try {
      rooms = await ready();
    } catch (error) {
      return notReady(error);
    }
    return ask(rooms);
  };
  return {
    control: (...control) => asked((rooms) => rooms.control(...control)),
    announce: (...announcement) => asked((rooms) => rooms.announce(...announcement)),
    lead: (...led) => asked((rooms) => rooms.lead(...led)),
    close: (room) => asked((rooms) => rooms.close(room)),
  };
}

/** The same for whoever asks for the secret alone. */
export const laterSecret =
  <Secret>(secret: SecretReader<Secret>) =>
  async (refused?: Secret): Promise<{ readonly outcome: "done"; readonly secret: Secret } | NotReady> => {
    try {
      return { outcome: "done", secret: await secret(refused) };
    } catch (error) {
      return notReady(error);
    }
  };

function opened<Secret extends object, Opened>(
  secret: () => Promise<Secret>,
  open: (secret: Secret) => Opened,
): () => Promise<Opened> {
  const known = new WeakMap<Secret, { readonly opened: Opened }>();
  return async () => {
    const now = await secret();
    const before = known.get(now) ?? { opened: open(now) };
    known.set(now, before);
    return before.opened;
  };
}

const carrying = <Message extends Outbound>(channel: () => Promise<Channel<Message>>): Channel<Message> => ({
  async send(message) {
    let ready: Channel<Message>;
    try {
      ready = await channel();
    } catch (error) {
      return notReady(error);
    }
    return ready.send(message);
  },
  async find(message, since) {
    try {
      return await (await channel()).find(message, since);
    } catch {
      // Not looked up: its fate is as unknown as before.
      return { outcome: "unknown", reason: "provider-unreachable" };
    }
  },
});

type NotReady = Extract<Delivery, { readonly outcome: "retry" | "giveUp" }>;

/** Nothing has gone out, so trying again is safe; a secret that is missing or misshapen only a person can mend. */
const notReady = (error: unknown): NotReady =>
  isPassing(rootOf(error))
    ? { outcome: "retry", reason: "provider-unreachable" }
    : { outcome: "giveUp", reason: "sender-misconfigured", operator: true };

const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
