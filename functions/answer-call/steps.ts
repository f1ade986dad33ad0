// Which prompt listened, and for which time it was spoken: it stands in the address to which the keys go.

export type Prompt =
  | "page"
  /** A key that leads into the room was spoken as well. */
  | "page-with-room"
  /** Whoever has it already is asked into the room. */
  | "offer"
  /** No prompt: the bridge is being opened. */
  | "opening";

const suffixes: Readonly<Record<Prompt, string>> = {
  page: "",
  "page-with-room": "j",
  offer: "r",
  opening: "w",
};

export const stepName = (prompt: Prompt, round: number): string => `${round}${suffixes[prompt]}`;

/** Undefined for an address that no prompt of ours has. */
export function stepOf(step: string): { readonly prompt: Prompt; readonly round: number } | undefined {
  const [, round, given] = /^(\d{1,2})([jrw]?)$/.exec(step) ?? [];
  if (round === undefined) return undefined;
  const found = (Object.entries(suffixes) as [Prompt, string][]).find(([, suffix]) => suffix === given);
  return found === undefined ? undefined : { prompt: found[0], round: Number(round) };
}
