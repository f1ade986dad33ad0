// The person behind a call to our API: the gateway has verified the token, and tells whose it is.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Actor } from "./core/command.ts";
import type { Directory } from "./directory.ts";

export interface SignedIn extends Actor {
  readonly kind: "person";
  /** As the identity provider calls the person. */
  readonly name: string;
}

/** With what the config may know the person by. */
export interface SigningIn extends SignedIn {
  readonly signIns: readonly string[];
  readonly inChat: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

/** Undefined without verified claims: a route that was left open by mistake still lets nobody in. */
export function signedIn(event: APIGatewayProxyEventV2): SigningIn | undefined {
  // The type of an open route knows of no authorizer; whether there was one is the question here.
  const context = event.requestContext as { authorizer?: { jwt?: { claims?: Claims } } };
  const claims = context.authorizer?.jwt?.claims ?? {};
  const signIns = textsOf(claims, ["email", "preferred_username", "upn"]);
  const subject = signIns[0] ?? text(claims["sub"]);
  if (subject === undefined || isForeign(claims) || isApplication(claims)) return undefined;
  return {
    kind: "person",
    id: subject,
    via: "web",
    assurance: "signed-in",
    name: text(claims["name"]) ?? subject,
    signIns,
    inChat: claims["tid"] === undefined ? [] : textsOf(claims, ["oid", "preferred_username", "upn"]),
  };
}

/** The person of the config with this sign-in, so that the web, the chat and the phone speak of the same one. */
export async function knownBy(directory: Known, { signIns, inChat, ...who }: SigningIn): Promise<SignedIn> {
  const person = await find(directory, signIns.length > 0 ? signIns : [who.id], inChat);
  return person === undefined ? who : { ...who, id: person.id, name: person.name };
}

type Known = Pick<Directory, "personBySignIn" | "personInChat">;

/** An account's own id comes first: its names may be given to somebody else. */
async function find(directory: Known, signIns: readonly string[], inChat: readonly string[]) {
  const [account, ...names] = inChat;
  const byAccount = account === undefined ? undefined : await directory.personInChat([account]);
  if (byAccount !== undefined) return byAccount;
  for (const signIn of signIns) {
    const person = await directory.personBySignIn(signIn);
    if (person !== undefined) return person;
  }
  return names.length === 0 ? undefined : directory.personInChat(names);
}

const microsoft = "https://login.microsoftonline.com/";

/** Microsoft names the tenant twice. The gateway has judged the issuer; of another tenant nobody comes in all the same. */
const isForeign = ({ iss, tid }: Claims): boolean =>
  typeof iss === "string" &&
  iss.startsWith(microsoft) &&
  tid !== undefined &&
  iss !== `${microsoft}${text(tid)}/v2.0`;

/** Any program of the tenant can get a token for our application; it speaks for nobody, and has no scopes.
 * https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#payload-claims */
const isApplication = ({ tid, azp, scp, idtyp }: Claims): boolean =>
  tid !== undefined && (idtyp === "app" || (azp !== undefined && scp === undefined));

const textsOf = (claims: Claims, names: readonly string[]): readonly string[] => [
  ...new Set(names.flatMap((name) => text(claims[name]) ?? [])),
];

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;

export const notSignedIn = {
  status: 401,
  code: "not-signed-in",
  title: "Not signed in",
  detail: "Sign in at the command post, or send a bearer token of its identity provider.",
};
