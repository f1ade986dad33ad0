// Somebody more is wanted: a person by name, or whoever answers for a service.
import { withoutManners } from "../../core/chat-words.ts";
import { type Found, findNamed } from "../../core/near.ts";
import { readWhom } from "../../wording/cards/verbs.ts";
import { chatWords } from "../../wording/chat.ts";
import { incidentCardOf } from "../draw.ts";
import type { House } from "../house.ts";
import type { About, Asking, Command, Told } from "./command.ts";
import { give } from "./give.ts";

interface Wanted {
  readonly kind: "person" | "service";
  readonly id: string;
  readonly name: string;
}

export const page: Command = {
  verb: "page",
  words: ["page", "page for", "call in"],
  takes: "words",
  changes: true,
  help: {
    typed: ({ person, service }) => {
      const whom = person ?? service;
      return whom === undefined ? undefined : `page ${whom}`;
    },
    does: "pages a person, or whoever answers for a service",
  },
  needs: "incident",
  async run(house, asked, about) {
    const { whom } = asked.filled;
    const all = await everything(house);
    const chosen = whom === undefined ? undefined : readWhom(whom);
    if (chosen !== undefined) {
      const name = all.find(({ kind, id }) => kind === chosen.kind && id === chosen.id)?.name ?? chosen.id;
      return want(house, asked, about, { ...chosen, name });
    }
    const said = withoutManners(whom ?? asked.rest);
    // The card has the form.
    if (said === "") return incidentCardOf(house, asked, about.stream, about.incident, chatWords.whom);
    const found = named(said, all);
    if (found.outcome === "one") return want(house, asked, about, found.id);
    return { kind: "refused", text: unclear(said, found), about };
  },
};

async function everything({ directory }: House): Promise<readonly Wanted[]> {
  const [people, services] = await Promise.all([directory.everybody(), directory.services()]);
  return [
    ...people.map((each) => ({ ...each, kind: "person" as const })),
    ...services.map((each) => ({ ...each, kind: "service" as const })),
  ];
}

const named = (said: string, all: readonly Wanted[]): Found<Wanted> =>
  findNamed(
    said,
    all.map((each) => ({ id: each, names: [each.id, each.name] })),
  );

const unclear = (said: string, found: Exclude<Found<Wanted>, { outcome: "one" }>): string =>
  found.outcome === "several"
    ? chatWords.severalNamed(
        shown(said),
        found.ids.map(({ name }) => name),
      )
    : chatWords.nobodyNamed(
        shown(said),
        found.near.map(({ name }) => name),
      );

const shown = (said: string): string => (said.length > 40 ? `${said.slice(0, 39)}…` : said);

const want = (house: House, asked: Asking, about: About, { kind, id, name }: Wanted): Promise<Told> =>
  give(
    house,
    asked,
    about,
    kind === "person" ? { type: "PagePerson", person: id } : { type: "PageSubject", service: id },
    () => chatWords.paging(name),
  );
