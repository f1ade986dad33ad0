// Whether everybody has a way to be reached: what bounced, or was closed by the person, can't be counted on.

import type { Person } from "../core/organisation.ts";
import { person as aggregate, closedBecause } from "../core/person/person.ts";
import { addressDigest } from "../digest.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";
import { channelWords } from "../wording/words.ts";
import type { Finding } from "./finding.ts";

export async function personFindings(
  journal: PortsOf<"show-readiness">["journal"],
  { id, name, methods }: Person,
): Promise<readonly Finding[]> {
  const learned = await streamNow(aggregate, journal, `person/${id}`);
  const closed = methods.flatMap((method) => {
    const why = closedBecause(learned, method.id, addressDigest(method.address));
    return why === undefined ? [] : [{ method, why }];
  });
  const about = { area: "people", about: id } as const;
  if (closed.length === methods.length)
    return [
      {
        ...about,
        standing: "problem",
        says: `${name} can't be reached at all: every way is closed`,
        advice: "give them another number, or have them text START to the hub's number",
      },
    ];
  return closed.map(({ method, why }) => ({
    ...about,
    standing: "warning",
    says:
      why === "opted-out"
        ? `${name} has texted STOP: no ${channelWords[method.channel]} goes to "${method.id}"`
        : `${name}'s "${method.id}" does not take ${channelWords[method.channel]}`,
    advice:
      why === "opted-out" ? "have them text START to the hub's number" : "mend the number in the config",
  }));
}
