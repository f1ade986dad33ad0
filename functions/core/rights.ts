// What an account that is signed in may do. One table; a reader checks it, not branches. Who may give which order to an
// incident is a table of its own (may.ts).

/** A viewer is an account that the config gives to no person. */
export type Role = "viewer" | "person";

const least = {
  "see-incidents": "viewer",
  /** Numbers and PINs, by which somebody comes into a room. */
  "see-ways-in": "person",
  /** What a sender wrote into an alert beside its title. */
  "see-payloads": "person",
  "hear-recordings": "person",
  "give-orders": "person",
  /** What is not set up, and who can't be reached. */
  "see-readiness": "person",
  "redrive-dead-letters": "person",
} as const satisfies Readonly<Record<string, Role>>;

export type Right = keyof typeof least;

const roles: readonly Role[] = ["viewer", "person"];

export const hasRight = (role: Role, right: Right): boolean =>
  roles.indexOf(role) >= roles.indexOf(least[right]);
