// Who carries a message: the first carrier, unless its breaker says that it is down; and where whoever was asked does not
// take it, the other one at once, within the same errand. What came of each is told to its breaker.
import { type BreakerPorts, breakers as breakersOf } from "./breakers.ts";
import type { CarrierName } from "./core/contact.ts";
import type { DeliveryEvidence } from "./core/incident/commands.ts";
import type { Detour } from "./core/incident/events.ts";
import { anotherMayDo, isForOperator } from "./core/provider/judge.ts";
import { whoFirst } from "./core/provider/who-first.ts";
import { type Instant, seconds } from "./core/time.ts";
import type { Directory } from "./directory.ts";
import { described, type Tools } from "./lambda.ts";
import type { Channel, Delivery, Outbound } from "./ports.ts";

/** One carrier with the message as it would carry it. */
export interface Way {
  readonly carrier: CarrierName;
  send(): Promise<Delivery>;
  /** Looks up what may have gone out since then. */
  find(since: Instant): Promise<Delivery>;
}

/** What is sent and what is looked up are the same message. */
export const wayBy = <Message extends Outbound>(
  carrier: CarrierName,
  channel: Channel<Message>,
  message: Message,
): Way => ({
  carrier,
  send: () => channel.send(message),
  find: (since) => channel.find(message, since),
});

export interface Errand {
  /** Its name, the same whoever carries it and however often. */
  readonly name: string;
  /** The first carrier's way, and the second's where there is one. */
  readonly ways: readonly [Way, ...Way[]];
  /** Set where it may have gone out before: it is looked up since then, and sent only if it is not found. */
  readonly lookSince?: Instant;
  /** Not sent where no carrier even answers the look-up: it was sent blindly often enough. */
  readonly neverBlindly?: boolean;
  /** Asked after a carrier that said nothing for long: meanwhile it may have reported, or somebody may have answered. */
  readonly stillWanted?: () => Promise<boolean>;
}

export interface Carried {
  readonly delivery: Delivery;
  /** Whose outcome it is. */
  readonly carrier: CarrierName;
  /** Nothing was sent now: that carrier had it already. */
  readonly found?: true;
  readonly detours: readonly Detour[];
  /** What each of those that were asked has said. */
  readonly attempts: readonly Attempt[];
  /** Somebody has to mend something; that a carrier refuses the account is told once by its breaker. */
  readonly mend: boolean;
}

export interface Carriers {
  carry(errand: Errand, tools: Tools): Promise<Carried>;
}

/** Nobody is asked any more after this: an answer takes up to 5 s, and the function ends after 15. */
const patience = seconds(9);

export function carriers(ports: BreakerPorts, directory: Pick<Directory, "version">): Carriers {
  const { clock } = ports;
  const breakers = breakersOf(ports, directory);

  async function inOrder(
    name: string,
    [first, second]: Errand["ways"],
    tools: Tools,
  ): Promise<readonly [readonly Way[], Detour | undefined]> {
    if (second === undefined) return [[first], undefined];
    const [one, other] = await Promise.all([
      breakers.read(first.carrier, tools),
      breakers.read(second.carrier, tools),
    ]);
    const who = whoFirst(one, other, name, clock.now());
    const firstIsFirst =
      who === "first" || (who === "probe" && (await breakers.claimProbe(first.carrier, name, tools)));
    if (firstIsFirst || one.name === "closed") return [[first, second], undefined];
    return [[second, first], { carrier: first.carrier, how: "passed-over", reason: one.reason }];
  }

  return {
    async carry({ name, ways, lookSince, neverBlindly, stillWanted }, tools) {
      const begun = clock.now();
      const { found, silent } = await lookedUp(ways, lookSince);
      if (found !== undefined) return { ...found, found: true, attempts: [found], detours: [], mend: false };
      if (neverBlindly === true && silent.size === ways.length) {
        const delivery = { outcome: "unknown", reason: "provider-unreachable" } as const;
        await Promise.all(ways.map((way) => breakers.note(way.carrier, name, delivery, tools)));
        return { delivery, carrier: ways[0].carrier, attempts: [], detours: [], mend: false };
      }
      const [ordered, passedOver] = await inOrder(name, ways, tools);
      const attempts: Attempt[] = [];
      const notes: Promise<void>[] = [];
      for (const way of [...ordered.filter((w) => !silent.has(w)), ...ordered.filter((w) => silent.has(w))]) {
        if (attempts.length > 0 && clock.now() - begun > patience) break;
        const delivery = await way.send();
        attempts.push({ carrier: way.carrier, delivery });
        // Beside the next send: nobody waits for a note.
        notes.push(breakers.note(way.carrier, name, delivery, tools));
        if (!anotherMayDo(delivery)) break;
        if (delivery.outcome === "unknown" && !(await isWanted(stillWanted, tools))) break;
      }
      await Promise.all(notes);
      return summedUp(attempts, passedOver);
    },
  };
}

/** Where nobody can look, it is: rather twice than never. */
async function isWanted(stillWanted: Errand["stillWanted"], { log }: Tools): Promise<boolean> {
  try {
    return (await stillWanted?.()) ?? true;
  } catch (error) {
    log.error("nobody knows whether it is still wanted; it goes on by another", { error: described(error) });
    return true;
  }
}

/** Asked of all at once; whoever can't even be asked is tried last. */
async function lookedUp(ways: Errand["ways"], since: Instant | undefined) {
  const silent = new Set<Way>();
  if (since === undefined) return { found: undefined, silent };
  const answers = await Promise.all(
    ways.map(async (way) => ({ way, carrier: way.carrier, delivery: await way.find(since) })),
  );
  for (const { way, delivery } of answers)
    if (delivery.outcome === "unknown" && delivery.reason === "provider-unreachable") silent.add(way);
  return { found: answers.find(({ delivery }) => delivery.outcome === "done"), silent };
}

export interface Attempt {
  readonly carrier: CarrierName;
  readonly delivery: Delivery;
}

/** What leaves most hope, and of equals what came first: nobody gives up while another may have it. */
const hopes: readonly Delivery["outcome"][] = ["done", "unknown", "retry", "giveUp"];

function summedUp(attempts: readonly Attempt[], passedOver: Detour | undefined): Carried {
  const best = attempts.toSorted(
    (a, b) => hopes.indexOf(a.delivery.outcome) - hopes.indexOf(b.delivery.outcome),
  )[0];
  if (best === undefined) throw new Error("An errand without a way; every page has one");
  const others = attempts.flatMap(({ carrier, delivery }): readonly Detour[] =>
    carrier === best.carrier || delivery.outcome === "done"
      ? []
      : [{ carrier, how: delivery.outcome === "unknown" ? "uncertain" : "failed", reason: delivery.reason }],
  );
  const neverAsked =
    passedOver === undefined || attempts.some(({ carrier }) => carrier === passedOver.carrier)
      ? []
      : [passedOver];
  return {
    ...best,
    attempts: closesMethod(best) ? attempts : attempts.map(byItAlone),
    detours: [...neverAsked, ...others],
    mend: attempts.some(({ delivery }) => isForOperator(delivery)),
  };
}

const closesMethod = ({ delivery }: Attempt): boolean =>
  delivery.outcome === "giveUp" && delivery.method !== undefined;

/** A number that one carrier calls bad, and another does not, is closed by neither: it stands as refused by that carrier. */
function byItAlone({ carrier, delivery }: Attempt): Attempt {
  if (delivery.outcome !== "giveUp") return { carrier, delivery };
  const { outcome, reason, operator } = delivery;
  return { carrier, delivery: { outcome, reason, operator } };
}

/** The same, as the timeline gets it. */
export function evidenceOf({ delivery, carrier, found, detours }: Carried): DeliveryEvidence {
  switch (delivery.outcome) {
    case "done":
      return {
        outcome: "handed",
        receipt: delivery.receipt,
        carrier,
        detours,
        ...(found === undefined ? {} : { found }),
      };
    case "giveUp":
      return { outcome: "giveUp", reason: delivery.reason, operator: delivery.operator, detours };
    case "retry":
    case "unknown":
      return { ...delivery, detours };
  }
}
