// Who is in the chat: everybody of the config who has an address there, each under the names that Teams has for a person.
import { createHash } from "node:crypto";
import type { Person } from "../../../../functions/core/organisation.ts";

export interface ChatUser {
  /** Entra's id: stable, and the same for every app. */
  readonly aadObjectId: string;
  /** What a bot is told a user is called: `29:…`. */
  readonly mri: string;
  readonly upn: string;
  readonly name: string;
  /** Of the chat with the bot alone. */
  readonly conversation: string;
}

export type ChatPerson = Pick<Person, "name" | "email" | "methods">;

const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Worked out anew only where they are others: a large organisation is asked for with every request. */
export function usersFor(botId: string): (people: readonly ChatPerson[]) => readonly ChatUser[] {
  let known: { readonly people: readonly ChatPerson[]; readonly users: readonly ChatUser[] } | undefined;
  return (people) => {
    if (known?.people !== people) known = { people, users: usersOf(people, botId) };
    return known.users;
  };
}

/** By their address in Teams; where nobody has one, by e-mail. */
function usersOf(people: readonly ChatPerson[], botId: string): readonly ChatUser[] {
  const inTeams = (person: ChatPerson) =>
    person.methods.flatMap(({ channel, address }) => (channel === "teams" ? [address] : []));
  const byEmail = people.every((person) => inTeams(person).length === 0);
  const addressesOf = byEmail ? ({ email }: ChatPerson) => (email === undefined ? [] : [email]) : inTeams;
  const users = people.flatMap((person) =>
    addressesOf(person).map((address) => userAt(address, person.name, person.email, botId)),
  );
  return [...new Map(users.map((user) => [user.aadObjectId, user])).values()];
}

function userAt(address: string, name: string, email: string | undefined, botId: string): ChatUser {
  const known = address.toLowerCase();
  const isId = objectId.test(known);
  const aadObjectId = isId ? known : uuidOf(known);
  const upn = isId ? (email ?? `${known}@teams.example`).toLowerCase() : known;
  const opaque = (what: string) =>
    createHash("sha256").update(`${what} ${aadObjectId} ${botId}`).digest("base64url");
  return { aadObjectId, upn, name, mri: `29:1${opaque("user")}`, conversation: `a:1${opaque("chat")}` };
}

/** A name-based UUID (RFC 9562, version 8): the same address is the same person after every start. */
function uuidOf(address: string): string {
  const bytes = createHash("sha256").update(address).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** As the roster of a conversation shows them. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context */
export function memberOf({ mri, name, aadObjectId, upn }: ChatUser, tenantId: string) {
  const [givenName = name, ...rest] = name.split(" ");
  return {
    id: mri,
    name,
    objectId: aadObjectId,
    aadObjectId,
    givenName,
    surname: rest.join(" "),
    email: upn,
    userPrincipalName: upn,
    tenantId,
    userRole: "user",
  };
}
