// A secret kept in Parameter Store, read rarely and kept in memory: when the store is down, yesterday's secret still pages.
import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { type Duration, minutes, seconds } from "../../core/time.ts";
import type { Clock } from "../../ports.ts";

const freshFor: Duration = minutes(5);
/** After a failure the old value serves this long before the store is asked again. */
const restAfterFailure: Duration = seconds(30);
/** A provider that refuses every secret, or a stranger at the door, must not empty the store's quota. */
const restBetweenReads: Duration = seconds(2);

/** `refused`: the provider no longer takes this secret. It is read again at once; the same object means that it is unchanged. */
export type SecretReader<Secret> = (refused?: Secret) => Promise<Secret>;

/** Reads a SecureString that holds JSON; `read` checks its shape and throws when it is wrong. */
export function parameterSecret<Secret>(
  client: SSMClient,
  name: string,
  clock: Clock,
  read: (json: unknown) => Secret,
): SecretReader<Secret> {
  let kept: { readonly secret: Secret; readonly text: string } | undefined;
  let askAgainAt = 0;
  let mayAskAt = 0;
  let asking: Promise<Secret> | undefined;

  async function ask(): Promise<Secret> {
    try {
      const text = await fetchParameter(client, name);
      if (kept?.text !== text) kept = { secret: read(JSON.parse(text)), text };
      askAgainAt = clock.now() + freshFor;
      return kept.secret;
    } catch (cause) {
      if (kept === undefined) throw unreadable(name, cause);
      askAgainAt = clock.now() + restAfterFailure;
      return kept.secret;
    } finally {
      mayAskAt = clock.now() + restBetweenReads;
      asking = undefined;
    }
  }

  return (refused) => {
    const now = clock.now();
    const isRefused = refused !== undefined && refused === kept?.secret && now >= mayAskAt;
    if (kept !== undefined && now < askAgainAt && !isRefused) return Promise.resolve(kept.secret);
    asking ??= ask();
    return asking;
  };
}

async function fetchParameter(client: SSMClient, name: string): Promise<string> {
  const answer = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  const value = answer.Parameter?.Value;
  if (value === undefined) throw new Error(`Parameter ${name} is empty`);
  return value;
}

// JSON.parse quotes what it could not read, and here that would be the secret itself: only the kind of error goes on.
const unreadable = (name: string, cause: unknown): Error =>
  cause instanceof SyntaxError
    ? new Error(`Parameter ${name} is not JSON; see the operator guide for its form`)
    : new Error(`Parameter ${name} could not be read; does it exist, as a SecureString?`, { cause });
