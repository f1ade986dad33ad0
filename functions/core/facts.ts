// What a decision may ask of the world before it is made, and the answers as it gets them.
import type { Contact } from "./contact.ts";
import type { ServicePlan } from "./policy.ts";
import type { AlertSeverity } from "./severity.ts";
import type { Instant } from "./time.ts";

export type Need =
  /** The service's plan, with the contacts of everybody whom its policy can page. */
  | { readonly need: "plan"; readonly service: string }
  | { readonly need: "contacts"; readonly people: readonly string[] }
  /** Fresh reply codes; none of them is known to be free, so each is claimed. */
  | { readonly need: "codes"; readonly count: number }
  /** What is known of the incident's alerts beside its stream. */
  | { readonly need: "signal" }
  /** Which symptoms fire now, the gravest first. */
  | { readonly need: "symptoms" }
  /** A name for an incident that is declared; it is not known to be free, so it is claimed. */
  | { readonly need: "codename" }
  /** Whether the chat, where responders meet, can be reached. */
  | { readonly need: "chat" };

/** An alert that fires: one of each symptom. */
export interface FiringAlert {
  readonly alert: string;
  readonly title: string;
  readonly severity: AlertSeverity;
  readonly since: Instant;
}

export interface FiringSymptoms {
  /** The gravest first; at most as many as were asked for. */
  readonly alerts: readonly FiringAlert[];
  /** There are no others; otherwise only those are all that are graver than the last one. */
  readonly whole: boolean;
}

export interface Facts {
  readonly configVersion: string;
  readonly plan?: ServicePlan;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly codes: readonly string[];
  readonly codename?: string;
  /** Left out where there is no chat. */
  readonly chat?: { readonly reachable: true } | { readonly reachable: false; readonly lostSince: Instant };
  readonly signal?: { readonly firing: boolean; readonly alerts: number };
  readonly symptoms?: FiringSymptoms;
}
