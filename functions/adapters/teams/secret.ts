// The form in which an operator keeps the bot's secret in the secret store.
import type { ChatRefusal } from "../../ports.ts";

export interface BotSecret {
  /** What the app shows at its sign-in; the second is the one before, while they are being changed. */
  readonly clientSecrets: readonly [string, ...string[]];
}

/** As it was found, or why not: a store that is down is no missing secret. */
export type SecretFound = { readonly outcome: "done"; readonly secret: BotSecret } | ChatRefusal;

/** `refused`: the sign-in no longer takes this one, and it is read again; the same object means that it is unchanged. */
export type FindSecret = (refused?: BotSecret) => Promise<SecretFound>;

/** `{ "clientSecret": "…" }`, with `previousClientSecret` during a rotation. Throws without quoting a value. */
export function botSecret(json: unknown): BotSecret {
  const fields: Readonly<Record<string, unknown>> =
    typeof json === "object" && json !== null ? { ...json } : {};
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === "string" ? value : "";
  };
  const [first, before] = [text("clientSecret"), text("previousClientSecret")];
  if (first === "") throw new Error('The bot\'s secret has to be { "clientSecret": "…" }');
  return { clientSecrets: before === "" ? [first] : [first, before] };
}
