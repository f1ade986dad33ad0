// What Teams offers to whoever begins to type to the bot. A test holds each line against what the bot understands.

export interface OfferedCommand {
  readonly title: string;
  readonly description: string;
}

/** Teams shows ten at most. */
export const inChannels: readonly OfferedCommand[] = [
  { title: "help me", description: "Has somebody paged for what is wrong" },
  { title: "status", description: "How the incident stands" },
  { title: "ack", description: "You have it" },
  { title: "sign in", description: "You have arrived, and work on it" },
  { title: "report", description: "Conditions, actions, needs" },
  { title: "page", description: "Pages a person, or whoever answers for a service" },
  { title: "declare", description: "From here on it is commanded, and has a name" },
  { title: "bridge", description: "Opens the phone bridge" },
  { title: "on call", description: "Who would be paged now" },
  { title: "help", description: "All that can be said" },
];

export const inPerson: readonly OfferedCommand[] = [
  { title: "help me", description: "Has somebody paged for what is wrong" },
  { title: "ack", description: "You have it" },
  { title: "not me", description: "The next one is asked" },
  { title: "in 20", description: "You have it, and are there in 20 minutes" },
  { title: "status", description: "How the incident stands" },
  { title: "on call", description: "Who would be paged now" },
  { title: "help", description: "All that can be said" },
];
