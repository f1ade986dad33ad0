// What a call does, step by step, in words that no provider owns: rendered by an adapter, enumerated by tests.

export interface Say {
  readonly do: "say";
  readonly text: string;
}

export interface Pause {
  readonly do: "pause";
  readonly seconds: number;
}

/** Speaks, and listens for keys meanwhile; whatever was pressed, or nothing, is sent on. */
export interface Ask {
  readonly do: "ask";
  readonly speak: readonly (Say | Pause)[];
  /** How many keys make an answer; one if left out. Of several, # ends a shorter one. */
  readonly keys?: number;
  /** After the last word, and between keys. */
  readonly waitSeconds: number;
  /** Path below the public address. */
  readonly keysTo: string;
}

export interface HangUp {
  readonly do: "hang-up";
}

/** Puts the call into a room, made when the first one comes; the call ends when it leaves the room. */
export interface Join {
  readonly do: "join";
  readonly room: string;
  /** Path to which it is reported who comes, leaves, is muted; nobody is told where it is left out. */
  readonly newsTo?: string;
  readonly recorded: boolean;
}

/** Plays music to the call in a room of its own, until it is led elsewhere. */
export interface Hold {
  readonly do: "hold";
  readonly room: string;
  /** Path to which it is reported that the caller hung up. */
  readonly newsTo: string;
  /** Path at which the call goes on when the room is closed. */
  readonly nextTo: string;
}

/** Takes down what is said, up to a key or to silence, and goes on at `nextTo` with it. */
export interface TakeDown {
  readonly do: "take-down";
  readonly mostSeconds: number;
  readonly nextTo: string;
}

/** Goes on at another path. */
export interface GoOn {
  readonly do: "go-on";
  readonly to: string;
}

export interface CallScript {
  /** BCP 47; the voice speaks it. */
  readonly language: string;
  readonly steps: readonly Step[];
}

export type Step = Say | Pause | Ask | HangUp | Join | Hold | TakeDown | GoOn;

export const say = (text: string): Say => ({ do: "say", text });

/** Says it, and ends the call. */
export const lastWords = (language: string, ...texts: readonly string[]): CallScript => ({
  language,
  steps: [...texts.map(say), { do: "hang-up" }],
});
