// A place in the chat, driven by a hand: orders, the clock, and a chat that takes things or does not.
import { byHub } from "../../../functions/core/command.ts";
import type { Done, PostEvent, PostOrder, Spot } from "../../../functions/core/post/facts.ts";
import { nextStep, type Step } from "../../../functions/core/post/next-step.ts";
import { post } from "../../../functions/core/post/post.ts";
import type { Post } from "../../../functions/core/post/state.ts";
import type { Instant } from "../../../functions/core/time.ts";
import { frozen } from "../../support/spec.ts";

export interface IncidentSaid {
  version: number;
  declared: boolean;
  sensitive: boolean;
  ownChannels: boolean;
}

/** What the chat makes of a step; undefined: it takes it. */
export type Verdict = Omit<Extract<Done, { readonly what: "refused" }>, "what" | "part"> | undefined;

export function aPost() {
  let state: Post = frozen(post.initial);
  let now: Instant = 1_000_000;
  let named = 0;
  const events: PostEvent[] = [];
  const claims = new Map<string, "take" | "release">();
  const incident: IncidentSaid = { version: 1, declared: false, sensitive: false, ownChannels: false };
  const taken: Step[] = [];
  const refusals: Step[] = [];

  const order = (what: PostOrder): readonly PostEvent[] => {
    const { events: made, claims: changed } = post.decide(
      state,
      { ...byHub("spec", `o${named++}`, now), ...what },
      { configVersion: "v1" },
    );
    state = frozen(made.reduce(post.evolve, state));
    events.push(...made);
    for (const { key, change } of changed) claims.set(key, change);
    return made;
  };

  const doneOf = (step: Step): Done | undefined => {
    switch (step.step) {
      case "begin": {
        const conversation = `19:${step.spot};messageid=${++named}`;
        return {
          what: "begun",
          spot: step.spot,
          conversation,
          activity: `${named}`,
          version: incident.version,
        };
      }
      case "change":
        return undefined;
      case "say":
        return { what: "news-told", news: step.news };
      case "tell":
        return { what: "told", version: incident.version, ...(step.to ? { spot: step.to.spot } : {}) };
      case "make-channel":
        return { what: "channel-made", channel: `19:own-${step.taken}`, link: "https://chat.example/own" };
    }
  };
  const partOf = (step: Step) => {
    if (step.step === "make-channel") return "making";
    if (step.step === "tell") return step.to?.spot ?? "home";
    return step.step === "say" ? "home" : step.spot;
  };

  /** Carries out what is wanted, as the function does. */
  const carryOut = (chat: (step: Step) => Verdict = () => undefined): readonly Step[] => {
    const { stage } = state;
    if (stage.name !== "under-way") return [];
    const { version } = incident;
    const changed: Spot[] = [];
    const steps: Step[] = [];
    let told = false;
    const next = () => nextStep(state, { ...incident, now, changed, told });
    for (let step = next(); step !== undefined && steps.length < 20; step = next()) {
      steps.push(step);
      const verdict = step.step === "tell" && step.to === undefined ? undefined : chat(step);
      if (verdict === undefined) {
        taken.push(step);
        if (step.step === "change") changed.push(step.spot);
        if (step.step === "tell") told = true;
        const done = doneOf(step);
        if (done !== undefined) order({ type: "Record", ...done });
      } else {
        refusals.push(step);
        order({ type: "Record", what: "refused", part: partOf(step), ...verdict });
      }
    }
    order({ type: "Finish", update: stage.update, version, changed, more: false });
    return steps;
  };

  return {
    incident,
    events,
    claims,
    taken,
    refusals,
    order,
    carryOut,
    get state() {
      return state;
    },
    get now() {
      return now;
    },
    get due() {
      return post.nextDue(state);
    },
    follow: (version = incident.version) => {
      incident.version = Math.max(incident.version, version);
      return order({ type: "Follow", version });
    },
    /** Time passes, and whatever is due by then is carried out. */
    pass(ms: number, chat?: (step: Step) => Verdict) {
      const end = now + ms;
      for (let looks = 0; looks < 5_000; looks++) {
        const due = post.nextDue(state);
        if (due === undefined || due > end) break;
        now = Math.max(now, due);
        order({ type: "PassTime" });
        carryOut(chat);
      }
      now = end;
    },
    later(ms: number) {
      now += ms;
    },
    types: () => events.map(({ type }) => type),
    has: (type: PostEvent["type"]) => events.filter((event) => event.type === type).length,
    names: () => taken.map(nameOf),
  };
}

export const nameOf = (step: Step): string => {
  if (step.step === "begin" || step.step === "change") return `${step.step} ${step.spot}`;
  if (step.step === "tell") return `tell ${step.to?.spot ?? "nobody"}`;
  return step.step === "say" ? `say ${step.news}` : step.step;
};

export const tooFast: Verdict = { outcome: "retry", reason: "rate-limited", after: 30_000 };
export const down: Verdict = { outcome: "retry", reason: "provider-unreachable" };
export const silent: Verdict = { outcome: "unknown", reason: "timed-out" };
export const gone: Verdict = { outcome: "giveUp", reason: "conversation-gone" };
export const messageGone: Verdict = { outcome: "giveUp", reason: "message-gone" };
export const noConsent: Verdict = { outcome: "giveUp", reason: "account-refused", operator: true };
