// By what people are recognised at sign-in and in the chat: each account belongs to one person, and weak proofs are named.
import { isMicrosoft, isObjectId, tenantOf } from "../../functions/core/account/issuer.ts";
import { waysOf } from "./people.ts";
import type { ConfigPath, Finding } from "./problem.ts";
import { entriesOf, fieldOf } from "./raw.ts";

/** As tokens write it: an object id is in small letters, everything else is exact. */
export const subjectOf = (issuer: string, subject: string): string =>
  isMicrosoft(issuer) && isObjectId(subject.toLowerCase()) ? subject.toLowerCase() : subject;

export function identityFindings(root: unknown): readonly Finding[] {
  const owners = new Map<string, string>();
  return entriesOf(fieldOf(root, "people")).flatMap(([id, person]) =>
    identitiesOf(person, ["people", id]).flatMap(({ path, issuer, subject }) => {
      const account = `${issuer}|${subjectOf(issuer, subject)}`;
      const other = owners.get(account);
      owners.set(account, id);
      if (other !== undefined)
        return [
          {
            path,
            message: other === id ? "the same account is here twice" : `"${other}" has the same account`,
            advice: "name each account once: it belongs to one person",
          },
        ];
      if (isMicrosoft(issuer) && tenantOf(issuer) === undefined)
        return [
          {
            path,
            message: "the issuer is not that of one tenant",
            advice:
              "write https://login.microsoftonline.com/TENANT-ID/v2.0, with the tenant's id in small letters",
          },
        ];
      return [];
    }),
  );
}

interface Written {
  readonly path: ConfigPath;
  readonly issuer: string;
  readonly subject: string;
}

function identitiesOf(person: unknown, path: ConfigPath): readonly Written[] {
  const written = fieldOf(person, "identity");
  const each = Array.isArray(written)
    ? (written as readonly unknown[]).map((one, n) => ({ one, path: [...path, "identity", n] }))
    : [{ one: written, path: [...path, "identity"] }];
  return each.flatMap(({ one, path: at }) => {
    const [issuer, subject] = [fieldOf(one, "issuer"), fieldOf(one, "subject")];
    return typeof issuer === "string" && typeof subject === "string" ? [{ path: at, issuer, subject }] : [];
  });
}

const mostNamed = 8;
const named = (ids: readonly string[]): string =>
  ids.length <= mostNamed
    ? ids.join(", ")
    : `${ids.slice(0, mostNamed).join(", ")} and ${ids.length - mostNamed} more`;

const addIdentity =
  "add identity: { issuer: …, subject: … }; the command post shows both to an account that it doesn't recognise";

/** One line for each kind, however many people it is about. */
export function identityWarnings(root: unknown): readonly Finding[] {
  const people = entriesOf(fieldOf(root, "people"));
  const without = people.filter(([, person]) => fieldOf(person, "identity") === undefined);
  const byEmail = without.filter(([, person]) => fieldOf(person, "email") !== undefined);
  const byNothing = without.filter(
    ([, person]) => fieldOf(person, "email") === undefined && !chatAddresses(person).some(isObjectId),
  );
  const byName = people.filter(([, person]) => chatAddresses(person).some((address) => !isObjectId(address)));
  return [
    ...kind(byEmail, "recognised at sign-in by e-mail address only", addIdentity),
    ...kind(
      byNothing,
      "not recognised at sign-in, so the command post takes no orders from them",
      addIdentity,
    ),
    ...kind(
      byName,
      "known in Teams by user principal name, which can be given to another account",
      "write the account's object id as teams:",
    ),
  ];
}

function kind(
  people: readonly (readonly [string, unknown])[],
  message: string,
  advice: string,
): readonly Finding[] {
  const [first] = people;
  if (first === undefined) return [];
  const names = named(people.map(([id]) => id));
  return [{ path: ["people", first[0]], atKey: true, message: `${names}: ${message}`, advice }];
}

const chatAddresses = (person: unknown): readonly string[] =>
  waysOf(person, []).flatMap(({ channel, address }) =>
    channel === "teams" ? [address.trim().toLowerCase()] : [],
  );
