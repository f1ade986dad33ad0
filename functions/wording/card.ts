// The last-resort card as a text: long enough for several messages, bounded, and readable on any phone.
import type { CommandRole } from "../core/roles.ts";
import { gsm, shorten } from "./gsm.ts";

export interface EmergencyCard {
  readonly organisation: string;
  /** Of the emergency room; undefined where the hub can't be called. */
  readonly number: string | undefined;
  /** Those of whoever gets the card, each with its PIN. */
  readonly roles: readonly { readonly role: CommandRole; readonly pin: string }[];
  readonly roster: readonly {
    readonly role: CommandRole;
    readonly people: readonly { readonly name: string; readonly number: string | undefined }[];
  }[];
}

/** Ten joined messages of 153 septets. Six people for each of five roles fit, so that nobody falls off the end. */
export const longestCard = 1530;
const longestName = 20;

const roleWords: Readonly<Record<CommandRole, string>> = {
  ic: "IC",
  tl: "TL",
  cl: "CL",
  scribe: "Scribe",
  liaison: "Liaison",
};

export function cardMessage({ organisation, number, roles, roster }: EmergencyCard): string {
  const pins = roles.map(({ role, pin }) => `PIN ${pin} as ${roleWords[role]}`).join(", ");
  const room = number === undefined ? "" : `Emergency room: dial ${number}, ${pins}. `;
  const lines = roster.map(({ role, people }) => `${roleWords[role]}: ${people.map(entry).join(", ")}.`);
  return shorten(
    `LAST-RESORT CARD ${shorten(gsm(organisation), 40)}. When nothing else works: ${room}Call in this order. ${lines.join(" ")} Keep it; tell nobody the PIN. It takes the place of any earlier card.`,
    longestCard,
  );
}

const entry = ({ name, number }: { readonly name: string; readonly number: string | undefined }): string =>
  `${shorten(gsm(name), longestName)} ${number ?? "(no number)"}`;
