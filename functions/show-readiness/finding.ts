// One thing that would hurt on the night it matters, and what to do about it before.

/** `problem`: somebody can't be reached, or nobody. `warning`: it works, less well than it could. `fine`: looked at and found well. */
export type Standing = "problem" | "warning" | "fine";

export interface Finding {
  readonly standing: Standing;
  readonly area: "people" | "carriers" | "teams";
  /** A person's id, a carrier's name, or the part of the hub that it is about. */
  readonly about: string;
  readonly says: string;
  /** What to do; left out where all is well. */
  readonly advice?: string;
  /** Where it is known since when. */
  readonly since?: string;
}
