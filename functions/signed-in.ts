// The gate of every route that asks for a sign-in: the gateway has verified the token; here it is judged whether the token is
// meant for this hub, whose account it is, which person of the config that is, and what the account may do.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type Account, accountOf, type Identity } from "./core/account/account.ts";
import type { Claims } from "./core/account/claims.ts";
import { thisMachine } from "./core/account/issuer.ts";
import { type Expected, tokenFault } from "./core/account/token.ts";
import type { Actor } from "./core/command.ts";
import type { Person } from "./core/organisation.ts";
import { hasRight, type Right, type Role } from "./core/rights.ts";
import type { Directory } from "./directory.ts";
import type { HttpHandler, Tools } from "./lambda.ts";
import type { SignInSettings } from "./ports.ts";
import { type Problem, problemResult } from "./problem.ts";
import { type FunctionName, type Subscription, subscriptions } from "./subscriptions.ts";
import { refusalWords } from "./wording/reasons.ts";
import { viewerAdvice } from "./wording/viewer.ts";

/** Whoever is signed in: a person of the config, or an account that belongs to none. */
export interface Reader extends Actor {
  readonly kind: "person" | "account";
  readonly name: string;
  /** As the config would name this account. */
  readonly identity: Identity;
  may(right: Right): boolean;
}

type Known = Pick<Directory, "personByIdentity" | "personBySignIn" | "personInChat" | "person">;

interface GateDeps {
  readonly directory: Known;
  readonly signInSettings: SignInSettings;
}

type Result = APIGatewayProxyStructuredResultV2;
type Handle = (event: APIGatewayProxyEventV2, tools: Tools, reader: Reader) => Promise<Result>;

const gate: unique symbol = Symbol("gate");
/** A handler behind the gate. The hosts take no other for a row that asks for a sign-in. */
export type GatedHandler = HttpHandler & { readonly [gate]: FunctionName };

/** Calls `handle` only for accounts that have the right of the function's row. */
export function forReaders(name: FunctionName, deps: GateDeps, handle: Handle): GatedHandler {
  const { signedIn: right }: Subscription = subscriptions[name];
  if (right === undefined) throw new Error(`${name} asks for no sign-in in subscriptions.ts; add signedIn`);
  const handler: HttpHandler = async (event, tools) => {
    const reader = await readerOf(deps, event, tools);
    if (reader === undefined) return problemResult(notSignedIn);
    return reader.may(right) ? handle(event, tools, reader) : problemResult(notAPerson(reader));
  };
  return Object.assign(handler, { [gate]: name });
}

async function readerOf(
  { directory, signInSettings }: GateDeps,
  event: APIGatewayProxyEventV2,
  { log }: Tools,
): Promise<Reader | undefined> {
  // The type of an open route has no authorizer; whether there was one is the question here.
  const context = event.requestContext as { authorizer?: { jwt?: { claims?: Claims } } };
  const claims = context.authorizer?.jwt?.claims;
  if (claims === undefined) return undefined;
  const fault = tokenFault(claims, expectedOf(signInSettings));
  if (fault !== undefined) {
    log.warn("sign-in refused", { fault, client: claims["azp"] ?? claims["client_id"] });
    return undefined;
  }
  const account = accountOf(claims);
  if (account === undefined) return undefined;
  const person = account.isOperator ? operator : await personOf(directory, account);
  const { issuer, subject } = account;
  const role: Role = person === undefined ? "viewer" : "person";
  return {
    kind: person === undefined ? "account" : "person",
    id: person?.id ?? account.id,
    name: person?.name ?? account.name,
    via: "web",
    assurance: "signed-in",
    identity: { issuer, subject },
    may: (right) => hasRight(role, right),
  };
}

/** One machine signs nobody in: whoever is on it is its operator. */
const operator = { id: "operator", name: "The operator of this machine" };

function expectedOf(settings: SignInSettings): Expected | undefined {
  const signIn = settings.signIn();
  if (signIn.mode === "local") return undefined;
  const { issuer, clientId, audience = clientId, scope, bearer = "access_token", teamsTab } = signIn;
  return { issuer, clientId, audience, scope, bearer, teamsTab };
}

/** The account before the address: a provider may give an address to another account. */
async function personOf(directory: Known, account: Account): Promise<Person | undefined> {
  const { identities, chatAccount, email, issuer } = account;
  const byAccount =
    (await directory.personByIdentity(identities)) ??
    (chatAccount === undefined ? undefined : await directory.personInChat([chatAccount]));
  if (byAccount !== undefined || email === undefined) return byAccount;
  const person = await directory.personBySignIn(email);
  // Where the config names a person's accounts, no other account gets in by the address.
  const isNamed = person?.identities !== undefined && issuer !== thisMachine;
  return isNamed ? undefined : person;
}

/** The envelope's actor and no more: what the config knows somebody by is not written down with what they did. */
export const actorOf = ({ kind, id, via, assurance }: Reader): Actor => ({ kind, id, via, assurance });

const notSignedIn: Problem = {
  status: 401,
  code: "not-signed-in",
  title: "Not signed in",
  detail:
    "Sign in at the command post, or send a bearer token of its identity provider: that of a person, for Muster's own client, audience and scope. Tokens of programs are not taken.",
};

const notAPerson = ({ identity }: Reader): Problem => ({
  status: 403,
  code: "not-a-person",
  title: "Not allowed to this account",
  detail: `Not done: ${refusalWords("not-a-person")}. ${viewerAdvice(identity)}`,
});
