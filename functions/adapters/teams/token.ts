// The bot's own token: asked for by its secret, kept until shortly before it ends, and used until it ends when no other can
// be had. Nothing of it is ever written anywhere.
// https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
import { type Duration, type Instant, minutes, seconds } from "../../core/time.ts";
import type { ChatRefusal, Clock } from "../../ports.ts";
import { below, type TeamsAddresses } from "./addresses.ts";
import { giveUp, retry, type Said, sorted, textIn } from "./answers.ts";
import type { FindSecret } from "./secret.ts";
import { type Answered, exchange } from "./transport.ts";

export type Scope = "connector" | "graph";

const scopes: Readonly<Record<Scope, string>> = {
  connector: "https://api.botframework.com/.default",
  graph: "https://graph.microsoft.com/.default",
};

export type TokenFound = { readonly outcome: "done"; readonly token: string } | ChatRefusal;

export interface Tokens {
  token(scope: Scope): Promise<TokenFound>;
  /** It was refused: the next one is asked for anew. */
  forget(scope: Scope, token: string): void;
}

export interface TokenSettings {
  readonly app: string;
  readonly tenant: string;
  readonly secret: FindSecret;
  readonly clock: Clock;
  readonly addresses: Pick<TeamsAddresses, "login">;
  readonly patience?: Duration;
}

/** So long before its end another one is asked for. */
const beforeItsEnd: Duration = minutes(5);
/** After a failure the old one serves so long before the sign-in is asked again. */
const restAfterFailure: Duration = seconds(30);
/** One that ends on its way is refused. */
const onItsWay: Duration = seconds(10);

interface Kept {
  readonly token: string;
  readonly until: Instant;
}

export function botTokens(settings: TokenSettings): Tokens {
  const { clock } = settings;
  const kept = new Map<Scope, Kept>();
  const asking = new Map<Scope, Promise<TokenFound>>();
  const restUntil = new Map<Scope, Instant>();

  async function ask(scope: Scope): Promise<TokenFound> {
    const found = await signIn(settings, scope);
    if (found.outcome === "done") {
      kept.set(scope, found.kept);
      return { outcome: "done", token: found.kept.token };
    }
    const before = kept.get(scope);
    if (before === undefined || before.until - onItsWay <= clock.now()) return found;
    restUntil.set(scope, clock.now() + restAfterFailure);
    return { outcome: "done", token: before.token };
  }

  return {
    token(scope) {
      const now = clock.now();
      const before = kept.get(scope);
      const isGood = before !== undefined && now < before.until - onItsWay;
      if (isGood && (now < before.until - beforeItsEnd || now < (restUntil.get(scope) ?? 0)))
        return Promise.resolve({ outcome: "done", token: before.token });
      const begun = asking.get(scope) ?? ask(scope).finally(() => asking.delete(scope));
      asking.set(scope, begun);
      return begun;
    },
    forget(scope, token) {
      if (kept.get(scope)?.token === token) kept.delete(scope);
    },
  };
}

type SignedIn = { readonly outcome: "done"; readonly kept: Kept } | ChatRefusal;

async function signIn(settings: TokenSettings, scope: Scope): Promise<SignedIn> {
  const found = await settings.secret();
  if (found.outcome !== "done") return found;
  const { clientSecrets } = found.secret;
  const signedIn = await byAnyOf(settings, scope, clientSecrets);
  if (signedIn.outcome !== "giveUp") return signedIn;
  // It may have been changed since it was read.
  const now = await settings.secret(found.secret);
  const untried = now.outcome === "done" ? now.secret.clientSecrets : [];
  const others = untried.filter((secret) => !clientSecrets.includes(secret));
  return others.length === 0 ? signedIn : byAnyOf(settings, scope, others);
}

async function byAnyOf(settings: TokenSettings, scope: Scope, secrets: readonly string[]): Promise<SignedIn> {
  let refused: SignedIn = giveUp("account-refused", true);
  for (const clientSecret of secrets) {
    refused = await byThis(settings, scope, clientSecret);
    // Only another secret may open what this one does not.
    if (refused.outcome !== "giveUp") return refused;
  }
  return refused;
}

async function byThis(
  { app, tenant, clock, addresses, patience = seconds(5) }: TokenSettings,
  scope: Scope,
  clientSecret: string,
): Promise<SignedIn> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: app,
    client_secret: clientSecret,
    scope: scopes[scope],
  });
  const asked = clock.now();
  const answered = await exchange({
    method: "POST",
    url: below(addresses.login, `${encodeURIComponent(tenant)}/oauth2/v2.0/token`),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
    within: patience,
  });
  // Asked twice, it gives two: no harm in that.
  const found = sorted(answered, { creates: false, missing: "account-refused" }, asked);
  if (found.outcome !== "done") return refusalOf(answered, found);
  const token = textIn(found.said, "access_token");
  return token === undefined
    ? retry("provider-error")
    : { outcome: "done", kept: { token, until: asked + lifeOf(found.said) } };
}

/** "invalid_client", "unauthorized_client", "invalid_request" with a wrong tenant, …: each is for a person to mend. */
const refusalOf = (answered: Answered, found: ChatRefusal): ChatRefusal =>
  answered.outcome === "answered" && found.outcome === "giveUp" ? giveUp("account-refused", true) : found;

const lifeOf = ({ expires_in: life }: Said): Duration => {
  const told = Number(life);
  return Number.isFinite(told) && told > 0 ? seconds(told) : minutes(10);
};
