// Every fact about who has arrived. An acknowledgement is a promise; this is the presence.

/** Somebody has arrived and works on it. */
export type RosterEvent = { readonly type: "SignedIn"; readonly person: string };
