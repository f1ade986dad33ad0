// Where Microsoft's services are, and to which of them the bot ever shows its token. Another list is given in code only, by
// the host on one machine: no setting and no variable adds to it.

export interface TeamsAddresses {
  /** Where the connector takes words while no better address was learned. */
  readonly serviceUrl: string;
  /** Where the bot's app signs in: below it the tenant. */
  readonly login: string;
  readonly graph: string;
  /** With which keys activities are signed. */
  readonly keys: string;
  /** Whether the bot may speak there, and believe what says that it comes from there. */
  readonly trusts: (url: URL) => boolean;
}

/**
 * Those of the worldwide cloud and of GCC, which share one issuer. GCC High, DoD and the clouds of single countries have
 * others, so that an activity of theirs is no activity for us.
 * https://microsoft.github.io/teams-sdk/csharp/essentials/app-configuration/service-url-validation
 */
const connectors: ReadonlySet<string> = new Set([
  "https://smba.trafficmanager.net",
  "https://smba.onyx.prod.teams.trafficmanager.net",
  "https://smba.infra.gcc.teams.microsoft.com",
]);

export const microsoft: TeamsAddresses = {
  serviceUrl: "https://smba.trafficmanager.net/teams/",
  login: "https://login.microsoftonline.com",
  graph: "https://graph.microsoft.com/v1.0",
  keys: "https://login.botframework.com/v1/.well-known/keys",
  trusts: ({ origin }) => connectors.has(origin),
};

/**
 * The address that a text is, to the letter, if it is one to be trusted. What a reader of addresses would first have to put
 * right (a name before the host, another case, a back-slash, a port that goes without saying) is none.
 */
export function trustedAddress(text: string, { trusts }: Pick<TeamsAddresses, "trusts">): URL | undefined {
  const url = URL.parse(text);
  if (url === null || (url.href !== text && url.href !== `${text}/`)) return undefined;
  const isPlain = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return isPlain && trusts(url) ? url : undefined;
}

/** `base` with or without its last stroke. */
export const below = (base: string, path: string): URL => new URL(`${base.replace(/\/+$/, "")}/${path}`);
