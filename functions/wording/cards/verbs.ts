// What the buttons of our cards say when they are pressed. Whoever answers them reads the verb and the data, and takes
// who it was from the chat alone: nothing in here says who acts.

/** The names of the commands; typed text has the same. */
export const verbs = [
  // of a page, or of the incident where no page is named
  "acknowledge",
  "in-20",
  "decline",
  "escalate",
  "join",
  // of an incident
  "declare",
  "close",
  "stand-down",
  "sign-in",
  "report",
  "page",
  "bridge",
  "status",
  // of nothing in particular
  "help-me",
  "on-call",
  "list",
  "help",
] as const;
export type Verb = (typeof verbs)[number];

/** Of the forms on our cards, the names of their fields; what was filled in stands beside the data of the button. */
export const fields = {
  /** `report` */
  conditions: "conditions",
  actions: "actions",
  needs: "needs",
  /** `page`: `person:{id}` or `service:{id}` */
  whom: "whom",
  /** `declare`, `help-me` */
  synopsis: "synopsis",
  /** `declare`: "true" or "false" */
  sensitive: "sensitive",
  /** `help-me`: the id of a service */
  service: "service",
} as const;
export type Field = keyof typeof fields;

/** What a button carries. The verb stands in the data as well: a client that knows no Action.Execute sends only these. */
export interface Pressed extends Readonly<Partial<Record<Field, string>>> {
  readonly verb: Verb;
  /** Without its kind, as the world outside names it. */
  readonly incident?: string;
  /** Of a page's card. */
  readonly page?: string;
  /** `in-20`, where another time was typed. */
  readonly minutes?: number;
  /** What was typed behind a command, where it had to be asked first which incident was meant. */
  readonly said?: string;
}

/** Who is to be paged, as a choice of the form has it. */
export const whomChoice = (kind: "person" | "service", id: string): string => `${kind}:${id}`;

export function readWhom(
  choice: string,
): { readonly kind: "person" | "service"; readonly id: string } | undefined {
  const [, kind, id] = /^(person|service):(.{1,100})$/.exec(choice) ?? [];
  if (id === undefined) return undefined;
  return { kind: kind === "service" ? "service" : "person", id };
}
