// What a notice says, whichever way it goes: each channel brings the same words into its own form.
import type { NoticeKind } from "../core/incident/events.ts";
import type { AlertSeverity } from "../core/severity.ts";
import { andMore, severityWords } from "./words.ts";

export interface NoticeFacts {
  readonly kind: NoticeKind;
  readonly drill: boolean;
  readonly service: string;
  readonly severity: AlertSeverity;
  readonly symptom: string;
  /** How many other symptoms fire, or joined. */
  readonly more?: number;
  /** The name of the person that the notice speaks of. */
  readonly about?: string;
  readonly code?: string;
  /** From its declaration on. */
  readonly codename?: string;
  /** Who was asked for and does not answer: a person, or a service. */
  readonly asked?: string;
  /** How to get into the room, where the notice is about a bridge. */
  readonly dialIn?: { readonly number: string | undefined; readonly pin: string };
}

/** The same, as a channel can carry it. */
interface Said {
  readonly service: string;
  readonly severity: AlertSeverity;
  readonly symptom: string;
  readonly more: number;
  readonly about: string | undefined;
  readonly asked: string | undefined;
  readonly codename: string | undefined;
  readonly dialIn: NoticeFacts["dialIn"];
  /** What to do to keep what one has, and to be called into the room. */
  readonly toKeep: string;
  readonly toBeCalled: string;
}

export const noticeWords = (kind: NoticeKind, said: Said): string => words[kind](said);

const words: Readonly<Record<NoticeKind, (said: Said) => string>> = {
  "all-clear": ({ service }) => `ALL CLEAR ${service}: monitoring is quiet again. You are released.`,
  "stood-down-by-person": ({ service, about }) =>
    `STOOD DOWN ${service}: ended${by(about)}. You are released.`,
  closed: ({ service, about, codename }) =>
    `CLOSED ${called(codename)}${service}: ended${by(about)}. You are released, thank you.`,
  "not-answered": ({ service, codename, asked }) =>
    `NOT ANSWERED ${called(codename)}${service}: ${who(asked)} did not answer your page. The catch-all is paged now.`,
  // Whoever was paged may work on something else of it, or command it: their page is over, and no more is said.
  "taken-by": ({ service, about }) => `TAKEN ${service}: ${who(about)} has it. Your page is called off.`,
  "help-came": ({ service, about }) =>
    `HELP FOR ${service}: ${who(about)} has it now. You asked for more help, and stay on it.`,
  "still-yours": ({ service, toKeep }) =>
    `STILL YOURS? ${service}: nothing heard since you took it. ${toKeep}; without an answer the next are paged.`,
  "severity-raised": ({ service, severity, symptom, more }) =>
    `NOW ${severityWords[severity]} ${service}: ${andMore(symptom, more)}`,
  "new-alerts": ({ service, codename, severity, symptom, more }) =>
    `${severityWords[severity]} ${called(codename)}${service}. New in your incident: ${symptom}${more === 0 ? "" : `, and ${more} more`}`,
  "signal-clear": ({ service }) =>
    `SIGNAL CLEAR ${service}: monitoring is quiet again. It stays open until you end it.`,
  "bridge-open": ({ service, dialIn, toBeCalled }) => `BRIDGE ${service}: ${dialled(dialIn)}. ${toBeCalled}.`,
  "chat-is-back": ({ service }) =>
    `CHAT IS BACK ${service}: the bridge stays open until you send everybody back, on the command post.`,
  "return-to-chat": ({ service, about }) =>
    `BACK TO THE CHAT ${service}: decided${by(about)}. The bridge ends when the last one leaves it.`,
};

const dialled = (dialIn: NoticeFacts["dialIn"]): string => {
  if (dialIn === undefined) return "a phone bridge is open";
  return dialIn.number === undefined ? `PIN ${dialIn.pin}` : `dial ${dialIn.number}, PIN ${dialIn.pin}`;
};

const who = (name: string | undefined): string => name ?? "somebody";
const by = (name: string | undefined): string => (name === undefined ? "" : ` by ${name}`);
const called = (codename: string | undefined): string => (codename === undefined ? "" : `${codename}, `);
