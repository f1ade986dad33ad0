// An escalation policy as a request keeps it from its opening to its end, whatever the config becomes meanwhile.
import { type Duration, minutes } from "./time.ts";

export interface Target {
  readonly kind: "person";
  readonly id: string;
}

export interface Level {
  readonly targets: readonly Target[];
  /** How long this level has before the next one starts. */
  readonly within: Duration;
}

export interface Policy {
  readonly id: string;
  readonly levels: readonly Level[];
  /** How many times the levels are gone through again before the catch-all is paged. */
  readonly repeats: number;
  /** Who is paged when nobody answered: on all channels, again and again until a human acts. */
  readonly catchAll: readonly Target[];
  readonly catchAllEvery: Duration;
  /** An acknowledged page without an act is asked about after this, and resumes after `resumeAfter` more. */
  readonly askAfter: Duration;
  readonly resumeAfter: Duration;
  /** The default's where it is left out. */
  readonly bridge?: BridgeRule;
}

/** However a bridge opens by itself, it opens as well when the chat can't be reached, and by order. */
export const bridgeOpenings = ["at-once", "when-critical", "without-chat"] as const;

/** When a phone bridge opens by itself, and what happens in it. */
export interface BridgeRule {
  readonly opens: (typeof bridgeOpenings)[number];
  readonly announceEvery: Duration;
  /** Announced to everybody who comes in. */
  readonly recorded: boolean;
}

export const defaultBridge: BridgeRule = {
  opens: "without-chat",
  announceEvery: minutes(30),
  recorded: false,
};

/** A service as a decision sees it. */
export interface ServicePlan {
  readonly service: string;
  readonly name: string;
  readonly importance: "low" | "normal" | "high";
  readonly policy: Policy;
}

/** Everybody whom the policy can page. */
export const targetsOf = ({ levels, catchAll }: Policy): readonly Target[] => [
  ...levels.flatMap((level) => level.targets),
  ...catchAll,
];
