// Which prompt listened, and for which time it was spoken: it stands in the address to which the keys go.

export type Prompt =
  | "page"
  /** A key that leads into the room was spoken as well. */
  | "page-with-room"
  /** Whoever has it already is asked into the room. */
  | "offer";

const suffixes: Readonly<Record<Prompt, string>> = { page: "", "page-with-room": "j", offer: "r" };

export const stepName = (prompt: Prompt, round: number): string => `${round}${suffixes[prompt]}`;

/** Undefined for an address that no prompt of ours has. */
export function stepOf(step: string): { readonly prompt: Prompt; readonly round: number } | undefined {
  const [, round, suffix] = /^(\d{1,2})(j|r|)$/.exec(step) ?? [];
  if (round === undefined) return undefined;
  const prompt = suffix === "j" ? "page-with-room" : suffix === "r" ? "offer" : "page";
  return { prompt, round: Number(round) };
}
