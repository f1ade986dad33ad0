// How a person can be reached: contact methods by id (never by number), and the order in which a page tries them.
import type { Urgency } from "./severity.ts";
import type { Duration } from "./time.ts";

/** Each channel that carries pages; the registry of the wiring is exhaustive over these names. */
export const channels = ["sms", "voice", "teams"] as const;
export type ChannelName = (typeof channels)[number];
/** Those that reach a phone by its number. */
export const phoneChannels = ["sms", "voice"] as const satisfies readonly ChannelName[];
/** Carries notices as well: only requests ring a phone. */
export type WrittenChannel = Exclude<ChannelName, "voice">;
export const writtenChannels = ["sms", "teams"] as const satisfies readonly WrittenChannel[];

/** Who carries. Of phones the first does all that we can do, the second is there when the first one is not; the chat is its own. */
export const carriers = ["twilio", "aws", "teams"] as const;
export type CarrierName = (typeof carriers)[number];

export interface ContactMethod {
  readonly id: string;
  readonly channel: ChannelName;
  /** Why it can't be used now; left out while it can. */
  readonly unusable?: "opted-out" | "bounced";
}

export interface ContactStep {
  readonly method: string;
  readonly channel: ChannelName;
  /** After the page was opened. */
  readonly after: Duration;
}

/** A person as a decision sees it: who, and which of the ways to reach it are open. */
export interface Contact {
  readonly person: string;
  readonly methods: readonly ContactMethod[];
  /** Per urgency; the methods in order of the config, all at once, where a person has no rule. */
  readonly steps: Readonly<Record<Urgency, readonly ContactStep[]>>;
}

/** The method of a channel that a page would take first, or any that is open: an invitation is bound to no rule. */
export function usableMethod(contact: Contact | undefined, channel: ChannelName): string | undefined {
  const open = contact?.methods.filter((m) => m.unusable === undefined && m.channel === channel) ?? [];
  const step = usableSteps(contact, "high").find((each) => each.channel === channel);
  return step?.method ?? open[0]?.id;
}

/** All open methods of a channel, in the order of the config. */
export const usableMethods = (contact: Contact | undefined, channel: ChannelName): readonly string[] =>
  contact?.methods.filter((m) => m.unusable === undefined && m.channel === channel).map(({ id }) => id) ?? [];

/** Every open way at once, whatever a person's rules say: for those of whom nobody is left to ask instead. */
export const everyStep = (contact: Contact | undefined): readonly ContactStep[] =>
  (contact?.methods ?? [])
    .filter((m) => m.unusable === undefined)
    .map(({ id, channel }) => ({ method: id, channel, after: 0 }));

/** The steps of a page for this person: usable methods only. An empty list: nobody can reach this person. */
export function usableSteps(contact: Contact | undefined, urgency: Urgency): readonly ContactStep[] {
  if (contact === undefined) return [];
  const usable = new Set(contact.methods.filter((m) => m.unusable === undefined).map((m) => m.id));
  const steps = contact.steps[urgency].filter((step) => usable.has(step.method));
  if (steps.length > 0) return steps;
  // A rule that names only dead methods must not silence the living ones.
  return everyStep(contact);
}
