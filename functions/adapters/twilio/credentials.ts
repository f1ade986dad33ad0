// What Twilio is asked with. During a rotation one of two auth tokens is refused: the other is tried, then the secret is read
// again, and only then has the account been refused. A request that got a 401 did nothing, so that repeating it is safe.

export type Credentials =
  | { readonly authToken: string; readonly nextAuthToken?: string }
  | { readonly apiKey: string; readonly apiSecret: string };

export interface SignInSettings {
  readonly accountSid: string;
  readonly credentials: Credentials;
  /** What the secret store holds now; undefined where it holds nothing else. Left out where no store is behind it. */
  readonly renewed?: () => Promise<Credentials | undefined>;
}

/** A user and password of HTTP's basic authentication. */
export interface SignIn {
  readonly username: string;
  readonly password: string;
}

interface Answered {
  readonly statusCode: number;
}

/** Asks with the credentials that worked last, and with the others where those are refused. */
export function withSignIn({ accountSid, credentials, renewed }: SignInSettings) {
  let candidates = signInsOf(accountSid, credentials);

  const tryAll = async <Answer extends Answered>(ask: (signIn: SignIn) => Promise<Answer>) => {
    const [first, ...others] = candidates;
    let answer = await ask(first);
    for (const other of others) {
      if (answer.statusCode !== 401) break;
      answer = await ask(other);
      // From now on this one is tried first: every request but one would be refused otherwise.
      if (answer.statusCode !== 401) candidates = [other, ...candidates.filter((each) => each !== other)];
    }
    return answer;
  };

  return async <Answer extends Answered>(ask: (signIn: SignIn) => Promise<Answer>): Promise<Answer> => {
    const answer = await tryAll(ask);
    if (answer.statusCode !== 401) return answer;
    // A store that is down leaves the refusal as it is.
    const fresh = await renewed?.().catch(() => undefined);
    if (fresh === undefined) return answer;
    candidates = signInsOf(accountSid, fresh);
    return tryAll(ask);
  };
}

function signInsOf(username: string, credentials: Credentials): readonly [SignIn, ...SignIn[]] {
  if ("apiKey" in credentials) return [{ username: credentials.apiKey, password: credentials.apiSecret }];
  const { authToken, nextAuthToken } = credentials;
  const next = nextAuthToken === undefined ? [] : [{ username, password: nextAuthToken }];
  return [{ username, password: authToken }, ...next];
}
