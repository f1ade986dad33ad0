// Who is here, by the roster.
import type { Incident } from "../state.ts";

export const isSignedIn = ({ roster }: Incident, person: string): boolean =>
  roster[person]?.signedInAt !== undefined;

/** In the order in which they came. */
export const signedIn = ({ roster }: Incident): readonly string[] =>
  Object.entries(roster)
    .flatMap(([person, { signedInAt }]) => (signedInAt === undefined ? [] : [{ person, signedInAt }]))
    .toSorted((a, b) => a.signedInAt - b.signedInAt)
    .map(({ person }) => person);
