// What Teams tells our bot: a message, a press on a card, that the app came or went. Only what is used is read, and all of
// it is bounded. https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
import * as z from "zod/mini";
import { spokenTo } from "./teams-text.ts";

/** Where something was said. */
export interface SaidAt {
  readonly kind: "personal" | "channel" | "group";
  /** As the chat takes an answer for it: of a thread with the post at its head. */
  readonly conversation: string;
  /** Of a channel. */
  readonly channel?: string;
  readonly team?: string;
}

export interface Speaker {
  /** As the chat names it among its conversations. */
  readonly id: string;
  /** Object id in the directory, lower case; the only thing by which somebody is known. */
  readonly user?: string;
}

interface Every {
  readonly id: string;
  readonly serviceUrl: string;
  readonly tenant: string;
  readonly from: Speaker;
  readonly at: SaidAt;
}

export type TeamsActivity =
  | (Every & {
      readonly kind: "message";
      /** What was said to us, without our own name. */
      readonly words: string;
      /** In a group of people only what names us is meant for us. */
      readonly isToUs: boolean;
      /** Of a press on a card of an older client. */
      readonly pressed: Readonly<Record<string, unknown>> | undefined;
      /** What was pressed on, or answered. */
      readonly replyTo: string | undefined;
    })
  | (Every & {
      readonly kind: "press";
      readonly verb: string;
      readonly data: Readonly<Record<string, unknown>>;
      /** The card asks by itself how it stands. */
      readonly isAutomatic: boolean;
    })
  /** A press that can't be read. */
  | (Every & { readonly kind: "broken-press" })
  | (Every & { readonly kind: "other-invoke" })
  /** We were installed, for somebody or in a team; or brought back. */
  | (Every & { readonly kind: "came"; readonly isInstallation: boolean })
  /** We were taken away. */
  | (Every & { readonly kind: "went" })
  /** The channel, or all of the team, is not there any more. */
  | (Every & { readonly kind: "gone" })
  /** The bot's team, or the channel, is there and nothing else is news. */
  | (Every & { readonly kind: "seen" })
  | { readonly kind: "nothing" };

/** Whatever has a place and somebody who speaks. */
export type Spoken = Exclude<TeamsActivity, { readonly kind: "nothing" }>;

const text = (longest: number) => z.string().check(z.maxLength(longest));
const name = text(500);
const id = name.check(z.minLength(1));
const named = z.object({ id });
/** Beside what is needed: one that is empty is none. */
const sideNamed = z.catch(z.optional(named), undefined);
const maybe = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? undefined),
  );
const few = <Schema extends z.ZodMiniType>(schema: Schema, most: number) =>
  z.array(schema).check(z.maxLength(most));

/** More than anybody has to say; whoever says more is heard as far as here, and not met with silence. */
const longestText = 50_000;
const written = z.pipe(
  z.string(),
  z.transform((said) => said.slice(0, longestText)),
);

const entity = z.object({
  type: text(100),
  text: maybe(text(1000)),
  mentioned: maybe(z.object({ id: maybe(name), name: maybe(name) })),
});

const noMention = { type: "", text: undefined, mentioned: undefined };

const activity = z.object({
  type: text(50),
  id: maybe(name),
  name: maybe(name),
  text: maybe(written),
  value: z.optional(z.unknown()),
  action: maybe(text(50)),
  replyToId: maybe(name),
  serviceUrl: text(2000),
  from: z.object({ id, aadObjectId: maybe(text(100)) }),
  recipient: maybe(z.object({ id: name, name: maybe(name) })),
  conversation: z.object({
    id,
    conversationType: maybe(text(50)),
    tenantId: maybe(text(100)),
    isGroup: maybe(z.boolean()),
  }),
  channelData: maybe(
    z.object({
      tenant: sideNamed,
      team: sideNamed,
      channel: sideNamed,
      eventType: maybe(text(100)),
    }),
  ),
  membersAdded: maybe(few(named, 1000)),
  membersRemoved: maybe(few(named, 1000)),
  // Whatever else a client adds there must not cost the message, nor that we are named in it.
  entities: z.catch(few(z.catch(entity, noMention), 200), []),
});
type Read = z.infer<typeof activity>;

const press = z.object({
  action: z.object({
    verb: text(100).check(z.minLength(1)),
    data: z.nullish(z.record(text(200), z.unknown())),
  }),
  trigger: maybe(text(50)),
});

/** What it says of where it comes from, before anybody believes it. */
export function originOf(body: unknown) {
  const of = (value: unknown, key: string): unknown =>
    typeof value === "object" && value !== null
      ? (value as Readonly<Record<string, unknown>>)[key]
      : undefined;
  const word = (value: unknown): string | undefined =>
    typeof value === "string" && value !== "" && value.length <= 2000 ? value : undefined;
  return {
    serviceUrl: word(of(body, "serviceUrl")),
    channelId: word(of(body, "channelId")),
    tenants: [
      of(of(of(body, "channelData"), "tenant"), "id"),
      of(of(body, "conversation"), "tenantId"),
      of(of(body, "from"), "tenantId"),
      of(of(body, "recipient"), "tenantId"),
    ]
      .filter((said) => said !== undefined && said !== null && said !== "")
      .map((said) => word(said) ?? noTenant),
  };
}

/** Stands for what is no name: it is nobody's tenant. */
const noTenant = "(no name)";

/** `wrong` names the first field that is not in the form of an activity. */
export function teamsActivity(
  body: unknown,
): TeamsActivity | { readonly kind: "malformed"; readonly wrong: string } {
  const read = activity.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    return {
      kind: "malformed",
      wrong: issue === undefined || issue.path.length === 0 ? "(the whole)" : issue.path.join("."),
    };
  }
  const tenant = read.data.channelData?.tenant?.id ?? read.data.conversation.tenantId;
  if (!tenant) return { kind: "malformed", wrong: "channelData.tenant.id" };
  const every: Omit<Every, "id"> = {
    serviceUrl: read.data.serviceUrl,
    tenant,
    from: speaker(read.data),
    at: placeOf(read.data),
  };
  const { type, id } = read.data;
  switch (type) {
    case "message":
      return id === undefined
        ? { kind: "malformed", wrong: "id" }
        : { ...every, id, ...message(read.data, every.at) };
    case "invoke":
      return id === undefined ? { kind: "malformed", wrong: "id" } : { ...every, id, ...invoke(read.data) };
    case "installationUpdate":
      return { ...every, id: id ?? "", ...installation(read.data) };
    case "conversationUpdate":
      return { ...every, id: id ?? "", ...change(read.data) };
    default:
      return { kind: "nothing" };
  }
}

// Not all clients make theirs as the directory does; none of them holds anything else.
const accountId = /^[0-9a-z-]{1,64}$/;

function speaker({ from: { id, aadObjectId = "" } }: Read): Speaker {
  const user = aadObjectId.toLowerCase();
  return accountId.test(user) ? { id, user } : { id };
}

function placeOf({ conversation, channelData }: Read): SaidAt {
  const { id, conversationType, isGroup } = conversation;
  const [base = id] = id.split(";messageid=");
  const type =
    conversationType ??
    (channelData?.channel !== undefined ? "channel" : isGroup === true ? "groupChat" : "personal");
  if (type === "personal") return { kind: "personal", conversation: id };
  if (type !== "channel") return { kind: "group", conversation: id };
  const team = channelData?.team?.id;
  return {
    kind: "channel",
    conversation: id,
    channel: channelData?.channel?.id ?? base,
    ...(team === undefined ? {} : { team }),
  };
}

function message({ text: said = "", entities, recipient, value, replyToId }: Read, at: SaidAt) {
  const { words, isToUs } = spokenTo(said, entities, recipient);
  const pressed = z.record(text(200), z.unknown()).safeParse(value);
  return {
    kind: "message" as const,
    words,
    isToUs: isToUs || at.kind === "personal",
    pressed: pressed.success ? pressed.data : undefined,
    replyTo: replyToId,
  };
}

function invoke({ name: what, value }: Read) {
  if (what !== "adaptiveCard/action") return { kind: "other-invoke" as const };
  const read = press.safeParse(value);
  if (!read.success) return { kind: "broken-press" as const };
  const { action, trigger } = read.data;
  return {
    kind: "press" as const,
    verb: action.verb,
    data: action.data ?? {},
    isAutomatic: trigger === "automatic",
  };
}

// An upgrade takes the app away and brings it back at once: nothing that is known is forgotten for it.
// https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events#installation-update-event
function installation({ action = "" }: Read) {
  if (action.startsWith("add")) return { kind: "came" as const, isInstallation: action === "add" };
  return { kind: action === "remove" ? ("went" as const) : ("seen" as const) };
}

function change({ membersAdded = [], membersRemoved = [], recipient, channelData }: Read) {
  const us = (members: readonly { id: string }[]) => members.some(({ id }) => id === recipient?.id);
  if (us(membersRemoved)) return { kind: "went" as const };
  if (us(membersAdded)) return { kind: "came" as const, isInstallation: false };
  const what = channelData?.eventType ?? "";
  return { kind: gone.has(what) ? ("gone" as const) : ("seen" as const) };
}

const gone: ReadonlySet<string> = new Set(["channelDeleted", "teamDeleted", "teamHardDeleted"]);
