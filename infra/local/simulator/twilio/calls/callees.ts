// How the owner of a phone behaves: by hand, or by a script that a test or a drill lays down for the number.
import * as z from "zod";
import type { Timers } from "../timers.ts";
import type { AnsweredBy } from "./call.ts";

const ms = z.int().min(0).max(3_600_000);

/** Keys pressed once the voice has said something. */
export const pressSchema = z.strictObject({
  /** A regular expression, in any case, on one sentence of what is spoken. */
  on: z.string().min(1).max(200).refine(isPattern, "not a regular expression"),
  /** Left out: what the expression's first group caught, or else the single digit that the sentence names. */
  press: z
    .string()
    .regex(/^[0-9#*]{1,32}$/)
    .optional(),
  in: ms.default(1_000),
});

export const calleeSchema = z.discriminatedUnion("kind", [
  /** Rings until somebody answers on the page or by the control route. */
  z.strictObject({ kind: z.literal("hand") }),
  /** Presses what each rule says, one rule after the other. */
  z.strictObject({
    kind: z.literal("human"),
    answersIn: ms.default(2_000),
    presses: z.array(pressSchema).max(20).default([]),
    hangsUpIn: ms.optional(),
  }),
  /** Listens and says nothing. */
  z.strictObject({
    kind: z.literal("voicemail"),
    answersIn: ms.default(15_000),
    recordsFor: ms.default(120_000),
  }),
  /** Software that answers like a person, waits, and hangs up. */
  z.strictObject({
    kind: z.literal("screener"),
    answersIn: ms.default(1_000),
    hangsUpIn: ms.default(10_000),
  }),
  z.strictObject({ kind: z.literal("busy") }),
  z.strictObject({ kind: z.literal("no-answer") }),
  z.strictObject({ kind: z.literal("rejects"), in: ms.default(3_000) }),
  z.strictObject({ kind: z.literal("hangs-up"), answersIn: ms.default(2_000) }),
]);

export type Callee = z.infer<typeof calleeSchema>;
export type CalleeScript = z.input<typeof calleeSchema>;
type Press = z.infer<typeof pressSchema>;

/** What can be done with a phone. */
export interface Hands {
  readonly timers: Timers;
  readonly answer: (by: AnsweredBy) => void;
  readonly decline: () => void;
  readonly hangUp: () => void;
  readonly press: (keys: string) => void;
}

export interface Behaviour {
  readonly rings: () => void;
  readonly answered: () => void;
  /** All that was said so far. */
  readonly heard: (spoken: readonly string[]) => void;
}

const idle: Behaviour = { rings: () => {}, answered: () => {}, heard: () => {} };

export function behave(callee: Callee, hands: Hands): Behaviour {
  const { after } = hands.timers;
  switch (callee.kind) {
    case "hand":
    case "no-answer":
      return idle;
    case "busy":
      return { ...idle, rings: hands.decline };
    case "rejects":
      return { ...idle, rings: () => void after(callee.in, hands.decline) };
    case "hangs-up":
      return {
        ...idle,
        rings: () => void after(callee.answersIn, () => hands.answer("human")),
        answered: hands.hangUp,
      };
    case "screener":
      return {
        ...idle,
        rings: () => void after(callee.answersIn, () => hands.answer("human")),
        answered: () => void after(callee.hangsUpIn, hands.hangUp),
      };
    case "voicemail":
      return {
        ...idle,
        rings: () => void after(callee.answersIn, () => hands.answer("machine_start")),
        answered: () => void after(callee.recordsFor, hands.hangUp),
      };
    case "human":
      return {
        rings: () => void after(callee.answersIn, () => hands.answer("human")),
        answered() {
          if (callee.hangsUpIn !== undefined) after(callee.hangsUpIn, hands.hangUp);
        },
        heard: fingers(callee.presses, hands),
      };
  }
}

function fingers(presses: readonly Press[], { timers, press }: Hands): Behaviour["heard"] {
  const rules = [...presses];
  let from = 0;
  return (spoken) => {
    const [rule] = rules;
    const keys = rule === undefined ? undefined : keysFor(rule, spoken.slice(from));
    if (rule === undefined || keys === undefined) return;
    rules.shift();
    from = spoken.length;
    timers.after(rule.in, () => press(keys));
  };
}

/** The keys that the rule presses on hearing this; undefined when it does not hear its words. */
export function keysFor(
  { on, press }: Pick<Press, "on" | "press">,
  spoken: readonly string[],
): string | undefined {
  const pattern = new RegExp(on, "i");
  for (const sentence of spoken.flatMap((text) => text.split(/(?<=[.!?;])\s+/))) {
    const found = pattern.exec(sentence);
    if (found === null) continue;
    const keys = press ?? found[1] ?? /(?<![\w.,:])[0-9#*](?![\w:]|[.,]\d)/.exec(sentence)?.[0];
    if (keys !== undefined && /^[0-9#*]+$/.test(keys)) return keys;
  }
  return undefined;
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "i") instanceof RegExp;
  } catch {
    return false;
  }
}
