// Everybody of the config with what the hub has learned of them: for whoever looks at all of them at once.
import type { Person } from "./core/organisation.ts";
import { person as aggregate, closedBecause, type PersonState } from "./core/person/person.ts";
import { type KnownRefusal, standingAmong } from "./core/person/refusals.ts";
import { addressDigest } from "./digest.ts";
import type { Directory } from "./directory.ts";
import type { Journal } from "./ports.ts";
import { streamNow } from "./stream-now.ts";

export interface Known {
  readonly person: Person;
  readonly learned: PersonState;
}

export async function everybody(
  directory: Pick<Directory, "everybody" | "person">,
  journal: Pick<Journal, "load">,
): Promise<readonly Known[]> {
  const listed = await directory.everybody();
  const known = await Promise.all(
    listed.map(async ({ id }) => {
      const [person, learned] = await Promise.all([
        directory.person(id),
        streamNow(aggregate, journal, `person/${id}`),
      ]);
      return person === undefined ? undefined : { person, learned };
    }),
  );
  return known.filter((one) => one !== undefined);
}

export interface Refused {
  readonly person: Person;
  readonly refusal: KnownRefusal;
}

/** Whom carriers refuse now, by ways that are open. */
export function refusedNow(people: readonly Known[]): readonly Refused[] {
  const byId = new Map(people.map(({ person }) => [person.id, person]));
  const standing = standingAmong(
    people.map(({ person, learned }) => ({
      person: person.id,
      refusals: learned.refusals,
      methods: person.methods
        .map(({ id, address }) => ({ id, address: addressDigest(address) }))
        .filter(({ id, address }) => closedBecause(learned, id, address) === undefined),
    })),
  );
  return standing.flatMap(({ person: id, refusal }) => {
    const person = byId.get(id);
    return person === undefined ? [] : [{ person, refusal }];
  });
}
