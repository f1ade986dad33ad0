// Has every holder of a command role sent the last-resort card, where what stands on it has changed.
import { byHub } from "./core/command.ts";
import type { Organisation } from "./core/organisation.ts";
import type { Instant } from "./core/time.ts";
import type { People } from "./decisions.ts";
import { cardDigest, cardOf, holdersOf, rolesOf } from "./emergency-card.ts";
import type { Clock, DialIn } from "./ports.ts";

interface House {
  readonly people: People;
  readonly clock: Clock;
  readonly dialIn: Pick<DialIn, "number" | "rolePin" | "claimOf">;
}

/** Answers how many cards are on their way anew. Throws where not all could be requested until then. */
export async function wantCards(
  { people, clock, dialIn }: House,
  { name, people: everybody, emergency = {} }: Organisation,
  until: Instant,
): Promise<number> {
  const known = { organisation: name, emergency, people: new Map(everybody.map((one) => [one.id, one])) };
  let wanted = 0;
  for (const holder of holdersOf(emergency)) {
    if (clock.now() > until) throw new Error(`No time was left for the cards from ${holder} on`);
    const roles = rolesOf(emergency, holder);
    const digest = await cardDigest(await cardOf(roles, known, dialIn), dialIn);
    const envelope = byHub("apply-config", `card ${holder} ${digest}`, clock.now());
    const ordered = await people.dispatch(`person/${holder}`, {
      ...envelope,
      type: "WantCard",
      digest,
      roles,
    });
    if (ordered.outcome === "done") wanted += ordered.events.length;
  }
  return wanted;
}
