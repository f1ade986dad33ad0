// Tells people where to meet: the number and the PIN, by text; whoever is still absent later is rung.
import { usableMethod } from "../../contact.ts";
import type { Draft } from "../draft.ts";
import type { NoticeKind } from "../events.ts";
import { newestPages, tellPerson, writtenWay } from "../notices/tell.ts";

/** By the way that reached a person before, or by the first that is open for texts. */
export function invite(draft: Draft, kind: NoticeKind, people: readonly string[]): void {
  const pages = newestPages(Object.values(draft.state().paging.pages));
  for (const person of people) {
    const page = pages.get(person);
    const way = (page === undefined ? undefined : writtenWay(page)) ?? firstText(draft, person);
    if (way !== undefined) tellPerson(draft, { kind, person, ...way, code: page?.code });
  }
}

function firstText(draft: Draft, person: string) {
  const method = usableMethod(draft.facts.contacts[person], "sms");
  return method === undefined ? undefined : ({ channel: "sms", method } as const);
}
