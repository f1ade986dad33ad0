// Every command of the chat, by the word that its button says. A later part adds its line.
import type { TypedForm } from "../../core/chat-words.ts";
import type { Verb } from "../../wording/cards/verbs.ts";
import { acknowledge, decline, escalate, later } from "./answers.ts";
import type { Command } from "./command.ts";
import { help } from "./help.ts";
import { helpMe } from "./help-me.ts";
import { bridge, close, declare, join, signIn, standDown } from "./incident-orders.ts";
import { onCall } from "./on-call.ts";
import { page } from "./page.ts";
import { report } from "./report.ts";
import { list, status } from "./status.ts";

export const commands: Readonly<Record<Verb, Command>> = {
  acknowledge,
  "in-20": later,
  decline,
  escalate,
  join,
  declare,
  close,
  "stand-down": standDown,
  "sign-in": signIn,
  report,
  page,
  bridge,
  status,
  "help-me": helpMe,
  "on-call": onCall,
  list,
  help: help(() => understood),
};

export const typedForms: readonly TypedForm<Verb>[] = Object.values(commands);

/** The lines of the help. */
export const understood = Object.values(commands).flatMap((command) => command.help ?? []);
