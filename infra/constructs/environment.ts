// What each port reads from the environment of its function: names and addresses, never a secret.
import type { FunctionName, PortName } from "../../functions/subscriptions.ts";
import type { Settings } from "../settings.ts";
import { rowOf } from "./naming.ts";

/** What only the deployment itself knows. */
export interface Addresses {
  readonly table: string;
  readonly bus: string;
  readonly wakeUps: string;
  readonly publicUrl: string;
  /** Function → its queue and that one's dead letters, by name. */
  readonly queues: string;
}

type Variable =
  | "TABLE_NAME"
  | "BUS_NAME"
  | "WAKE_UPS_URL"
  | "PUBLIC_URL"
  | "TWILIO_PARAMETER"
  | "TWILIO_SENDER"
  | "TWILIO_CALLER"
  | "TWILIO_FALLBACK_URL"
  | "HUB_KEY_PARAMETER"
  | "SECOND_SMS_IDENTITY"
  | "SECOND_VOICE_IDENTITY"
  | "SECOND_CONFIGURATION_SET"
  | "CHAT_SITE_URL"
  | "TEAMS_APP"
  | "TEAMS_TENANT"
  | "TEAMS_PARAMETER"
  | "QUEUES"
  | "CONFIG_FILE"
  | "REGION_LETTER"
  | "SIGN_IN";

const bot = ["TEAMS_APP", "TEAMS_TENANT", "TEAMS_PARAMETER"] as const;

const read: { readonly [Port in PortName]: readonly Variable[] } = {
  clock: [],
  mint: ["REGION_LETTER"],
  journal: ["TABLE_NAME"],
  claims: ["TABLE_NAME"],
  timers: ["TABLE_NAME"],
  incidents: ["TABLE_NAME"],
  alerts: ["TABLE_NAME"],
  members: ["TABLE_NAME"],
  leases: ["TABLE_NAME"],
  channels: [
    "TWILIO_PARAMETER",
    "TWILIO_SENDER",
    "TWILIO_CALLER",
    "TWILIO_FALLBACK_URL",
    "PUBLIC_URL",
    ...bot,
  ],
  secondCarrier: ["SECOND_SMS_IDENTITY", "SECOND_VOICE_IDENTITY", "SECOND_CONFIGURATION_SET"],
  carrierNames: ["SECOND_SMS_IDENTITY", "SECOND_VOICE_IDENTITY", "TEAMS_APP"],
  configItems: ["TABLE_NAME"],
  configAsset: ["CONFIG_FILE"],
  bus: ["BUS_NAME"],
  wakeUps: ["WAKE_UPS_URL"],
  feedReader: [],
  deadLetters: ["TABLE_NAME"],
  callScripts: ["PUBLIC_URL"],
  links: ["HUB_KEY_PARAMETER", "PUBLIC_URL"],
  twilioSignature: ["TWILIO_PARAMETER", "PUBLIC_URL"],
  recordings: ["TWILIO_PARAMETER", "PUBLIC_URL"],
  signInSettings: ["SIGN_IN"],
  rooms: ["TWILIO_PARAMETER", "PUBLIC_URL"],
  dialIn: ["HUB_KEY_PARAMETER", "TWILIO_CALLER"],
  chat: bot,
  chatChannels: bot,
  // Who proves that it is the chat needs no secret of ours.
  botProof: ["TEAMS_APP", "TEAMS_TENANT"],
  commandPost: ["PUBLIC_URL"],
  chatSite: ["CHAT_SITE_URL", ...bot],
};

/** The name that the config has inside the bundle of apply-config. */
export const packedConfigName = "muster.yaml";

export function environmentOf(
  name: FunctionName,
  addresses: Addresses,
  settings: Settings,
): Readonly<Record<string, string>> {
  const { issuer, clientId, audience, scope, scopes, bearer, origins } = settings.signIn;
  const { teamsTabApp: teamsTab } = settings;
  const { uses, only, signedIn } = rowOf(name);
  const values: Readonly<Record<Variable, string | undefined>> = {
    TABLE_NAME: addresses.table,
    BUS_NAME: addresses.bus,
    WAKE_UPS_URL: addresses.wakeUps,
    PUBLIC_URL: addresses.publicUrl,
    TWILIO_PARAMETER: settings.twilio.parameter,
    TWILIO_SENDER: settings.twilio.messagingService ?? settings.twilio.from,
    TWILIO_CALLER: settings.twilio.from,
    TWILIO_FALLBACK_URL: settings.twilio.fallbackUrl ?? `${addresses.publicUrl}/twilio/fallback`,
    HUB_KEY_PARAMETER: settings.hubKeyParameter,
    SECOND_SMS_IDENTITY: settings.secondCarrier.sms,
    SECOND_VOICE_IDENTITY: settings.secondCarrier.voice,
    SECOND_CONFIGURATION_SET: settings.secondCarrier.configurationSet,
    CHAT_SITE_URL: settings.chatSite,
    TEAMS_APP: settings.teams?.app,
    TEAMS_TENANT: settings.teams?.tenant,
    TEAMS_PARAMETER: settings.teams?.parameter,
    QUEUES: addresses.queues,
    CONFIG_FILE: packedConfigName,
    REGION_LETTER: settings.regionLetter,
    // Which tokens are meant; how to ask for one is for the page alone. Lambda's environment holds 4 KB.
    SIGN_IN: JSON.stringify({
      mode: "oidc",
      issuer,
      clientId,
      audience,
      scope,
      bearer,
      teamsTab,
      ...(signedIn === undefined ? { scopes, origins } : {}),
    }),
  };
  const names = new Set(uses.flatMap((port) => read[port]));
  // Only whoever redrives has to know the queues.
  if (uses.includes("deadLetters") && (only?.deadLetters ?? ["redrive"]).includes("redrive"))
    names.add("QUEUES");
  // Whoever only calls has no business with the bot, unless it speaks by another port as well.
  if (only?.channels?.includes("teams") === false && !uses.some((port) => port.startsWith("chat")))
    for (const variable of bot) names.delete(variable);
  if (only?.secondCarrier?.includes("voice") === false) names.delete("SECOND_VOICE_IDENTITY");
  return Object.fromEntries(
    [...names].flatMap((variable) => {
      const value = values[variable];
      return value === undefined ? [] : [[variable, value]];
    }),
  );
}
