// Whoever is woken by a person's order knows by whose, and for what.
import { expect, test } from "vitest";
import { minutes } from "../../functions/core/time.ts";
import { askedOf, askedWords, namesInAsking } from "../../functions/wording/asked.ts";
import { firstMessage } from "../../functions/wording/sms.ts";
import { callWords } from "../../functions/wording/voice.ts";
import { acknowledge, alert, levels, pagePerson, pageSubject } from "../support/on-call.ts";
import { type Night, nightOf, pass, withSubject } from "../support/spec.ts";

const names = new Map([
  ["ada", "Ada Byron"],
  ["grace", "Grace Hopper"],
]);
const night = nightOf(
  withSubject("network", levels(["kay"])),
  alert(),
  acknowledge("ada", "p1"),
  pagePerson("ada", "grace"),
  pageSubject("ada", "network"),
);
const saidTo = (who: string, { state }: Night = night): string | undefined => {
  const page = Object.values(state.paging.pages).findLast(({ person }) => person === who);
  const asked = page && askedOf(state, page, names);
  return asked && askedWords(asked, (name) => name);
};

test("a page of the incident's own says nothing of it", () => {
  expect(saidTo("ada")).toBeUndefined();
});

test("the person asked for, the subject's people and the last resort each hear what is asked of them", () => {
  expect(saidTo("grace")).toBe("Ada Byron asks for you");
  expect(saidTo("kay")).toBe("Ada Byron asks for NETWORK");
  const later = nightOf(alert(), acknowledge("ada", "p1"), pagePerson("ada", "grace"), pass(minutes(6)));
  expect(saidTo("joan", later)).toBe("Ada Byron asks: no answer from Grace Hopper");
});

test("only whoever is spoken of is looked up", () => {
  const pages = Object.values(night.state.paging.pages);
  expect(pages.map((page) => namesInAsking(night.state, page))).toEqual([[], ["ada", "grace"], ["ada"]]);
});

test("it stands in the first message instead of the others, however long the names are", () => {
  const page = {
    drill: false,
    severity: "critical",
    service: "Checkout",
    symptom: "Payments fail ".repeat(20),
    since: 0,
    now: 0,
    timeZone: "UTC",
    others: 4,
    code: "A4821",
  } as const;
  const text = firstMessage({
    ...page,
    asked: { by: "Ada Byron, Countess of Lovelace", missing: "Grace Brewster Hopper" },
  });
  expect(text.length).toBeLessThanOrEqual(160);
  expect(text).toContain("asks: no answer from Grace Brewster");
  expect(text).toMatch(/Reply 1 A4821 yes, 2 no, 3 more help$/);
  expect(firstMessage({ ...page, asked: { by: "Ada" } })).toContain(" Ada asks for you. Reply 1");
});

test("a call says it before anything else", () => {
  const said = callWords().oneWay({
    severity: "critical",
    service: "Checkout",
    symptom: "Payments fail",
    drill: false,
    code: "A1",
    asked: { by: "Ada", service: "Network" },
  });
  expect(said).toMatch(/^This is Muster with a page for you\. Ada asks for Network\. Checkout, critical/);
});
