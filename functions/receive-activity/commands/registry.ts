// Every command of the chat, by the word that its button says. A later part adds its line.
import type { TypedForm } from "../../core/chat-words.ts";
import type { Person } from "../../core/organisation.ts";
import type { Directory } from "../../directory.ts";
import type { Verb } from "../../wording/cards/verbs.ts";
import type { HelpLine } from "../draw.ts";
import { acknowledge, decline, escalate, later } from "./answers.ts";
import type { Command, Examples } from "./command.ts";
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
  help: help(understood),
};

export const typedForms: readonly TypedForm<Verb>[] = Object.values(commands);

interface Named {
  readonly directory: Pick<Directory, "everybody" | "services">;
}

/** The lines of the help for this person, with examples that work here. */
export async function understood(
  { directory }: Named,
  person: Person | undefined,
): Promise<readonly HelpLine[]> {
  const [people, services] = await Promise.all([directory.everybody(), directory.services()]);
  const examples: Examples = {
    person: people.find(({ id }) => id !== person?.id)?.id,
    service: services[0]?.id,
  };
  return Object.values(commands).flatMap(({ help: line }) => {
    const typed = typeof line?.typed === "function" ? line.typed(examples) : line?.typed;
    return line === undefined || typed === undefined ? [] : [{ typed, does: line.does }];
  });
}
