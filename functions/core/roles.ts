// The command roles of the Incident Command System, in the order in which a card lists them.

export const commandRoles = ["ic", "tl", "cl", "scribe", "liaison"] as const;
export type CommandRole = (typeof commandRoles)[number];
