// The way to a person as it stands at the moment of sending: the config may have changed, and somebody may have texted STOP.
import type { DeliveryReason } from "./core/incident/events.ts";
import type { Person } from "./core/organisation.ts";
import { closedBecause, type PersonState } from "./core/person/person.ts";
import type { Decisions } from "./decisions.ts";
import { addressDigest } from "./digest.ts";

export type Way =
  | {
      readonly outcome: "open";
      readonly person: Person;
      readonly method: Person["methods"][number];
      readonly learned: PersonState;
    }
  | { readonly outcome: "closed"; readonly reason: DeliveryReason };

export async function wayTo(
  { directory, people }: Pick<Decisions, "directory" | "people">,
  id: string,
  methodId: string,
): Promise<Way> {
  const [person, learned] = await Promise.all([directory.person(id), people.load(`person/${id}`)]);
  const method = person?.methods.find((each) => each.id === methodId);
  if (person === undefined || method === undefined) return { outcome: "closed", reason: "method-gone" };
  const closed = closedBecause(learned.state, method.id, addressDigest(method.address));
  if (closed === undefined) return { outcome: "open", person, method, learned: learned.state };
  return { outcome: "closed", reason: closed === "opted-out" ? "opted-out" : "number-not-capable" };
}

/** The first way of somebody that takes texts now. */
export async function methodForTexts(
  house: Pick<Decisions, "directory" | "people">,
  id: string,
): Promise<Person["methods"][number] | undefined> {
  const person = await house.directory.person(id);
  for (const { id: method, channel } of person?.methods ?? []) {
    if (channel !== "sms") continue;
    const way = await wayTo(house, id, method);
    if (way.outcome === "open") return way.method;
  }
  return undefined;
}
