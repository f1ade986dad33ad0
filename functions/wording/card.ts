// The last-resort card as a text: long enough for several messages, bounded, and readable on any phone.
import type { CommandRole } from "../core/roles.ts";
import { type Alphabet, inAlphabet } from "./alphabet.ts";

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

/** The longest first: names are cut before anybody falls off the end. Six people for each of five roles fit. */
const longestNames = [20, 12];
const shortestNames = 8;

const roleWords: Readonly<Record<CommandRole, string>> = {
  ic: "IC",
  tl: "TL",
  cl: "CL",
  scribe: "Scribe",
  liaison: "Liaison",
};

export const cardMessage = (card: EmergencyCard): string =>
  inAlphabet((alphabet) => {
    const longest = longestNames.find(
      (most) => written(card, alphabet, most).length <= alphabet.room.contactSheet,
    );
    return written(card, alphabet, longest ?? shortestNames);
  });

function written(
  { organisation, number, roles, roster }: EmergencyCard,
  alphabet: Alphabet,
  longestName: number,
): string {
  const entry = ({ name, number }: { readonly name: string; readonly number: string | undefined }): string =>
    `${alphabet.fit(name, longestName)} ${number ?? "(no number)"}`;
  const pins = roles.map(({ role, pin }) => `PIN ${pin} as ${roleWords[role]}`).join(", ");
  const room = number === undefined ? "" : `Emergency room: dial ${number}, ${pins}. `;
  const lines = roster.map(({ role, people }) => `${roleWords[role]}: ${people.map(entry).join(", ")}.`);
  return `LAST-RESORT CARD ${alphabet.fit(organisation, 40)}. When nothing else works: ${room}Call in this order. ${lines.join(" ")} Keep it; tell nobody the PIN. It takes the place of any earlier card.`;
}
