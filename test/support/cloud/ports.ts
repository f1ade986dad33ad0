// The ports of one function as functions/wiring.ts makes them on AWS, with its own clients and the template's environment;
// only the clock, and where AWS and Twilio are, differ. A function gets what its row names, down to the promise. The rehearsal
// runs the real wiring, in a process for each function, and takes three times as long: that is too long for so many nights.
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { PinpointSMSVoiceV2Client } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { onceOnly, patience } from "../../../functions/adapters/aws/clients.ts";
import { eventBridgeBus } from "../../../functions/adapters/aws/event-bridge-bus.ts";
import {
  laterCaller,
  laterChannel,
  laterRooms,
  laterSecret,
} from "../../../functions/adapters/aws/later-channel.ts";
import { secureMint } from "../../../functions/adapters/aws/mint.ts";
import { parameterSecret } from "../../../functions/adapters/aws/parameter-secret.ts";
import { type Queues, withQueueLetters } from "../../../functions/adapters/aws/queue-letters.ts";
import { secondCarrierBy } from "../../../functions/adapters/aws/second-carrier.ts";
import { sqsWakeUps } from "../../../functions/adapters/aws/sqs-wake-ups.ts";
import { dynamoClient } from "../../../functions/adapters/dynamodb/client.ts";
import { dynamoStore } from "../../../functions/adapters/dynamodb/store.ts";
import { dynamoFeedReader } from "../../../functions/adapters/dynamodb/stream.ts";
import { derivedDialIn } from "../../../functions/adapters/hub-key/dial-in.ts";
import { readHubKey } from "../../../functions/adapters/hub-key/hub-key.ts";
import { signedLinks } from "../../../functions/adapters/hub-key/links.ts";
import type { TeamsAddresses } from "../../../functions/adapters/teams/addresses.ts";
import { teamsBot } from "../../../functions/adapters/teams/bot.ts";
import { botProof, noBot } from "../../../functions/adapters/teams/bot-proof.ts";
import { teamsChannel } from "../../../functions/adapters/teams/channel.ts";
import { noChannels } from "../../../functions/adapters/teams/channels.ts";
import { noChat } from "../../../functions/adapters/teams/chat.ts";
import { noChatSite } from "../../../functions/adapters/teams/chat-site.ts";
import { botSecret } from "../../../functions/adapters/teams/secret.ts";
import { twilioRecordings } from "../../../functions/adapters/twilio/recordings.ts";
import { twilioRooms } from "../../../functions/adapters/twilio/rooms.ts";
import { accountBy, twilioSecret } from "../../../functions/adapters/twilio/secret.ts";
import { twilioSignatureBy } from "../../../functions/adapters/twilio/signature.ts";
import { twilioSms } from "../../../functions/adapters/twilio/sms.ts";
import { twimlScripts } from "../../../functions/adapters/twilio/twiml.ts";
import { twilioVoice } from "../../../functions/adapters/twilio/voice.ts";
import { pagesAt } from "../../../functions/command-post.ts";
import { optional, required, requiredJson } from "../../../functions/config.ts";
import { carriers } from "../../../functions/core/contact.ts";
import type { Clock, Ports } from "../../../functions/ports.ts";
import {
  type FunctionName,
  type PortName,
  type PortsOf,
  subscriptions,
} from "../../../functions/subscriptions.ts";
import { secondAccount } from "../../../infra/local/simulator/second-carrier/account.ts";
import { type LocalSettings, tellOfWrites } from "../dynamodb-table.ts";
import type { Recorder } from "../record-aws.ts";
import type { Wire } from "../rehearsal/wire.ts";
import { region } from "./deployment.ts";

export interface Account {
  readonly clock: Clock;
  /** Of the table. */
  readonly settings: LocalSettings;
  /** Every service but the table. */
  readonly wire: Wire;
  readonly recorder: Recorder;
  /** Told of every write to the table. */
  readonly onWrite: () => void;
  readonly config: string;
  readonly twilioApiUrl: string;
  readonly secondCarrierUrl: string;
  readonly teams: TeamsAddresses;
}

export interface Made<Name extends FunctionName> {
  readonly ports: PortsOf<Name>;
  destroy(): void;
}

type Factories = { readonly [Port in PortName]: () => Ports[Port] };

export function portsFor<Name extends FunctionName>(
  name: Name,
  environment: Readonly<Record<string, string>>,
  { clock, settings, wire, recorder, onWrite, config, twilioApiUrl, secondCarrierUrl, teams }: Account,
): Made<Name> {
  const credentials = { accessKeyId: wire.keyOf(name), secretAccessKey: "of the twin" };
  const elsewhere = { ...patience, endpoint: wire.url, region, credentials };
  const dynamo = dynamoClient(settings);
  const bridge = new EventBridgeClient(elsewhere);
  const sqs = new SQSClient(elsewhere);
  const ssm = new SSMClient(elsewhere);
  const carrier = new PinpointSMSVoiceV2Client({
    ...onceOnly,
    region: secondAccount.region,
    credentials: secondAccount.credentials,
    endpoint: secondCarrierUrl,
  });
  const clients = [dynamo, bridge, sqs, ssm, carrier];
  for (const client of clients) recorder.watch(client, name);
  tellOfWrites(dynamo, onWrite);

  const value = (variable: string): string => required([variable], environment)[variable] ?? "";
  const store = () => dynamoStore(dynamo, value("TABLE_NAME"));
  const secret = parameterSecret(ssm, environment["TWILIO_PARAMETER"] ?? "", clock, twilioSecret);
  const hubKey = parameterSecret(ssm, environment["HUB_KEY_PARAMETER"] ?? "", clock, readHubKey);
  const [app, tenant] = [environment["TEAMS_APP"], environment["TEAMS_TENANT"] ?? ""];
  const bot = app
    ? teamsBot({
        app,
        tenant,
        secret: laterSecret(parameterSecret(ssm, environment["TEAMS_PARAMETER"] ?? "", clock, botSecret)),
        clock,
        addresses: teams,
      })
    : undefined;
  const factories: Factories = {
    clock: () => clock,
    mint: () => secureMint(clock, value("REGION_LETTER")),
    journal: () => store().journal,
    claims: () => store().claims,
    timers: () => store().timers,
    incidents: () => store().incidents,
    alerts: () => store().alerts,
    members: () => store().members,
    leases: () => store().leases,
    configItems: () => store().configItems,
    configAsset: () => ({ read: () => Promise.resolve(config) }),
    bus: () => eventBridgeBus(bridge, value("BUS_NAME")),
    wakeUps: () => sqsWakeUps(sqs, value("WAKE_UPS_URL")),
    feedReader: () => dynamoFeedReader,
    deadLetters: () =>
      withQueueLetters(store().deadLetters, sqs, () => requiredJson<Queues>("QUEUES", environment), clock),
    channels: () => ({
      sms: laterChannel(secret, (found) =>
        twilioSms({
          ...accountBy(found, secret),
          sender: { messagingServiceSid: value("TWILIO_SENDER") },
          publicUrl: value("PUBLIC_URL"),
          apiUrl: twilioApiUrl,
        }),
      ),
      voice: laterCaller(secret, (found) =>
        twilioVoice({
          ...accountBy(found, secret),
          from: value("TWILIO_CALLER"),
          publicUrl: value("PUBLIC_URL"),
          fallbackUrl: value("TWILIO_FALLBACK_URL"),
          apiUrl: twilioApiUrl,
        }),
      ),
      teams: teamsChannel(bot?.chat ?? noChat),
    }),
    secondCarrier: () =>
      secondCarrierBy(carrier, {
        sms: optional("SECOND_SMS_IDENTITY", environment),
        voice: optional("SECOND_VOICE_IDENTITY", environment),
        configurationSet: optional("SECOND_CONFIGURATION_SET", environment),
      }),
    carrierNames: () => {
      const second = ["SECOND_SMS_IDENTITY", "SECOND_VOICE_IDENTITY"];
      const isThere = { twilio: true, aws: second.some((name) => environment[name]), teams: Boolean(app) };
      return { all: () => carriers.filter((carrier) => isThere[carrier]) };
    },
    callScripts: () => twimlScripts(value("PUBLIC_URL")),
    twilioSignature: () => twilioSignatureBy(secret, value("PUBLIC_URL")),
    rooms: () =>
      laterRooms(secret, (found) =>
        twilioRooms({ ...accountBy(found, secret), publicUrl: value("PUBLIC_URL"), apiUrl: twilioApiUrl }),
      ),
    chat: () => bot?.chat ?? noChat,
    chatChannels: () => bot?.channels ?? noChannels,
    botProof: () => (app ? botProof({ app, tenant, clock, addresses: teams }) : noBot),
    commandPost: () => pagesAt(value("PUBLIC_URL")),
    chatSite: () => {
      const conversation = environment["CHAT_SITE_URL"];
      return (conversation ? bot?.site(conversation) : undefined) ?? noChatSite;
    },
    dialIn: () => derivedDialIn(hubKey, environment["TWILIO_CALLER"]),
    recordings: () => ({
      async read(recording) {
        const account = accountBy(await secret(), secret);
        return twilioRecordings({ ...account, apiUrl: twilioApiUrl }).read(recording);
      },
    }),
    links: () => signedLinks(hubKey, value("PUBLIC_URL")),
    // The nights order as the operator of a machine; how people sign in to a deployment is the rehearsal's affair.
    signInSettings: () => ({ signIn: () => ({ mode: "local" }) }),
  };
  const row: {
    readonly uses: readonly PortName[];
    readonly only?: Partial<Record<PortName, readonly string[]>>;
  } = subscriptions[name];
  const ports = row.uses.map((port) => [port, narrowed(factories[port](), row.only?.[port])]);
  return {
    ports: Object.fromEntries(ports) as PortsOf<Name>,
    destroy() {
      for (const client of clients) client.destroy();
    },
  };
}

const narrowed = (port: object, only: readonly string[] | undefined): object =>
  only === undefined
    ? port
    : Object.fromEntries(only.map((method) => [method, (port as Readonly<Record<string, unknown>>)[method]]));
