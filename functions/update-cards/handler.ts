// A page's card in the chat shows how it stands now, to whoever has it. It is made anew from the incident each time: however
// often and in whatever order this is called, what stands there in the end is so.
import { acquaintances } from "../chat-places.ts";
import type { StreamId } from "../core/aggregate.ts";
import type { EventRef } from "../core/bus.ts";
import { readReceipt } from "../core/conversation/receipt.ts";
import { incident as aggregate } from "../core/incident/aggregate.ts";
import type { Incident, Page } from "../core/incident/state.ts";
import { directory } from "../directory.ts";
import { type Envelope, type QueueHandler, queue, type Tools } from "../lambda.ts";
import { pageCards } from "../page-cards.ts";
import type { ChatMessage, ChatRefusal } from "../ports.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";
import { type Cause, touched } from "./touched.ts";

/** As many at once as leave the chat room for pages. */
const abreast = 8;
/** What changes while it is shown is shown as well; what changes more often has news of its own. */
const rounds = 3;

/** A card that the chat took, and told its name. */
interface Handed {
  readonly page: Page;
  readonly method: string;
  readonly receipt: string;
  readonly conversation: string;
  readonly activity: string;
}

export function make(ports: PortsOf<"update-cards">): QueueHandler {
  const { clock, journal, chat } = ports;
  const directoryNow = directory(ports.configItems, clock);
  const people = acquaintances(ports);
  const cards = pageCards(ports, directoryNow);

  /** Undefined where it stands, or can stand nowhere. */
  const change = async (card: Handed, message: ChatMessage): Promise<ChatRefusal | undefined> => {
    const person = await directoryNow.person(card.page.person);
    const address = person?.methods.find(({ id }) => id === card.method)?.address;
    const known = address === undefined ? undefined : await people.knownBy(address);
    // Whoever left the config, or took the app away, may have the card all the same.
    const serviceUrl = known?.serviceUrl ?? chat.bot()?.serviceUrl;
    if (serviceUrl === undefined) return undefined;
    const { conversation, activity } = card;
    const changed = await chat.change({ serviceUrl, conversation }, activity, message);
    return changed.outcome === "done" ? undefined : changed;
  };

  const stale = async (stream: StreamId, incident: Incident, handed: readonly Handed[], shown: Shown) => {
    const made = await Promise.all(
      handed.map(async (card) => ({ card, message: await cards.of(stream, incident, card.page) })),
    );
    return made.filter(({ card, message }) => shown.get(card.receipt) !== JSON.stringify(message));
  };

  return queue(async (body, tools) => {
    const { "detail-type": cause, detail } = body as Envelope<EventRef> & { readonly "detail-type": Cause };
    const { stream, ref = "" } = detail;
    const shown: Shown = new Map();
    // Of two that change one card at once, whoever is last has seen what both of them know.
    for (let round = 0; round < rounds; round++) {
      const incident = await streamNow(aggregate, journal, stream);
      const due = await stale(stream, incident, touched[cause](incident, ref).flatMap(handedOf), shown);
      if (due.length === 0) return;
      const failed = await inTurn(due, async ({ card, message }) => {
        const refused = await change(card, message);
        shown.set(card.receipt, JSON.stringify(message));
        return refused === undefined ? [] : notShown(refused, stream, card, tools);
      });
      if (failed.length > 0)
        throw new Error(
          `${failed.length} of ${due.length} cards of ${stream} are not changed yet (${failed[0]}); they are changed again`,
        );
    }
  });
}

/** By receipt, what was last shown there. */
type Shown = Map<string, string>;

const handedOf = (page: Page): readonly Handed[] =>
  page.deliveries.flatMap(({ channel, method, receipt }) => {
    if (channel !== "teams" || receipt === undefined) return [];
    const { conversation, activity } = readReceipt(receipt);
    // What the chat gave no name can't be changed: a press on it is answered by the card as it is then.
    return activity === undefined ? [] : [{ page, method, receipt, conversation, activity }];
  });

/** Why it has to be tried again; nothing where there is no card any more, or somebody else has to mend something first. */
function notShown(refused: ChatRefusal, stream: StreamId, { page }: Handed, tools: Tools) {
  const { outcome, reason } = refused;
  tools.log.info("card not changed", { stream, page: page.id, outcome, reason });
  if (outcome !== "giveUp") return [reason];
  // That there is no chat, or that it refuses us, is told by whoever sends pages.
  if (refused.operator && reason === "too-large") tools.count("OperatorAlarm");
  return [];
}

async function inTurn<Each, Result>(
  all: readonly Each[],
  act: (each: Each) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = all.values();
  const lane = async (): Promise<void> => {
    for (const each of waiting) results.push(...(await act(each)));
  };
  await Promise.all(Array.from({ length: Math.min(abreast, all.length) }, lane));
  return results;
}
