// What every channel owes its caller: it never throws for a delivery problem, says which of the four outcomes it was, and
// tells nothing that it should keep.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeliveryReason } from "../../functions/core/incident/events.ts";
import { deliveryReasons } from "../../functions/core/incident/events.ts";
import type { Channel, Delivery, Outbound } from "../../functions/ports.ts";

export interface ProvidedChannel<Message extends Outbound> {
  readonly channel: Channel<Message>;
  /** The same channel where nobody listens. */
  readonly nowhere: Channel<Message>;
  /** The n-th message; no two of one test run are mistaken for each other. */
  message(reference: string, n: number): Message;
  /** Whether the provider tells afterwards what it took; where it does not, what is in doubt stays so. */
  readonly looksUp: boolean;
  /** One that looks like the message with this reference, and is another; none where a message bears no name at all. */
  confusable?(reference: string, n: number): Message;
  /** What the channel may never say: credentials and numbers. */
  readonly secrets: readonly string[];
  /** How many times the provider took this message. */
  taken(reference: string): number;
  /** What the provider does with the next request. */
  next(
    what:
      | "answers 429"
      | "answers 500"
      | "answers 503"
      | "breaks before"
      | "breaks after"
      | "takes and is silent",
  ): void;
  /** An address that the provider refuses, for each reason that it knows. */
  readonly refusedAddresses: readonly (readonly [
    address: string,
    Extract<Delivery, { outcome: "giveUp" }>,
  ])[];
  close(): Promise<void>;
}

export function channelContract<Message extends Outbound>(
  name: string,
  open: () => Promise<ProvidedChannel<Message>>,
): void {
  describe(`${name} as a channel`, () => {
    let provided: ProvidedChannel<Message>;
    let count = 0;
    let message: Message;
    beforeAll(async () => {
      provided = await open();
    });
    beforeEach(() => {
      count += 1;
      message = provided.message(`A${4000 + count}`, count);
    });
    afterAll(() => provided.close());

    function outcome(delivery: Delivery): Delivery["outcome"] {
      const said = JSON.stringify(delivery);
      for (const secret of provided.secrets) expect(said).not.toContain(secret);
      if (delivery.outcome !== "done") expect(deliveryReasons).toContain<DeliveryReason>(delivery.reason);
      return delivery.outcome;
    }

    test("a message that the provider takes is done, and its receipt names it", async () => {
      const sent = await provided.channel.send(message);
      expect(outcome(sent)).toBe("done");
      expect(provided.taken(message.reference)).toBe(1);
      const found = await provided.channel.find(message, Date.now() - 60_000);
      if (provided.looksUp) expect(found).toEqual(sent);
      else expect(outcome(found)).toBe("unknown");
    });

    test.each(["answers 429", "answers 500", "answers 503"] as const)(
      "a provider that %s is tried again",
      async (what) => {
        provided.next(what);
        expect(outcome(await provided.channel.send(message))).toBe("retry");
        expect(provided.taken(message.reference)).toBe(0);
        expect(outcome(await provided.channel.send(message))).toBe("done");
      },
    );

    test("a provider where nobody listens surely got nothing, and is tried again", async () => {
      expect(outcome(await provided.nowhere.send(message))).toBe("retry");
    });

    test.each(["breaks after", "takes and is silent"] as const)(
      "when the provider %s nobody knows, until it is looked up where that can be done",
      async (what) => {
        provided.next(what);
        expect(outcome(await provided.channel.send(message))).toBe("unknown");
        expect(provided.taken(message.reference)).toBe(1);
        expect(outcome(await provided.channel.find(message, Date.now() - 60_000))).toBe(
          provided.looksUp ? "done" : "unknown",
        );
      },
    );

    test("when the connection breaks before anything was taken nobody knows either, and looking up finds nothing", async () => {
      provided.next("breaks before");
      expect(outcome(await provided.channel.send(message))).toBe("unknown");
      expect(outcome(await provided.channel.find(message, Date.now() - 60_000))).toBe("unknown");
    });

    test("an earlier message is not taken for this one", async () => {
      await provided.channel.send(message);
      expect(outcome(await provided.channel.find(message, Date.now() + 3_600_000))).toBe("unknown");
    });

    test("a message that only looks like it is not taken for it", async ({ skip }) => {
      const other = provided.confusable?.(message.reference, count);
      if (other === undefined) return skip("its messages bear no name");
      await provided.channel.send(other);
      expect(outcome(await provided.channel.find(message, Date.now() - 60_000))).toBe("unknown");
    });

    test("looking up where nobody listens leaves it unknown", async () => {
      expect(outcome(await provided.nowhere.find(message, 0))).toBe("unknown");
    });

    test("an address that the provider refuses is given up, with the reason", async () => {
      expect(provided.refusedAddresses.length).toBeGreaterThan(0);
      for (const [to, expected] of provided.refusedAddresses) {
        const refused = await provided.channel.send({ ...message, to });
        expect(outcome(refused)).toBe("giveUp");
        expect(refused).toEqual(expected);
        expect(JSON.stringify(refused)).not.toContain(to.slice(1));
      }
    });

    test("many at once neither mix nor lose each other", async () => {
      const crowd = Array.from({ length: 30 }, (_, n) =>
        provided.message(`${message.reference}X${n}`, 100 * count + n),
      );
      const receipts = await Promise.all(crowd.map((each) => provided.channel.send(each)));
      expect(new Set(receipts.map((each) => (each.outcome === "done" ? each.receipt : "lost"))).size).toBe(
        30,
      );
      expect(crowd.map((each) => provided.taken(each.reference))).toEqual(crowd.map(() => 1));
    });
  });
}
