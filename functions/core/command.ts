// The envelope around every order: who gave it, by which way, because of what, and when.
import type { Instant } from "./time.ts";

export type Via = "sms" | "voice" | "teams" | "web" | "api" | "monitoring" | "clock" | "provider";

/** How sure we are that the actor is who it seems to be. */
export type Assurance = "none" | "number" | "link" | "signed-in" | "internal";

export interface Actor {
  /** `account`: it is signed in, and belongs to no person of the config. */
  readonly kind: "person" | "account" | "machine" | "hub";
  /** A person's id from the config, an account's, a source's id, or the name of one of our functions. */
  readonly id: string;
  readonly via: Via;
  readonly assurance: Assurance;
}

export interface Envelope {
  /** Unique per order: an order that arrives twice is carried out once. */
  readonly id: string;
  /** What led to it: a message's SID, an event's id. */
  readonly causeId: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly drill: boolean;
}

export const hub = (id: string): Actor => ({ kind: "hub", id, via: "clock", assurance: "internal" });

/** The envelope of an order that one of our own functions gives. */
export const byHub = (name: string, id: string, at: Instant, drill = false, causeId = id): Envelope => ({
  id,
  causeId,
  at,
  actor: hub(name),
  drill,
});
