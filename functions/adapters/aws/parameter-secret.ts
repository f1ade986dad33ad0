// A secret kept in Parameter Store, read rarely and kept in memory: when the store is down, yesterday's secret still pages.
import { GetParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { type Duration, minutes, seconds } from "../../core/time.ts";
import type { Clock } from "../../ports.ts";

const freshFor: Duration = minutes(5);
/** After a failure the old value serves this long before the store is asked again. */
const restAfterFailure: Duration = seconds(30);

/** Reads a SecureString that holds JSON; `read` checks its shape and throws when it is wrong. */
export function parameterSecret<Secret>(
  client: SSMClient,
  name: string,
  clock: Clock,
  read: (json: unknown) => Secret,
): () => Promise<Secret> {
  let kept: { readonly secret: Secret } | undefined;
  let askAgainAt = 0;
  let asking: Promise<Secret> | undefined;

  async function ask(): Promise<Secret> {
    try {
      const secret = read(JSON.parse(await fetchParameter(client, name)));
      kept = { secret };
      askAgainAt = clock.now() + freshFor;
      return secret;
    } catch (cause) {
      if (kept === undefined) throw unreadable(name, cause);
      askAgainAt = clock.now() + restAfterFailure;
      return kept.secret;
    } finally {
      asking = undefined;
    }
  }

  return () => {
    if (kept !== undefined && clock.now() < askAgainAt) return Promise.resolve(kept.secret);
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
