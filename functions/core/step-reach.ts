// Which contact steps a level has time for. A level's pages close at its end: a step that would begin then or later is never
// reached by its delay. It begins earlier only when a way before it fails. The catch-all waits for no delay.
import type { ContactStep } from "./contact.ts";
import type { Organisation } from "./organisation.ts";
import type { Duration } from "./time.ts";

/** At the instant itself the level is over. */
export const beginsWithin = ({ after }: Pick<ContactStep, "after">, within: Duration): boolean =>
  after < within;

/** How long the longest level is that names each person. Policies that no service uses page nobody. */
export function longestLevels({
  policies,
  services,
}: Pick<Organisation, "policies" | "services">): ReadonlyMap<string, Duration> {
  const used = new Set(services.map(({ policy }) => policy));
  const longest = new Map<string, Duration>();
  for (const { id, levels } of policies) {
    if (!used.has(id)) continue;
    for (const { targets, within } of levels)
      for (const target of targets) longest.set(target.id, Math.max(within, longest.get(target.id) ?? 0));
  }
  return longest;
}
