// The person behind a call to our API: the gateway has verified the token, and tells whose it is.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Actor } from "./core/command.ts";
import type { Directory } from "./directory.ts";

export interface SignedIn extends Actor {
  readonly kind: "person";
  /** As the identity provider calls the person. */
  readonly name: string;
}

/** Undefined without verified claims: a route that was left open by mistake still lets nobody in. */
export function signedIn(event: APIGatewayProxyEventV2): SignedIn | undefined {
  // The type of an open route knows of no authorizer; whether there was one is the question here.
  const context = event.requestContext as {
    authorizer?: { jwt?: { claims?: Readonly<Record<string, unknown>> } };
  };
  const claims = context.authorizer?.jwt?.claims;
  const subject = text(claims?.["email"]) ?? text(claims?.["preferred_username"]) ?? text(claims?.["sub"]);
  if (subject === undefined) return undefined;
  return {
    kind: "person",
    id: subject,
    via: "web",
    assurance: "signed-in",
    name: text(claims?.["name"]) ?? subject,
  };
}

/** The person of the config with this sign-in, so that the web and the phone speak of the same one. */
export async function knownBy(directory: Directory, who: SignedIn): Promise<SignedIn> {
  const person = await directory.personBySignIn(who.id);
  return person === undefined ? who : { ...who, id: person.id, name: person.name };
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;

export const notSignedIn = {
  status: 401,
  code: "not-signed-in",
  title: "Not signed in",
  detail: "Sign in at the command post, or send a bearer token of its identity provider.",
};
