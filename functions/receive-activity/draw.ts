// Draws what a command answers with: for whoever asked, and for whoever reads along there.
import { incidentId, type StreamId } from "../core/aggregate.ts";
import { mayRead } from "../core/incident/sensitive.ts";
import { spokenOf } from "../core/incident/signal/symptoms.ts";
import type { Incident } from "../core/incident/state.ts";
import { postPlaceKey } from "../core/post/state.ts";
import { incidentCards } from "../incident-cards.ts";
import { pageCards } from "../page-cards.ts";
import type { Card, Listed } from "../ports.ts";
import { helpCard, helpFormCard, listCard } from "../wording/cards/answers.ts";
import type { Pressed, Verb } from "../wording/cards/verbs.ts";
import { chatWords } from "../wording/chat.ts";
import { andMore } from "../wording/words.ts";
import type { Asked, Told } from "./commands/command.ts";
import type { House } from "./house.ts";
import { type Clues, incidentName } from "./meant.ts";

type Shown = Told & { readonly kind: "card" };
type Reader = Pick<Asked, "who" | "at">;
const mostListed = 8;

const shown = (card: Card, summary: string): Shown => ({ kind: "card", card, summary });

/** The card that is about this page, or this incident, as it stands now; undefined where there is none to be shown. */
export async function cardOf(
  house: House,
  reader: Reader,
  { incident: id, page }: Clues,
  notice?: string,
): Promise<Shown | undefined> {
  const { person } = reader.who;
  // What a card says that was pressed shows nothing to whoever may not ask for it.
  if (person === undefined || id === undefined || !incidentName.test(id)) return undefined;
  const stream: StreamId = `incident/${id}`;
  const { state } = await house.incidents.load(stream);
  if (state.phase === "unopened") return undefined;
  const asked =
    page === undefined || !Object.hasOwn(state.paging.pages, page) ? undefined : state.paging.pages[page];
  // Another's page is nobody else's to see.
  if (asked?.person !== person.id) return incidentCardOf(house, reader, stream, state, notice);
  const { card, summary } = await pageCards(house, house.directory).of(stream, state, asked, notice);
  return shown(card, summary);
}

export async function incidentCardOf(
  house: House,
  reader: Reader,
  stream: StreamId,
  incident: Incident,
  notice?: string,
): Promise<Shown> {
  const [alerts, inPublic] = await Promise.all([
    house.members.count(stream),
    readByOthers(house, reader, stream, incident),
  ]);
  const beside = { alerts, inPublic, ...(notice === undefined ? {} : { notice }) };
  const { card, summary } = await incidentCards(house, house.directory).of(stream, incident, beside);
  return shown(card, summary);
}

/** Of a sensitive incident only those may read who work on it, one to one, or in the channel of its own. */
async function readByOthers(
  { claims, clock }: House,
  { at, who }: Reader,
  stream: StreamId,
  incident: Incident,
): Promise<boolean> {
  if (at.kind === "personal") return !mayRead(incident, who.person?.id);
  const own =
    at.channel === undefined ? undefined : await claims.holder(postPlaceKey(at.channel), clock.now());
  return own === undefined || incidentId(stream) !== own.holder.slice("post/".length);
}

/** What may be said of it where this person asks. */
export async function titleOf(
  house: House,
  reader: Reader,
  stream: StreamId,
  incident: Incident,
): Promise<string> {
  const { declaration } = incident;
  const { title, more } = spokenOf(incident);
  const hides = declaration?.sensitive === true && (await readByOthers(house, reader, stream, incident));
  return hides ? "a sensitive incident" : andMore(title, more);
}

export async function listOf(house: House, reader: Reader): Promise<Told> {
  const open = await house.openIncidents.open(mostListed + 1);
  if (open.length === 0) return { kind: "done", text: chatWords.noneOpen };
  return lines(house, reader, chatWords.openNow, "status", open);
}

/** Which of them is meant: a button each, which does what was asked. */
export const choices = (house: House, verb: Verb, asked: Asked, open: readonly Listed[]): Promise<Shown> =>
  lines(house, asked, chatWords.whichOne, verb, open, carried(asked));

/** What was typed goes along, so that nobody has to type it again. */
const carried = ({ time, rest, filled }: Asked): object => ({
  ...filled,
  ...(time === undefined ? {} : { minutes: Math.round(time / 60_000) }),
  ...(rest === "" ? {} : { said: rest }),
});

async function lines(
  house: House,
  reader: Reader,
  words: string,
  verb: Verb,
  open: readonly Listed[],
  more: object = {},
): Promise<Shown> {
  const each = open.map(async ({ stream, codename, drill }) => {
    const { state } = await house.incidents.load(stream);
    const title = await titleOf(house, reader, stream, state);
    const pressed: Pressed = { ...more, verb, incident: incidentId(stream) };
    const name = codename ?? state.signal.serviceName;
    return { title: drill ? `DRILL ${name}` : name, more: title, pressed };
  });
  return shown(listCard(words, await Promise.all(each), verb), words);
}

export interface HelpLine {
  readonly typed: string;
  readonly does: string;
}

export const helpOf = (lines: readonly HelpLine[], words: string = chatWords.understood): Shown =>
  shown(helpCard(words, lines), words);

export async function helpForm({ directory }: House, what: string): Promise<Shown> {
  return shown(helpFormCard(await directory.services(), what), chatWords.whatIsWrong);
}
