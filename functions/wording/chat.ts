// What the bot says in the chat: what an order did, or why not. Plain words; who reads them is at work, and tired.

import { quoted } from "../core/quoted.ts";
import type { RefusalReason } from "../core/refusal.ts";
import { line } from "../core/text.ts";
import type { Duration } from "../core/time.ts";
import { refusalWords } from "./reasons.ts";
import { unlinked } from "./unlinked.ts";
import { capital, counted, lasting, listed } from "./words.ts";

/** What was typed, or monitoring wrote: a plain message has no other way to show that. */
const echoed = (words: string): string => quoted(unlinked(line(words, 300)));

/** `by` is the name of who answered before. */
export const refusedWords = (reason: RefusalReason, by?: string): string =>
  reason === "already-answered" && by !== undefined
    ? `${by} has it already. Nothing changed.`
    : `Not done: ${refusalWords(reason, by)}.`;

export const chatWords = {
  yours: (others: number, arrivingIn: Duration | undefined): string =>
    [
      arrivingIn === undefined ? "You have it." : `You have it, and are expected in ${lasting(arrivingIn)}.`,
      ...(others === 0 ? [] : [`${capital(counted(others, "other"))} stood down.`]),
    ].join(" "),
  notedYes: "Noted: you said yes. Others are still asked.",
  stillYours: "Good. It stays yours.",
  passedOn: "Noted: not you. The next one is asked.",
  pagingGoesOn: "Noted: not you. The paging goes on.",
  declinedAlready: "Noted before: not you.",
  hasIt: (name: string): string => `${name} has it. There is nothing for you to do.`,
  notAsked: "You were not paged for this one, so there is nothing to decline.",
  moreHelp: "More help is being paged. You stay on it.",
  callingYou: "We call you now. Press the key that is spoken to get into the room.",
  calledAlready: "You are in the room already, or your phone is about to ring.",
  bridgeOpening: "A phone bridge is being opened. Its number and PIN come in a moment.",
  bridgeOpen: "The phone bridge is open already. Type “join” and we call you.",
  declared: (codename: string): string => `Declared. Its name is ${codename}.`,
  closed: "Closed. Everybody was told, and is released.",
  closedAlready: "It is over already.",
  stoodDown: "Stood down. Everybody was told, and is released.",
  signedIn: "Noted: you are here.",
  signedInAlready: "You are signed in already.",
  reported: "Reported. The next report is expected in an hour.",
  paging: (name: string): string => `${name} is being paged.`,
  whoIsOnCall: (service: string, levels: readonly Tier[], catchAll: readonly string[]): string =>
    `${service}: ${[
      ...levels.map(
        ({ names, within }, n) => `${n === 0 ? "first" : "then"} ${listed(names, 8)} (${lasting(within)})`,
      ),
      ...(catchAll.length === 0
        ? []
        : [`and when nobody answers ${listed(catchAll, 8)}, until somebody does`]),
    ].join(", ")}.`,
  helpHeld:
    "Your call is noted. You have called for help several times lately, so people are paged in about ten minutes.",
  helpWanted: (service: string | undefined): string =>
    service === undefined
      ? "Help is on its way: somebody is being paged."
      : `Help is on its way: whoever answers for ${service} is being paged.`,
  helpKnown: (title: string, owner: string | undefined): string =>
    `This is known: ${echoed(title)}. ${owner === undefined ? "Nobody has it yet; people are being paged." : `${owner} has it.`}`,
  notUnderstood: "I did not understand that, and changed nothing.",
  doneBefore: "That was done already.",
  understood: "This is what I understand. In a channel, name me first.",
  openNow: "Open incidents",
  whatIsWrong: "What do you need help with?",
  whichOne: "Which incident do you mean?",
  noIncident: "There is no open incident that you were paged for. Type “status” to see all that are open.",
  noneNamed: (name: string): string =>
    `No open incident is called ${echoed(name)}. Type “status” to see all that are open.`,
  noneOpen: "No incident is open.",
  nobodyNamed: (name: string, near: readonly string[]): string =>
    `Nobody and nothing in the config is called ${echoed(name)}.${near.length === 0 ? "" : ` Did you mean ${listed(near)}?`}`,
  severalNamed: (name: string, names: readonly string[]): string =>
    `${echoed(name)} could be ${listed(names, 6)}. Please type more of the name.`,
  whom: "Whom? Type “page” and a name: that of a person, or of a service.",
  writeReport:
    "Type it in three parts: report conditions / actions / needs. For example: report checkout is down / rolling back / a database expert.",
  noSuchService: (name: string, known: readonly string[]): string =>
    `There is no service called ${echoed(name)}.${known.length === 0 ? "" : ` There are ${listed(known, 8)}.`}`,
  /** Of an account that no one in the config has. */
  stranger: (account: string, objectId: string): string =>
    `Your account (${line(account, 100)}) belongs to nobody in Muster's config, so only “help me” works for you. Ask the operator to write teams: ${objectId} beside your name in the config.`,
  unsure:
    "At the moment Teams does not tell me who you are, so nothing was done. Please try it again; “help me” works, and so do the replies to texts and calls.",
  welcome: (name: string): string =>
    `Hello ${name}. When you are paged, it comes here as well. Type “help” to see what I understand.`,
} as const;

interface Tier {
  readonly names: readonly string[];
  readonly within: Duration;
}
