// The composition root on AWS: one factory per port, so that a function's bundle carries what its row uses and no more.
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { onceOnly, patience, patienceForSecrets } from "./adapters/aws/clients.ts";
import { systemClock } from "./adapters/aws/clock.ts";
import { eventBridgeBus } from "./adapters/aws/event-bridge-bus.ts";
import { laterCaller, laterChannel, laterRooms, laterSecret } from "./adapters/aws/later-channel.ts";
import { secureMint } from "./adapters/aws/mint.ts";
import { packedConfig } from "./adapters/aws/packed-config.ts";
import { parameterSecret } from "./adapters/aws/parameter-secret.ts";
import { type Queues, withQueueLetters } from "./adapters/aws/queue-letters.ts";
import { secondCarrierBy } from "./adapters/aws/second-carrier.ts";
import { sqsWakeUps } from "./adapters/aws/sqs-wake-ups.ts";
import { awsTools } from "./adapters/aws/tools.ts";
import { dynamoAlerts } from "./adapters/dynamodb/alerts.ts";
import { dynamoClaims } from "./adapters/dynamodb/claims.ts";
import { dynamoClient } from "./adapters/dynamodb/client.ts";
import { dynamoConfigItems } from "./adapters/dynamodb/config-items.ts";
import { dynamoDeadLetters } from "./adapters/dynamodb/dead-letters.ts";
import { dynamoIncidents } from "./adapters/dynamodb/incidents.ts";
import { dynamoJournal } from "./adapters/dynamodb/journal.ts";
import { dynamoLeases } from "./adapters/dynamodb/leases.ts";
import { dynamoMembers } from "./adapters/dynamodb/members.ts";
import { dynamoFeedReader } from "./adapters/dynamodb/stream.ts";
import { dynamoTimers } from "./adapters/dynamodb/timers.ts";
import { derivedDialIn } from "./adapters/hub-key/dial-in.ts";
import { readHubKey } from "./adapters/hub-key/hub-key.ts";
import { signedLinks } from "./adapters/hub-key/links.ts";
import { microsoft } from "./adapters/teams/addresses.ts";
import { noBot, botProof as proofOf } from "./adapters/teams/bot-proof.ts";
import { teamsChannel } from "./adapters/teams/channel.ts";
import { noChannels, teamsChannels } from "./adapters/teams/channels.ts";
import { noChat, teamsChat } from "./adapters/teams/chat.ts";
import { noChatSite, teamsChatSite } from "./adapters/teams/chat-site.ts";
import { botSecret } from "./adapters/teams/secret.ts";
import { speakingAs } from "./adapters/teams/speaking.ts";
import { twilioRecordings } from "./adapters/twilio/recordings.ts";
import { twilioRooms } from "./adapters/twilio/rooms.ts";
import { accountBy, type TwilioSecret, twilioSecret } from "./adapters/twilio/secret.ts";
import { twilioSignatureBy } from "./adapters/twilio/signature.ts";
import { twilioSms } from "./adapters/twilio/sms.ts";
import { twimlScripts } from "./adapters/twilio/twiml.ts";
import { twilioVoice } from "./adapters/twilio/voice.ts";
import { pagesAt } from "./command-post.ts";
import { optional, required, requiredJson } from "./config.ts";
import { carriers } from "./core/contact.ts";
import type { Tools } from "./lambda.ts";
import type {
  BotProof,
  CallScripts,
  CarrierNames,
  Channels,
  Chat,
  ChatChannels,
  ChatSite,
  CommandPost,
  DialIn,
  Links,
  Recordings,
  Rooms,
  SecondCarrier,
  SignIn,
  SignInSettings,
  TwilioSignature,
} from "./ports.ts";
import type { FunctionName } from "./subscriptions.ts";

export const tools = (name: FunctionName): Tools => awsTools(name);

export const clock = () => systemClock;
export const mint = () => secureMint(systemClock, required(["REGION_LETTER"]).REGION_LETTER);

const access = once(() => ({ client: dynamoClient(), table: required(["TABLE_NAME"]).TABLE_NAME }));
export const journal = () => dynamoJournal(access());
export const claims = () => dynamoClaims(access());
export const timers = () => dynamoTimers(access());
export const incidents = () => dynamoIncidents(access());
export const alerts = () => dynamoAlerts(access());
export const members = () => dynamoMembers(access());
export const leases = () => dynamoLeases(access());
export const configItems = () => dynamoConfigItems(access());
export const feedReader = () => dynamoFeedReader;

export const bus = () => eventBridgeBus(new EventBridgeClient(patience), required(["BUS_NAME"]).BUS_NAME);

const sqs = once(() => new SQSClient(patience));
export const wakeUps = () => sqsWakeUps(sqs(), required(["WAKE_UPS_URL"]).WAKE_UPS_URL);
export const deadLetters = () =>
  withQueueLetters(dynamoDeadLetters(access()), sqs(), () => requiredJson<Queues>("QUEUES"), systemClock);

export const configAsset = () => packedConfig(required(["CONFIG_FILE"]).CONFIG_FILE);
export const signInSettings = (): SignInSettings => {
  const signIn = requiredJson<SignIn>("SIGN_IN");
  return { signIn: () => signIn };
};

const parameters = once(() => new SSMClient(patienceForSecrets));

const twilio = once(() => {
  const { TWILIO_PARAMETER, PUBLIC_URL } = required(["TWILIO_PARAMETER", "PUBLIC_URL"]);
  const secret = parameterSecret<TwilioSecret>(parameters(), TWILIO_PARAMETER, systemClock, twilioSecret);
  return { secret, publicUrl: PUBLIC_URL };
});

/** Where Twilio's API is, if not at its own address. */
function twilioApi(): { readonly apiUrl?: string } {
  const apiUrl = optional("TWILIO_API_URL");
  return apiUrl === undefined ? {} : { apiUrl };
}

export const channels = (): Channels => {
  const { secret, publicUrl } = twilio();
  const { TWILIO_SENDER, TWILIO_CALLER } = required(["TWILIO_SENDER", "TWILIO_CALLER"]);
  const sender = TWILIO_SENDER.startsWith("MG")
    ? { messagingServiceSid: TWILIO_SENDER }
    : { from: TWILIO_SENDER };
  const fallbackUrl = optional("TWILIO_FALLBACK_URL");
  const about = { publicUrl, ...twilioApi() };
  const sms = laterChannel(secret, (found) => twilioSms({ ...about, ...accountBy(found, secret), sender }));
  const voice = laterCaller(secret, (found) =>
    twilioVoice({
      ...about,
      ...accountBy(found, secret),
      from: TWILIO_CALLER,
      ...(fallbackUrl === undefined ? {} : { fallbackUrl }),
    }),
  );
  return { sms, voice, teams: teamsChannel(chat()) };
};

export const recordings = (): Recordings => {
  const { secret } = twilio();
  const api = twilioApi();
  return {
    async read(recording) {
      return twilioRecordings({ ...accountBy(await secret(), secret), ...api }).read(recording);
    },
  };
};

export const secondCarrier = (): SecondCarrier => {
  const [sms, voice] = [optional("SECOND_SMS_IDENTITY"), optional("SECOND_VOICE_IDENTITY")];
  const configurationSet = optional("SECOND_CONFIGURATION_SET");
  return secondCarrierBy(new PinpointSMSVoiceV2Client(onceOnly), { sms, voice, configurationSet });
};

/** Of the others their settings only: whoever tells of them does not send by them. */
export const carrierNames = (): CarrierNames => {
  const hasSecond = [optional("SECOND_SMS_IDENTITY"), optional("SECOND_VOICE_IDENTITY")].some(
    (identity) => identity !== undefined,
  );
  const isThere = { twilio: true, aws: hasSecond, teams: optional("TEAMS_APP") !== undefined };
  return { all: () => carriers.filter((name) => isThere[name]) };
};

/** The hub's own key, read when something is first made by it. */
const hubKey = once(() =>
  parameterSecret(parameters(), required(["HUB_KEY_PARAMETER"]).HUB_KEY_PARAMETER, systemClock, readHubKey),
);
export const links = (): Links => signedLinks(hubKey(), required(["PUBLIC_URL"]).PUBLIC_URL);

export const rooms = (): Rooms => {
  const { secret, publicUrl } = twilio();
  const about = { publicUrl, ...twilioApi() };
  return laterRooms(secret, (found) => twilioRooms({ ...about, ...accountBy(found, secret) }));
};

export const callScripts = (): CallScripts => twimlScripts(required(["PUBLIC_URL"]).PUBLIC_URL);

export const twilioSignature = (): TwilioSignature => {
  const { secret, publicUrl } = twilio();
  return twilioSignatureBy(secret, publicUrl);
};

/** Undefined where this hub has no bot. */
const bot = once(() => {
  const app = optional("TEAMS_APP");
  if (app === undefined) return undefined;
  const { TEAMS_TENANT, TEAMS_PARAMETER } = required(["TEAMS_TENANT", "TEAMS_PARAMETER"]);
  const secret = laterSecret(parameterSecret(parameters(), TEAMS_PARAMETER, systemClock, botSecret));
  return speakingAs({ app, tenant: TEAMS_TENANT, secret, clock: systemClock });
});
export const chat = once((): Chat => {
  const speaking = bot();
  return speaking === undefined ? noChat : teamsChat(speaking);
});
export const chatChannels = (): ChatChannels => {
  const speaking = bot();
  return speaking === undefined ? noChannels : teamsChannels(speaking);
};

export const botProof = (): BotProof => {
  const app = optional("TEAMS_APP");
  if (app === undefined) return noBot;
  const { TEAMS_TENANT } = required(["TEAMS_TENANT"]);
  return proofOf({ app, tenant: TEAMS_TENANT, clock: systemClock, addresses: microsoft });
};

/** Looked at only where the operator says in which conversation. */
export const chatSite = (): ChatSite => {
  const conversation = optional("CHAT_SITE_URL");
  const speaking = conversation === undefined ? undefined : bot();
  return speaking === undefined || conversation === undefined
    ? noChatSite
    : teamsChatSite(speaking, conversation);
};

export const commandPost = (): CommandPost => pagesAt(required(["PUBLIC_URL"]).PUBLIC_URL);

export const dialIn = (): DialIn => derivedDialIn(hubKey(), optional("TWILIO_CALLER"));

/** Made when it is first asked for; what nobody asks for is left out of a bundle. */
/* @__NO_SIDE_EFFECTS__ */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
