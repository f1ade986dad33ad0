// The two operations that send, as far as they are simulated: what they take, with the bounds of the service's reference.
// https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html and …/API_SendVoiceMessage.html
import * as z from "zod";
import type { Refused } from "./wire.ts";

const common = {
  DestinationPhoneNumber: z.string().regex(/^\+?[1-9][0-9]{1,18}$/),
  OriginationIdentity: z.string().min(1).max(256),
  TimeToLive: z.int().min(5).max(259_200).default(259_200),
  ConfigurationSetName: z.string().min(1).max(256).optional(),
  Context: z
    .record(z.string().regex(/^\S{1,100}$/), z.string().regex(/^\S(.{0,798}\S)?$/s))
    .refine((entries) => Object.keys(entries).length <= 5)
    .default({}),
};

const text = z.strictObject({
  ...common,
  MessageBody: z.string().max(1600).regex(/\S/),
  MessageType: z.enum(["TRANSACTIONAL", "PROMOTIONAL"]).optional(),
});

const voice = z.strictObject({
  ...common,
  MessageBody: z.string().max(3000).regex(/\S/),
  MessageBodyTextType: z.literal("TEXT").optional(),
  VoiceId: z
    .string()
    .regex(/^[A-Z]+$/)
    .default("MATTHEW"),
});

export interface Wanted {
  readonly channel: "text" | "voice";
  readonly to: string;
  readonly identity: string;
  readonly body: string;
  readonly context: Readonly<Record<string, string>>;
}

export function wanted(operation: string, input: Readonly<Record<string, unknown>>): Wanted | Refused {
  const channel = channels[operation];
  if (channel === undefined) return { error: "UnknownOperationException", status: 404 };
  const read = (channel === "text" ? text : voice).safeParse(input);
  if (!read.success) {
    const field = String(read.error.issues[0]?.path[0] ?? "body");
    return { error: "ValidationException", reason: "FIELD_VALIDATION_FAILED", field };
  }
  const { DestinationPhoneNumber, OriginationIdentity, MessageBody, Context } = read.data;
  const to = DestinationPhoneNumber.startsWith("+") ? DestinationPhoneNumber : `+${DestinationPhoneNumber}`;
  return { channel, to, identity: OriginationIdentity, body: MessageBody, context: Context };
}

const channels: Readonly<Record<string, "text" | "voice">> = {
  SendTextMessage: "text",
  SendVoiceMessage: "voice",
};
