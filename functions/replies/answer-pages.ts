// A reply that names several pages, or all: each is answered by itself, and one text says what became of each.
import type { AnsweredPage } from "../wording/reply-answers.ts";
import { type Act, type Answered, answerPage, type Effect } from "./answer-page.ts";
import type { House } from "./house.ts";
import type { Meant, Page } from "./page-meant.ts";

interface Given {
  readonly act: Act;
  readonly id: string;
  readonly arrivingIn?: number | undefined;
}

export async function answerPages(
  house: House,
  { pages, unknown }: Extract<Meant, { readonly outcome: "pages" }>,
  { act, id, arrivingIn }: Given,
): Promise<Answered> {
  const answered = await Promise.all(pages.map((page) => answerOne(house, page, { act, id, arrivingIn })));
  const [only, ...others] = answered;
  if (only !== undefined && others.length === 0 && unknown.length === 0) return only.said;
  const each: readonly AnsweredPage[] = [
    ...answered.map(({ code, said: { answer, drill } }) => ({ code, drill, answer })),
    ...unknown.map((code) => ({ code, drill: false, answer: { kind: "no-such-page", code } as const })),
  ];
  const isDrill = answered.length > 0 && answered.every(({ said }) => said.drill);
  return {
    answer: { kind: "several", each: isDrill ? each.map((one) => ({ ...one, drill: false })) : each },
    drill: isDrill,
    effect: effectOf(answered.map(({ said }) => said.effect)),
  };
}

const effectOf = (effects: readonly Effect[]): Effect =>
  (["acted", "understood"] as const).find((each) => effects.includes(each)) ?? "none";

async function answerOne(house: House, page: Page, { id, ...given }: Given) {
  const { code } = page.ticket;
  return { code, said: await answerPage(house, page, { ...given, id: `${id}.${code}` }) };
}
