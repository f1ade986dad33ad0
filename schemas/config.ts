// The shape of muster.yaml. References between its parts are checked in config/references.ts; the JSON Schema that
// editors use is generated from here.
import * as z from "zod";
import { subjectForm } from "../functions/core/account/account.ts";
import { phoneChannels } from "../functions/core/contact.ts";
import { sourceKinds } from "../functions/core/organisation.ts";
import { bridgeOpenings } from "../functions/core/policy.ts";
import { type CommandRole, commandRoles } from "../functions/core/roles.ts";
import { importances } from "../functions/core/severity.ts";
import { line as oneLine } from "../functions/core/text.ts";
import { hours, minutes, seconds } from "../functions/core/time.ts";
import { durationOf, durationPattern } from "./config/duration.ts";

const id = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/, "must be made of a-z, 0-9, - and _, at most 64 of them");

const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(longest)
    .refine((written) => oneLine(written, Number.POSITIVE_INFINITY) === written, {
      message: "must be one line, without characters that can't be seen",
    });

const spanWanted = "must be a span of time such as 30s, 5m or 1h30m";

const duration = (least: number, most: number) =>
  z
    .string(spanWanted)
    .regex(durationPattern, spanWanted)
    .transform((written) => durationOf(written) ?? 0)
    .refine((span) => span >= least && span <= most, {
      message: `must be between ${least / 1000} seconds and ${most / 3_600_000} hours`,
    });

const wait = duration(seconds(30), hours(24));

const oneOrMore = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item).min(1)]);

const number = z.string().describe('A phone number with its country code, in quotes: "+12025550101"');
const byChannel = Object.fromEntries(phoneChannels.map((channel) => [channel, number.optional()])) as Record<
  (typeof phoneChannels)[number],
  z.ZodOptional<typeof number>
>;
const numbers = {
  ...byChannel,
  teams: z
    .string()
    .trim()
    .toLowerCase()
    .optional()
    .describe(
      "Who this is in Microsoft Teams: the user principal name (ada@example.com), or the object id of the account",
    ),
  phone: number.optional().describe("The same as sms and voice with one number: it is texted and called"),
};

const step = z.union([
  id,
  z.strictObject({
    method: id.describe(
      "The id of one of this person's contact methods; that of a phone stands for its text and its call",
    ),
    after: duration(0, hours(1))
      .optional()
      .describe("How long after the page began, less than the level lasts; at once if left out"),
  }),
]);
const steps = z.array(step).min(1);

const identity = z.strictObject({
  issuer: z
    .string()
    .max(200)
    .regex(
      /^https:\/\/[^\s|?#@]+$/,
      "must be the https address of an identity provider, exactly as its tokens give it in iss",
    )
    .describe("The identity provider, exactly as its tokens give it in iss, slash or no slash at the end"),
  subject: z
    .string()
    .regex(subjectForm, "must be 1 to 255 ASCII characters, as the token gives it in sub")
    .describe(
      "The account, as the token gives it in sub; of a Microsoft issuer also the account's object id",
    ),
});

const person = z.strictObject({
  name: text(100).describe("As it is written in messages and on the timeline"),
  email: z
    .email("must be an e-mail address")
    .max(200)
    .optional()
    .describe(
      "Who this is at sign-in where no identity is given; counts only if the identity provider says that it verified the address",
    ),
  identity: z
    .union([identity, z.array(identity).min(1).max(5, "must be at most 5 accounts")])
    .optional()
    .describe("The account, or accounts, with which this person signs in to the command post"),
  time_zone: z.string().describe("IANA name, for example Europe/London; times in messages are given in it"),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a language tag such as en or en-GB")
    .optional()
    .describe("What calls speak to this person, where Muster knows it; English if left out"),
  ...numbers,
  contact: z
    .array(z.strictObject({ id: id.optional(), ...numbers }))
    .min(1)
    .max(20)
    .optional()
    .describe("Several ways to reach this person, each with an id that the rules can name"),
  rules: z
    .strictObject({ high: steps.optional(), low: steps.optional() })
    .optional()
    .describe(
      "In which order the ways are tried, by urgency. If left out, high: all at once; low: texts at once, calls after 3m",
    ),
});

const level = z.strictObject({
  page: z.array(id).min(1, "must name at least one person").describe("Ids of the people paged together"),
  within: wait.optional().describe("How long they have before the next level is paged; 5m if left out"),
});

const bridge = z.strictObject({
  opens: z
    .enum(bridgeOpenings)
    .optional()
    .describe(
      "When a phone bridge opens by itself: with the first answer, when it is critical, or (if left out) only when two work on it and the chat can't be reached",
    ),
  announce_every: duration(minutes(5), hours(24))
    .optional()
    .describe("How often those in the room are told how things stand; 30m if left out"),
  record: z
    .boolean()
    .optional()
    .describe("Records the room, and says so to everybody who comes in; false if left out"),
});

const policy = z.strictObject({
  levels: z.array(level).min(1, "must have at least one level").max(20),
  repeats: z
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe("How often the levels are gone through again; 0 if left out"),
  catch_all: z
    .array(id)
    .min(1, "must name at least one person")
    .optional()
    .describe(
      "Who is paged on all channels, again and again, when nobody answered; everybody of the levels if left out",
    ),
  catch_all_every: wait.optional().describe("5m if left out"),
  ask_after: wait
    .optional()
    .describe("When an acknowledged page without an act is asked about; 15m if left out"),
  bridge: bridge.optional().describe("The phone bridge of incidents under this policy"),
  resume_after: wait.optional().describe("How long an answer to that is waited for; 5m if left out"),
});

const service = z.strictObject({
  name: text(100),
  importance: z
    .enum(importances)
    .optional()
    .describe("With an alert's severity it gives a page its urgency; normal if left out"),
  policy: id.describe("The id of the policy that says who is paged"),
});

const key = z
  .string()
  .regex(
    /^[A-Za-z0-9._~-]{16,128}$/,
    "must be 16 to 128 letters, digits and . _ ~ - (`muster key` makes one)",
  );
const keyHash = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex (`muster key` prints it)");
const account = z
  .union([z.string(), z.int()])
  .transform((written) => String(written).padStart(12, "0"))
  .refine((digits) => /^\d{12}$/.test(digits), "must be the 12 digits of an AWS account");

const source = z.strictObject({
  kind: z.enum(sourceKinds),
  key: oneOrMore(key)
    .optional()
    .describe("Opens this source; several while a key is being changed. Kept as a hash only"),
  key_sha256: oneOrMore(keyHash)
    .optional()
    .describe("The SHA-256 of the key, for files that others can read"),
  accounts: z
    .array(account)
    .min(1)
    .optional()
    .describe("cloudwatch: AWS accounts whose alarms are taken from the bus"),
  drill: z.boolean().optional().describe("Everything from this source is a drill"),
});

const route = z.strictObject({
  source: id.optional().describe("Only alerts of this source"),
  labels: z
    .record(text(200), z.string().max(1000))
    .optional()
    .describe("Only alerts with all of these labels; * stands for any characters"),
  service: id.describe("The service that the alert belongs to"),
  group_by: z
    .array(text(200))
    .max(8)
    .optional()
    .describe("Labels that tell incidents of this service apart; one incident per service if left out"),
});

const line = z.strictObject({
  services: z
    .array(id)
    .max(8)
    .optional()
    .describe(
      "What whoever calls for help may choose by key, in this order; the first eight services if left out",
    ),
});

/** So many of each role fit on a card that everybody can read. */
const mostHolders = 6;

const holders = z
  .array(id)
  .min(1, "must name at least one person")
  .max(mostHolders, `must name at most ${mostHolders} people: the first are called first`)
  .optional();

const roleNames: Readonly<Record<CommandRole, string>> = {
  ic: "Incident commanders",
  tl: "Tech leads",
  cl: "Comms leads",
  scribe: "Scribes",
  liaison: "Liaisons",
};

const emergency = z
  .strictObject(
    Object.fromEntries(
      commandRoles.map((role) => [
        role,
        holders.describe(`${roleNames[role]}, in the order in which they are called`),
      ]),
    ) as Record<CommandRole, typeof holders>,
  )
  .describe(
    "Who holds the command roles. Each of them is texted a last-resort card: this list with full numbers, the emergency room's number, and the PIN of the role",
  );

const channelId = /^19:[\w.-]{1,120}@thread\.(tacv2|skype)$/;
const groupId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const chat = z
  .strictObject({
    channel: z
      .string()
      .regex(channelId, "must be a channel's id such as 19:…@thread.tacv2 (it is in the link to the channel)")
      .describe("The Teams channel in which each incident gets a post and a thread"),
    team: z
      .string()
      .regex(groupId, "must be the id of the team's group (groupId in the link to the channel)")
      .optional()
      .describe("The team of that channel; needed where incidents get channels of their own"),
    own_channels: z
      .boolean()
      .optional()
      .describe("A declared incident gets a channel of its own in that team; false if left out"),
  })
  .refine(({ team, own_channels }) => own_channels !== true || team !== undefined, {
    message: "must say the team in which own_channels are made",
    path: ["team"],
  })
  .describe("Where incidents are shown and talked about in Microsoft Teams");

export const configSchema = z.strictObject({
  organisation: text(100).describe("The name of the organisation"),
  people: z.record(id, person),
  policies: z.record(id, policy),
  services: z.record(id, service),
  sources: z.record(id, source),
  routing: z
    .array(route)
    .min(1, "must have at least one route")
    .describe("The first route that matches takes an alert; the last one must match everything"),
  line: line.optional(),
  emergency: emergency.optional(),
  chat: chat.optional(),
});

export type Config = z.output<typeof configSchema>;

/** For editors: completion, descriptions and the first errors while typing. */
export const configJsonSchema = () => ({
  ...z.toJSONSchema(configSchema, { io: "input", target: "draft-7" }),
  title: "Muster's organisation: people, policies, services, sources and routing",
});
