// Answers to one number that changed nothing: a few, and then silence, or two machines write to each other all night. What
// acts is always answered. Once something is understood, or a new page goes to this number, there are as many again.
import { type Aggregate, beside, type Decision, nothing, type StreamId } from "../aggregate.ts";
import type { Envelope } from "../command.ts";
import type { EventMeta } from "../incident/events.ts";
import { bareReplyWindow } from "../incident/paging/names.ts";
import { type Duration, hours, type Instant } from "../time.ts";
import type { MeterFacts } from "./meter.ts";
import { idleAnswers } from "./table.ts";

/** Of a number in the config, as long as a page to it is remembered; of any other, for a day. */
const knownFor: Duration = bareReplyWindow;
const strangersFor: Duration = hours(24);

/** By a digest: no number stands in a stream's name. */
export const texterStream = (digest: string): StreamId => `line/texts-${digest}`;

export interface TexterState {
  /** Of the last day, oldest first. */
  readonly idle: readonly IdleAnswer[];
  /** When it was first left without an answer; undefined while it gets them. */
  readonly quietSince: Instant | undefined;
}

interface IdleAnswer {
  readonly text: string;
  readonly understood: boolean;
  readonly at: Instant;
}

export type TexterOrder =
  /** Before an answer that changes nothing. */
  | {
      readonly type: "CountIdleAnswer";
      readonly text: string;
      /** It asked for something that was done before, or that lacks its code. */
      readonly understood: boolean;
      /** Somebody in the config has this number. */
      readonly known: boolean;
      /** When this number was last asked for something. */
      readonly askedAt?: Instant;
    }
  /** A text did something. */
  | { readonly type: "ForgetIdleAnswers" };
export type TexterCommand = Envelope & TexterOrder;

export type TexterEvent = EventMeta &
  (
    | { readonly type: "IdleAnswerCounted"; readonly text: string; readonly understood: boolean }
    /** From here on it is left without answers. The operator hears of it once. */
    | { readonly type: "TexterSilenced" }
    | { readonly type: "IdleAnswersForgotten" }
  );

/** Whether this text is answered. */
export const isAnswered = ({ idle }: TexterState, text: string): boolean =>
  idle.some((each) => each.text === text);

function decide(
  texter: TexterState,
  command: TexterCommand,
  { configVersion }: MeterFacts,
): Decision<TexterEvent> {
  const { at, actor: by, causeId } = command;
  const meta = { at, by, causeId, configVersion };
  switch (command.type) {
    case "CountIdleAnswer": {
      const { text, understood, known, askedAt = 0 } = command;
      // What a queue brings again is answered again.
      if (isAnswered(texter, text)) return nothing;
      const before = at - (known ? knownFor : strangersFor);
      const counts = (then: Instant): boolean => then > before && then >= askedAt;
      if (
        mayAnswer(
          texter.idle.filter((each) => counts(each.at)),
          understood,
        )
      )
        return { events: [{ ...meta, type: "IdleAnswerCounted", text, understood }], claims: [] };
      const isToldAlready = texter.quietSince !== undefined && counts(texter.quietSince);
      return isToldAlready ? nothing : { events: [{ ...meta, type: "TexterSilenced" }], claims: [] };
    }
    case "ForgetIdleAnswers":
      return texter.idle.length === 0
        ? nothing
        : { events: [{ ...meta, type: "IdleAnswersForgotten" }], claims: [] };
  }
}

function mayAnswer(recent: readonly IdleAnswer[], understood: boolean): boolean {
  if (understood) return recent.filter((each) => each.understood).length < idleAnswers.understood;
  const sinceUnderstood = recent.slice(recent.findLastIndex((each) => each.understood) + 1);
  return sinceUnderstood.length < idleAnswers.notUnderstood;
}

const noTexter: TexterState = { idle: [], quietSince: undefined };

function evolve(texter: TexterState, event: TexterEvent): TexterState {
  switch (event.type) {
    case "IdleAnswerCounted": {
      const recent = texter.idle.filter(({ at }) => at > event.at - strangersFor);
      return {
        ...texter,
        idle: [...recent, { text: event.text, understood: event.understood, at: event.at }],
      };
    }
    case "TexterSilenced":
      return { ...texter, quietSince: event.at };
    case "IdleAnswersForgotten":
      return noTexter;
  }
}

export const texter: Aggregate<TexterState, TexterCommand, TexterEvent, never, MeterFacts> = {
  ...beside,
  schema: 1,
  initial: noTexter,
  evolve,
  decide,
  nextDue: () => undefined,
};
