// What an operator tells the deployment, by `-c name=value` or the context of cdk.json; every fault is named at once.

export interface Settings {
  readonly account: string;
  readonly region: string;
  /** Accounts that may put alarms on the intake bus; Muster never lives in one of them. */
  readonly senderAccounts: readonly string[];
  /** An AWS organization whose accounts may do the same. */
  readonly senderOrganization: string | undefined;
  readonly operatorEmail: string;
  readonly signIn: {
    readonly issuer: string;
    readonly clientId: string;
    readonly audience: string;
    /** Muster's own scope, where the provider has one: every access token needs it. */
    readonly scope: string | undefined;
    readonly scopes: string;
    readonly bearer: "access_token" | "id_token";
    readonly origins: readonly string[];
  };
  readonly twilio: {
    readonly parameter: string;
    readonly from: string;
    readonly messagingService: string | undefined;
    readonly fallbackUrl: string | undefined;
  };
  /** The second carrier's numbers or pools, by id; a way without one is not there. */
  readonly secondCarrier: {
    readonly sms: string | undefined;
    readonly voice: string | undefined;
    readonly configurationSet: string | undefined;
  };
  /** Where the hub's own key lies: of it PINs and signed links are made. */
  readonly hubKeyParameter: string;
  /** The bot: its app, the tenant that people are in, and where its secret lies; undefined until Teams is set up. */
  readonly teams: { readonly app: string; readonly tenant: string; readonly parameter: string } | undefined;
  /** The conversation in which the chat is probed; not looked at where it is left out. */
  readonly chatSite: string | undefined;
  /** The application by which the tab in Teams is signed in, of the issuer's tenant. */
  readonly teamsTabApp: string | undefined;
  readonly domain: { readonly name: string; readonly certificate: string } | undefined;
  /** What this hub's reply codes begin with: a second region's hub bears another. */
  readonly regionLetter: string;
  /** The organisation's file, packed with the deployment. */
  readonly config: string;
  /** Stack and table can't be deleted by mistake. Not so in a first deployment, which has to leave nothing behind if it fails. */
  readonly isProtected: boolean;
  /** A table of another name to go on with, restored or left behind; undefined where the stack makes its own. */
  readonly adoptTable: { readonly name: string; readonly stream: string } | undefined;
}

export type Context = (name: string) => unknown;

/** Nobody's account: what is synthesized for it can be read and tested, and deployed nowhere. */
export const nobodysAccount = "000000000000";

interface Knob {
  readonly is: string;
  readonly form: RegExp;
  readonly else?: string;
}

const account = /^\d{12}$/;
const text = /\S/;
// The id and not the number itself: a permission is for a resource, and a number does not say which one it is.
const origin = /^(phone|pool)-[0-9a-zA-Z]{1,64}$/;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const tableStream = /^arn:aws:dynamodb:([a-z0-9-]+):(\d{12}):table\/([\w.-]{3,255})\/stream\/[\dT:.-]+$/;
const url = /^https:\/\/[^\s/]+/;

/** Every setting with its form; those without `else` have to be given. docs/operator-guide.md explains each. */
const knobs = {
  account: { is: "the 12 digits of the account that Muster is to live in, its own", form: account },
  region: { is: "a region, such as eu-west-1", form: /^[a-z]{2}(-[a-z]+)+-\d$/ },
  productionAccounts: {
    is: "accounts, divided by commas, that Muster must never live in",
    form: text,
    else: "",
  },
  senderAccounts: { is: "accounts, divided by commas, that send alarms", form: text, else: "" },
  senderOrganization: { is: "an AWS organization that sends alarms", form: /^o-[a-z0-9]{10,32}$/, else: "" },
  operatorEmail: { is: "the address that hears when Muster itself is ill", form: /^[^\s@]+@[^\s@]+$/ },
  signInIssuer: { is: "the address of the OIDC issuer that signs people in", form: url },
  signInClient: { is: "the id of Muster's application at that issuer", form: text },
  signInAudience: { is: "the audience of its tokens, where it is not the client's id", form: text, else: "" },
  signInScope: {
    is: "Muster's own scope, as access tokens bear it, which each of them then needs",
    form: /^[^\s,"\\]+$/,
    else: "",
  },
  signInScopes: { is: "the scopes to ask for", form: text, else: "openid profile email" },
  signInBearer: {
    is: "access_token or id_token",
    form: /^(access|id)_token$/,
    else: "",
  },
  signInOrigins: { is: "further origins of the sign-in, divided by commas", form: text, else: "" },
  twilioParameter: {
    is: "the SecureString with Twilio's credentials",
    form: /^\/[\w./-]+$/,
    else: "/muster/twilio",
  },
  twilioFrom: { is: "the number that calls and texts come from, as +…", form: /^\+\d{7,15}$/ },
  twilioMessagingService: {
    is: "the messaging service that texts come from instead",
    form: /^MG[0-9a-f]{32}$/,
    else: "",
  },
  twilioFallbackUrl: {
    is: "where Twilio asks what to say when this hub can't answer: another region's hub",
    form: url,
    else: "",
  },
  secondCarrierSms: {
    is: "the id of the number or pool that texts come from while Twilio is down, phone-… or pool-…",
    form: origin,
    else: "",
  },
  secondCarrierVoice: {
    is: "the id of the number or pool that spoken messages come from then, phone-… or pool-…",
    form: origin,
    else: "",
  },
  secondCarrierConfigurationSet: {
    is: "the name of a configuration set for them",
    form: /^[\w-]{1,64}$/,
    else: "",
  },
  hubKeyParameter: {
    is: "the SecureString with the hub's own key, of which PINs and links are made",
    form: /^\/[\w./-]+$/,
    else: "/muster/hub-key",
  },
  teamsBotApp: { is: "the id of the bot's app, a GUID", form: guid, else: "" },
  teamsTenant: { is: "the id of the tenant that people are in, a GUID", form: guid, else: "" },
  teamsParameter: {
    is: "the SecureString with the secret of the bot's app",
    form: /^\/[\w./-]+$/,
    else: "/muster/teams",
  },
  chatSite: {
    is: "the conversation in which the chat is probed, https://…/v3/conversations/…",
    form: /^https:\/\/[^\s/]+\/(\S*\/)?v3\/conversations\/[^\s/]+$/,
    else: "",
  },
  teamsTabApp: {
    is: "the id of the application by which the tab in Teams signs people in",
    form: guid,
    else: "",
  },
  domain: { is: "a host name of its own for the hub", form: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, else: "" },
  certificate: {
    is: "the ARN of a certificate for it, in the same account",
    form: /^arn:aws:acm:/,
    else: "",
  },
  regionLetter: { is: "the letter that reply codes begin with", form: /^[A-Z]$/, else: "A" },
  config: { is: "the organisation's file", form: text, else: "muster.yaml" },
  protected: {
    is: "true, or false for a first deployment, which has to leave nothing behind if it fails",
    form: /^(true|false)$/,
    else: "true",
  },
  adoptTable: {
    is: "the ARN of the stream of a table to go on with, arn:aws:dynamodb:…:table/NAME/stream/…",
    form: tableStream,
    else: "",
  },
} as const satisfies Record<string, Knob>;

type Name = keyof typeof knobs;

/** Enough to read the template and to test it, where no account is given. */
const specimen: Partial<Record<Name, string>> = {
  account: nobodysAccount,
  region: "eu-west-1",
  operatorEmail: "operator@example.com",
  signInIssuer: "https://issuer.example.com",
  signInClient: "muster",
  twilioFrom: "+12025550100",
};

export const settingNames: readonly string[] = Object.keys(knobs);

/** The account and region of the credentials at hand, if there are any. */
interface Surroundings {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

export function readSettings(context: Context, surroundings: Surroundings): Settings {
  const found = findSettings(context, surroundings);
  if (found.faults.length > 0)
    throw new Error(`Muster can't be synthesized like this:\n- ${found.faults.join("\n- ")}`);
  return found.settings;
}

/** The settings as they are given, and everything that is wrong with them. */
export function findSettings(
  context: Context,
  surroundings: Surroundings,
): { readonly settings: Settings; readonly faults: readonly string[] } {
  const given = (name: Name): string => valueOf(context(name));
  const surrounding: Partial<Record<Name, string | undefined>> = surroundings;
  const isSpecimen = given("account") === "" && surroundings.account === undefined;
  const value = (name: Name): string => {
    const knob: Knob = knobs[name];
    const said = given(name) || surrounding[name] || (isSpecimen ? specimen[name] : undefined);
    return said ?? knob.else ?? "";
  };

  const faults = (Object.keys(knobs) as Name[]).flatMap((name) => faultOf(name, value(name)));
  const settings = assemble(value);
  faults.push(...contradictions(settings, list(value("productionAccounts"))));
  return { settings, faults };
}

function valueOf(said: unknown): string {
  if (said === undefined || said === null) return "";
  if (Array.isArray(said)) return said.map(String).join(",");
  return typeof said === "string" ? said.trim() : JSON.stringify(said);
}

const list = (value: string): readonly string[] =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

function faultOf(name: Name, value: string): readonly string[] {
  const knob: Knob = knobs[name];
  if (value === "")
    return knob.else === undefined ? [`${name} is missing: give -c ${name}=…, ${knob.is}`] : [];
  return knob.form.test(value) ? [] : [`${name} is "${value}", but should be ${knob.is}`];
}

function contradictions(settings: Settings, productionAccounts: readonly string[]): readonly string[] {
  const faults = [...settings.senderAccounts, ...productionAccounts]
    .filter((one) => !account.test(one))
    .map((one) => `"${one}" is not an account of 12 digits`);
  if (productionAccounts.includes(settings.account)) {
    faults.push(
      `account ${settings.account} is listed as production: the hub has to be up when that account is down`,
    );
  }
  if (settings.senderAccounts.includes(settings.account)) {
    faults.push(`account ${settings.account} is to be watched by Muster, so Muster can't live in it`);
  }
  if (
    settings.account !== nobodysAccount &&
    settings.senderAccounts.length + productionAccounts.length === 0
  ) {
    faults.push(
      "say which accounts are production (-c productionAccounts=…), so that none is taken by mistake",
    );
  }
  const { teams, chatSite } = settings;
  if (teams !== undefined && (teams.app === "" || teams.tenant === ""))
    faults.push("a bot needs both, -c teamsBotApp=… and -c teamsTenant=…");
  if (chatSite !== undefined && teams === undefined)
    faults.push("chatSite is probed by the bot: give -c teamsBotApp=… and -c teamsTenant=… as well");
  if (
    settings.domain !== undefined &&
    !settings.domain.certificate.includes(`:${settings.region}:${settings.account}:`)
  ) {
    faults.push(`${settings.domain.name} needs -c certificate=…, of this account and region`);
  }
  const [, region, owner] = tableStream.exec(settings.adoptTable?.stream ?? "") ?? [];
  if (owner !== undefined && (owner !== settings.account || region !== settings.region))
    faults.push(
      `adoptTable is of account ${owner} in ${region}: a hub goes on only with a table of its own account and region`,
    );
  return [...faults, ...signInFaults(settings), ...tabFaults(settings)];
}

const microsoft =
  /^https:\/\/(login(\.partner)?\.microsoftonline\.[a-z]+|(login|sts)\.chinacloudapi\.cn|sts\.windows\.net)\//;
const oneTenant = /^https:\/\/[^/]+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//;
/** The tenant of personal accounts, which anybody can make. */
const personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad";

/** Settings by which nobody could sign in, or too many could. */
function signInFaults({ signIn }: Settings): readonly string[] {
  const { issuer, clientId, audience, scope, scopes, bearer } = signIn;
  const faults: string[] = [];
  const asked = scopes.split(/\s+/);
  if (bearer === "access_token" && scope === undefined && audience === clientId)
    faults.push(
      "signInBearer is access_token, but nothing says which access tokens are meant for Muster: give -c signInAudience=… (Muster's own API at the issuer) or -c signInScope=…, or take the ID token with -c signInBearer=id_token",
    );
  if (bearer === "id_token" && scope !== undefined)
    faults.push(
      `signInScope is "${scope}", but ID tokens bear no scopes: leave it out, or give -c signInBearer=access_token`,
    );
  if (bearer === "id_token" && audience !== clientId)
    faults.push(
      `signInAudience is "${audience}", but an ID token is for the client "${clientId}": leave it out, or give -c signInBearer=access_token`,
    );
  // Entra writes the last part of what was asked for.
  if (scope !== undefined && !asked.some((each) => each === scope || each.endsWith(`/${scope}`)))
    faults.push(
      `signInScope is "${scope}", but it is not asked for: add it to -c signInScopes="${scopes} …"`,
    );
  if (!asked.includes("openid"))
    faults.push(`signInScopes is "${scopes}": add openid, or there is no ID token to check the sign-in by`);
  if (microsoft.test(issuer) && [undefined, personalAccounts].includes(oneTenant.exec(issuer)?.[1]))
    faults.push(
      `signInIssuer is "${issuer}", which signs in people of every organisation: give the issuer of your tenant, https://login.microsoftonline.com/TENANT-ID/v2.0 with the id in small letters`,
    );
  return faults;
}

const ownTenant =
  /^https:\/\/login\.microsoftonline\.com\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/v2\.0$/;

/** The API takes tokens of one issuer. Those of the tab have to come from it, those of the bot must never do. */
function tabFaults({ teamsTabApp, teams, signIn }: Settings): readonly string[] {
  const faults: string[] = [];
  const [, tenant] = ownTenant.exec(signIn.issuer) ?? [];
  if (teamsTabApp !== undefined && tenant === undefined)
    faults.push(
      `teamsTabApp needs -c signInIssuer=https://login.microsoftonline.com/TENANT/v2.0, with the id of your tenant in small letters: by "${signIn.issuer}" nobody comes in from Teams, or too many`,
    );
  if (tenant !== undefined && teams !== undefined && teams.tenant !== tenant)
    faults.push(
      `teamsTenant is ${teams.tenant}, but people sign in to ${tenant}: the chat and the web have to know the same people`,
    );
  const audiences: Readonly<Record<string, string | undefined>> = {
    teamsTabApp,
    signInAudience: signIn.audience,
  };
  for (const [name, audience] of Object.entries(audiences))
    if (teams !== undefined && audience?.toLowerCase() === teams.app)
      faults.push(
        `${name} is the bot's app: give it an app of its own, or what the bot is sent would open the API`,
      );
  return faults;
}

/** Any provider gives ID tokens, for the client alone; an access token has to be meant for Muster by something of its own. */
function bearerOf(value: (name: Name) => string): "access_token" | "id_token" {
  const said = value("signInBearer");
  if (said !== "") return said === "id_token" ? "id_token" : "access_token";
  return value("signInScope") !== "" || !["", value("signInClient")].includes(value("signInAudience"))
    ? "access_token"
    : "id_token";
}

function tableBehind(stream: string): Settings["adoptTable"] {
  const [, , , name] = tableStream.exec(stream) ?? [];
  return name === undefined ? undefined : { name, stream };
}

function assemble(value: (name: Name) => string): Settings {
  const optional = (name: Name): string | undefined => value(name) || undefined;
  const domain = optional("domain");
  const [app, tenant] = [value("teamsBotApp").toLowerCase(), value("teamsTenant").toLowerCase()];
  return {
    account: value("account"),
    region: value("region"),
    senderAccounts: list(value("senderAccounts")),
    senderOrganization: optional("senderOrganization"),
    operatorEmail: value("operatorEmail"),
    signIn: {
      issuer: value("signInIssuer"),
      clientId: value("signInClient"),
      audience: optional("signInAudience") ?? value("signInClient"),
      scope: optional("signInScope"),
      scopes: value("signInScopes"),
      bearer: bearerOf(value),
      origins: list(value("signInOrigins")),
    },
    twilio: {
      parameter: value("twilioParameter"),
      from: value("twilioFrom"),
      messagingService: optional("twilioMessagingService"),
      fallbackUrl: optional("twilioFallbackUrl"),
    },
    secondCarrier: {
      sms: optional("secondCarrierSms"),
      voice: optional("secondCarrierVoice"),
      configurationSet: optional("secondCarrierConfigurationSet"),
    },
    hubKeyParameter: value("hubKeyParameter"),
    teams: `${app}${tenant}` === "" ? undefined : { app, tenant, parameter: value("teamsParameter") },
    chatSite: optional("chatSite"),
    teamsTabApp: optional("teamsTabApp")?.toLowerCase(),
    domain: domain === undefined ? undefined : { name: domain, certificate: value("certificate") },
    regionLetter: value("regionLetter"),
    config: value("config"),
    isProtected: value("protected") === "true",
    adoptTable: tableBehind(value("adoptTable")),
  };
}
