// By what people are recognised at sign-in and in Teams: weak claims, and accounts of a provider that this hub doesn't use.
import { isMicrosoft, isObjectId } from "../core/account/issuer.ts";
import type { Person } from "../core/organisation.ts";
import type { SignIn } from "../ports.ts";
import { listed } from "../wording/words.ts";
import type { Finding } from "./finding.ts";

const mostNamed = 8;

const addIdentity =
  "add identity: { issuer: …, subject: … }; the command post shows both to an account that it doesn't recognise";

/** One finding for each kind, however many people it is about. */
export const signInFindings = (people: readonly Person[], signIn: SignIn): readonly Finding[] => [
  ...(signIn.mode === "local" ? [] : atSignIn(people, signIn.issuer)),
  ...warning(
    people.filter((person) => chatAccounts(person).some((address) => !isObjectId(address))),
    "known in Teams by user principal name, which can be given to another account",
    "write the account's object id as teams:",
  ),
];

function atSignIn(people: readonly Person[], issuer: string): readonly Finding[] {
  const without = people.filter(({ identities }) => identities === undefined);
  // In a tenant of Entra the account in Teams is the account that signs in.
  const isKnownByChat = (person: Person) => isMicrosoft(issuer) && chatAccounts(person).some(isObjectId);
  const others = without.filter((person) => !isKnownByChat(person));
  const elsewhere = people.filter(
    (person) => person.identities?.every((each) => each.issuer !== issuer) === true && !isKnownByChat(person),
  );
  return [
    ...warning(
      elsewhere,
      `have accounts of other identity providers only, and this hub signs in at ${issuer}`,
      "write its address exactly like that, or add an account of it",
    ),
    ...warning(
      others.filter(({ email }) => email === undefined),
      "not recognised at sign-in, so the command post takes no orders from them",
      addIdentity,
    ),
    ...warning(
      others.filter(({ email }) => email !== undefined),
      isMicrosoft(issuer)
        ? "recognised at sign-in by e-mail address only, and Entra has to say that it is verified (xms_edov)"
        : "recognised at sign-in by e-mail address only, and the provider has to say that it is verified (email_verified)",
      addIdentity,
    ),
  ];
}

const chatAccounts = ({ methods }: Person): readonly string[] =>
  methods.flatMap(({ channel, address }) => (channel === "teams" ? [address] : []));

function warning(people: readonly Person[], what: string, advice: string): readonly Finding[] {
  if (people.length === 0) return [];
  const names = listed(
    people.map(({ name }) => name),
    mostNamed,
  );
  return [{ standing: "warning", area: "people", about: "sign-in", says: `${names}: ${what}`, advice }];
}
