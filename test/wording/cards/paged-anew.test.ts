// What somebody has in hand became urgent: the cards say so, and ask.
import { expect, test } from "vitest";
import { pageCard } from "../../../functions/wording/cards/page-card.ts";
import { pageFacts } from "../../../functions/wording/cards/page-facts.ts";
import { acknowledge, alert } from "../../support/on-call.ts";
import { nightOf } from "../../support/spec.ts";

const { state, now } = nightOf(alert("warning"), acknowledge("ada", "p1"), alert("critical"));

function shown(id: string | undefined) {
  const page = state.paging.pages[id ?? ""];
  if (page === undefined) throw new Error(`No page ${id}`);
  const reader = { timeZone: "UTC", names: new Map(), now, address: "https://pager.example.com/" };
  const facts = pageFacts("incident/i1", state, page, reader);
  return { standing: facts.standing, card: JSON.stringify(pageCard(facts)) };
}

test("the card of a page that asks its owner anew waits for an answer", () => {
  const { standing, card } = shown(Object.keys(state.paging.pages).at(-1));
  expect(standing).toEqual({ name: "open" });
  expect(card).toContain("Waiting for your answer.");
  expect(card).toContain("Acknowledge");
});

test("the card that was answered before asks because it became urgent, not because of silence", () => {
  const { standing, card } = shown("p1");
  expect(standing).toMatchObject({ name: "yours", asked: "urgency-raised" });
  expect(card).toContain("It became urgent: is it still in your hands?");
  expect(card).not.toContain("Nothing was heard since");
  expect(card).toContain("Still mine");
});
