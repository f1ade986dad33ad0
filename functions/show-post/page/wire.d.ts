// What the hub's API tells the page. Times are ISO 8601 in UTC; every text may come from outside and is shown as text.

export type Severity = "info" | "warning" | "error" | "critical";
export type Phase = "triage" | "declared" | "mitigated" | "closed" | "stood-down";
export type PageState =
  | "open"
  | "acknowledged"
  | "escalated"
  | "declined"
  | "expired"
  | "unreached"
  | "cancelled";
export type DeliveryState =
  | "wanted"
  | "handed"
  | "confirmed"
  | "retrying"
  | "failed"
  | "uncertain"
  | "superseded";
export type RequestState = "open" | "paused" | "catch-all" | "satisfied" | "cancelled";
export type CommandType =
  | "acknowledge"
  | "escalate"
  | "stand-down"
  | "declare"
  | "close"
  | "sign-in"
  | "report"
  | "open-bridge"
  | "end-bridge"
  | "return-to-chat"
  | "call-in"
  | "mute"
  | "unmute"
  | "remove"
  | "let-in";

export interface Listed {
  id: string;
  title: string;
  service: string;
  serviceName: string;
  severity: Severity;
  phase: Phase;
  drill: boolean;
  openedAt: string;
  owner?: string;
  codename?: string;
  state: "open" | "ended";
}

/** Who is looking. */
export interface You {
  id: string;
  name?: string;
  /** False for an account that is no person of the config, and for a person who is not part of a sensitive incident. */
  mayOrder?: boolean;
  /** Of such an account: what the config would say of it. */
  identityLine?: string;
}

export interface IncidentList {
  incidents: Listed[];
  you?: You;
}

export interface Person {
  id: string;
  name: string;
}

export interface Delivery {
  channel: string;
  state: DeliveryState;
  at: string;
  reason?: string;
}

export interface Page {
  id: string;
  person: Person;
  state: PageState;
  code: string;
  /** From 0. */
  level: number;
  cause: string;
  openedAt: string;
  deliveries: Delivery[];
}

export interface PageRequest {
  id: string;
  kind?: string;
  /** Of a further request: the person or the service that was asked for. */
  about?: Person;
  askedBy?: Person;
  owner?: Person;
  state: RequestState;
  /** From 0. */
  level?: number;
  /** 0 is the first run through the levels. */
  pass?: number;
  until?: string;
  /** `within` is in seconds. */
  levels: { people: string[]; within: number }[];
}

/** One alert of each symptom: titles that differ only in their numbers are one. */
export interface Sample {
  title: string;
  severity: Severity;
  since: string;
  firing?: boolean;
  endedAt?: string;
  link?: string;
  labels?: Record<string, string>;
}

export interface TimelineEntry {
  id: string;
  at: string;
  type: string;
  text: string;
  via: string;
  by: string;
}

export interface Provider {
  id: string;
  name: string;
  state: "well" | "resting" | "half-open" | "returning";
  text: string;
}

export interface Caller {
  call: string;
  /** Left out for somebody whom nobody knows. */
  person?: Person;
  /** The last digits of the number that calls. */
  ending?: string;
  name: string;
  way?: string;
  presence: "waiting" | "admitted" | "in" | "left";
  /** Waits: a responder let this call in, and it is on its way. */
  letIn?: boolean;
  /** Was removed from this bridge before. */
  removedBefore?: boolean;
  muted: boolean;
  since: string;
  recordings: { kind: string; id: string }[];
}

export interface CallIn {
  id: string;
  person: Person;
  cause: string;
  state: "wanted" | "handed" | "failed" | "admitted";
  at: string;
}

export interface Bridge {
  state: "none" | "wanted" | "open" | "ended";
  reason?: string;
  since?: string;
  /** While it is open. */
  number?: string;
  pin?: string;
  recorded?: boolean;
  returning: boolean;
  callers: Caller[];
  callIns: CallIn[];
  /** Who may be called in. */
  people: Person[];
  commander?: Person;
  you: { id: string; inCommand: boolean; inTheRoom: boolean; mayLetIn?: boolean };
}

/** How it stands, in three lines of which some may be empty. */
export interface Report {
  conditions: string;
  actions: string;
  needs: string;
  at: string;
  by: Person;
}

export interface Incident {
  id: string;
  version: number;
  title: string;
  service: string;
  serviceName: string;
  /** Title, severity and since are those of one alert: the gravest that fires. */
  severity: Severity;
  /** The worst that it ever was. */
  worst?: Severity;
  /** How many other symptoms fire. */
  more?: number;
  urgency: string;
  phase: Phase;
  drill: boolean;
  since: string;
  openedAt: string;
  endedAt?: string;
  alerts: number;
  owner?: Person;
  /** From its declaration on. */
  codename?: string;
  synopsis?: string;
  sensitive?: boolean;
  roster?: { person: Person; signedInAt?: string; promisedFor?: string }[];
  can?: Report;
  nextUpdateDue?: string;
  you?: You & { inCommand: boolean; signedIn: boolean };
  request?: PageRequest;
  /** All of them, the owner's first. */
  requests?: PageRequest[];
  pages: Page[];
  bridge?: Bridge;
  /** What fires before what has ended, then the gravest and the newest first. */
  samples: Sample[];
  /** Symptoms that are not listed. */
  moreSamples?: number;
  timeline: TimelineEntry[];
}
