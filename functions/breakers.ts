// The carriers' breakers as they were moments ago, and what changes them. None of it may keep a page: what fails here is
// logged, and the carrier is taken to be well.
import { byHub } from "./core/command.ts";
import type { CarrierName } from "./core/contact.ts";
import { evidenceOf } from "./core/provider/judge.ts";
import {
  type Breaker,
  type ProviderOrder,
  provider,
  providerStream,
  unbroken,
} from "./core/provider/provider.ts";
import { type Instant, seconds } from "./core/time.ts";
import type { Directory } from "./directory.ts";
import { dispatcher } from "./dispatcher.ts";
import { described, type Tools } from "./lambda.ts";
import type { Delivery, Ports } from "./ports.ts";

/** So old may be what is known of a breaker: pages of a healthy night do not pay a read each. */
const knownFor = seconds(2);

export type BreakerPorts = Pick<Ports, "journal" | "clock">;

export interface Breakers {
  read(carrier: CarrierName, tools: Tools): Promise<Breaker>;
  /** Whether this delivery gets to be the probe. */
  claimProbe(carrier: CarrierName, delivery: string, tools: Tools): Promise<boolean>;
  /** What a send says of its carrier. */
  note(carrier: CarrierName, delivery: string, sent: Delivery, tools: Tools): Promise<void>;
}

export function breakers({ journal, clock }: BreakerPorts, directory: Pick<Directory, "version">): Breakers {
  const dispatched = dispatcher(provider, journal, async () => ({
    configVersion: await directory.version(),
  }));
  const known = new Map<CarrierName, { readonly at: Instant; readonly breaker: Promise<Breaker> }>();

  const read = async (carrier: CarrierName, { log }: Tools): Promise<Breaker> => {
    const now = clock.now();
    const before = known.get(carrier);
    const isFresh = before !== undefined && now >= before.at && now - before.at < knownFor;
    const looking = isFresh ? before : { at: now, breaker: load(carrier) };
    known.set(carrier, looking);
    try {
      return await looking.breaker;
    } catch (error) {
      if (known.get(carrier) === looking) known.delete(carrier);
      log.error("a breaker can't be read; its carrier is taken to be well", {
        carrier,
        error: described(error),
      });
      return unbroken;
    }
  };
  const load = async (carrier: CarrierName) => (await dispatched.load(providerStream(carrier))).state;

  const give = async (carrier: CarrierName, name: string, order: ProviderOrder, tools: Tools) => {
    const command = { ...byHub("carriers", `${name}.${carrier}`, clock.now()), ...order };
    // Most of what happens changes nothing by what is known already, and costs neither a read nor a write.
    const now = await read(carrier, tools);
    if (provider.decide(now, command, { configVersion: "" }).events.length === 0) return false;
    try {
      const { current, ...done } = judged(await dispatched.dispatch(providerStream(carrier), command));
      known.set(carrier, { at: clock.now(), breaker: Promise.resolve(current.state) });
      for (const event of done.events) {
        if (event.type === "ProviderTripped") {
          tools.log.warn("a carrier is taken to be down", {
            carrier,
            reason: event.reason,
            rest: event.rest,
          });
          if (!event.again) tools.count("OperatorAlarm");
        }
        if (event.type === "ProviderReturned") tools.log.info("a carrier is coming back", { carrier });
      }
      return done.events.length > 0;
    } catch (error) {
      tools.log.error("a breaker can't be told", { carrier, error: described(error) });
      return false;
    }
  };

  return {
    read,
    claimProbe: (carrier, delivery, tools) =>
      give(carrier, delivery, { type: "ClaimProbe", delivery }, tools),
    async note(carrier, delivery, sent, tools) {
      const evidence = evidenceOf(sent);
      if (evidence !== undefined) await give(carrier, delivery, evidence, tools);
    },
  };
}

/** A breaker refuses nobody, and its orders belong to no other stream. */
function judged<Dispatched extends { readonly outcome: string }>(dispatched: Dispatched) {
  if (dispatched.outcome !== "done") throw new Error(`A breaker answered ${dispatched.outcome}`);
  return dispatched as Extract<Dispatched, { readonly outcome: "done" }>;
}
