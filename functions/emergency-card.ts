// What stands on the last-resort card of whoever holds a command role: how to meet, and whom to call, when nothing else
// works. The one place where full numbers are written out for others to read.
import type { Emergency, Person } from "./core/organisation.ts";
import { type CommandRole, commandRoles } from "./core/roles.ts";
import { sha256 } from "./digest.ts";
import type { DialIn } from "./ports.ts";
import type { EmergencyCard } from "./wording/card.ts";

export const rolesOf = (emergency: Emergency, person: string): readonly CommandRole[] =>
  commandRoles.filter((role) => emergency[role]?.includes(person));

export const holdersOf = (emergency: Emergency): readonly string[] => [
  ...new Set(commandRoles.flatMap((role) => emergency[role] ?? [])),
];

interface Known {
  readonly organisation: string;
  readonly emergency: Emergency;
  /** Everybody who holds a role, by id. */
  readonly people: ReadonlyMap<string, Person>;
}

export async function cardOf(
  roles: readonly CommandRole[],
  { organisation, emergency, people }: Known,
  dialIn: Pick<DialIn, "number" | "rolePin">,
): Promise<EmergencyCard> {
  const number = dialIn.number();
  return {
    organisation,
    number,
    roles: await Promise.all(roles.map(async (role) => ({ role, pin: await dialIn.rolePin(role) }))),
    roster: commandRoles.flatMap((role) => {
      const holders = (emergency[role] ?? []).flatMap((id) => people.get(id) ?? []);
      return holders.length === 0 ? [] : [{ role, people: holders.map(entryOf) }];
    }),
  };
}

/** Called rather than texted. */
const entryOf = ({ name, methods }: Person) => ({
  name,
  number: (methods.find(({ channel }) => channel === "voice") ?? methods[0])?.address,
});

/** Tells one content from another. Made with what PINs are claimed by in their place, so that nobody finds them by trying. */
export async function cardDigest(card: EmergencyCard, { claimOf }: Pick<DialIn, "claimOf">): Promise<string> {
  const roles = await Promise.all(card.roles.map(async ({ role, pin }) => [role, await claimOf(pin)]));
  return sha256(JSON.stringify({ ...card, roles })).slice(0, 32);
}
