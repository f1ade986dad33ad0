// The second carrier: AWS End User Messaging SMS and voice, for the night in which the first one is down as a whole. It
// carries a text, or speaks one and hangs up; it takes no keys, and what became of a message can't be looked up.
import {
  type PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  SendVoiceMessageCommand,
  type VoiceId,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { reportKey } from "../../core/report.ts";
import { hours, seconds } from "../../core/time.ts";
import type {
  Channel,
  Delivery,
  Outbound,
  OutboundSpeech,
  OutboundText,
  SecondCarrier,
} from "../../ports.ts";
import { failureOf } from "./second-carrier-failures.ts";

/** What our messages come from: a number, or the id or ARN of a number or pool. Without one the deployment lacks that way. */
export interface Origins {
  readonly sms: string | undefined;
  readonly voice: string | undefined;
  readonly configurationSet: string | undefined;
}

export const secondCarrierBy = (
  client: PinpointSMSVoiceV2Client,
  { sms, voice, configurationSet }: Origins,
): SecondCarrier => ({
  sms: sms === undefined ? undefined : texts(client, { identity: sms, configurationSet }),
  voice: voice === undefined ? undefined : speech(client, { identity: voice, configurationSet }),
});

interface Origin {
  readonly identity: string;
  readonly configurationSet: string | undefined;
}

const texts = (client: PinpointSMSVoiceV2Client, origin: Origin): Channel<OutboundText> => ({
  find,
  send: (message) =>
    handed(
      client.send(
        new SendTextMessageCommand({
          ...common(message, origin),
          MessageBody: message.text,
          MessageType: "TRANSACTIONAL",
        }),
      ),
    ),
});

const speech = (client: PinpointSMSVoiceV2Client, origin: Origin): Channel<OutboundSpeech> => ({
  find,
  send: (message) =>
    handed(
      client.send(
        new SendVoiceMessageCommand({
          ...common(message, origin),
          MessageBody: message.text.slice(0, longestSpeech).toWellFormed(),
          // Never SSML: words from outside stand in it.
          MessageBodyTextType: "TEXT",
          VoiceId: voices[message.language] ?? "JOANNA",
        }),
      ),
    ),
});

// https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendVoiceMessage.html: 3,000 characters of text.
const longestSpeech = 3_000;
const voices: Readonly<Record<string, VoiceId>> = { "en-US": "JOANNA", "en-GB": "AMY" };

// The same page: whole seconds from 5 to 259,200 (72 hours).
const shortestValidity = seconds(5);
const longestValidity = hours(72);

const common = ({ to, reportTo, validFor }: Outbound, { identity, configurationSet }: Origin) => ({
  DestinationPhoneNumber: to,
  OriginationIdentity: identity,
  TimeToLive: Math.round(Math.min(Math.max(validFor, shortestValidity), longestValidity) / 1000),
  ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
  ...(reportTo === "" ? {} : { Context: { [reportKey]: reportTo } }),
});

async function handed(sending: Promise<{ readonly MessageId?: string | undefined }>): Promise<Delivery> {
  try {
    const { MessageId } = await sending;
    return MessageId === undefined
      ? { outcome: "unknown", reason: "provider-error" }
      : { outcome: "done", receipt: MessageId };
  } catch (error) {
    return failureOf(error);
  }
}

/** The service lists no messages: what is in doubt stays so until an event tells. */
const find = (): Promise<Delivery> => Promise.resolve({ outcome: "unknown", reason: "not-delivered" });
