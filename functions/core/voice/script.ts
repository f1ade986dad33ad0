// What a call does, step by step, in words that no provider owns: rendered by an adapter, enumerated by tests.

export interface Say {
  readonly do: "say";
  readonly text: string;
}

export interface Pause {
  readonly do: "pause";
  readonly seconds: number;
}

/** Speaks, and listens for one key meanwhile; whatever was pressed, or nothing, is sent on. */
export interface Ask {
  readonly do: "ask";
  readonly speak: readonly (Say | Pause)[];
  /** After the last word. */
  readonly waitSeconds: number;
  /** Path below the public address. */
  readonly keysTo: string;
}

export interface HangUp {
  readonly do: "hang-up";
}

export interface CallScript {
  /** BCP 47; the voice speaks it. */
  readonly language: string;
  readonly steps: readonly (Say | Pause | Ask | HangUp)[];
}
