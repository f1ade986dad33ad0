// What a reply without a code may mean, and for how long: the hour begins anew with every message that asks something.
import { describe, expect, test } from "vitest";
import type { ClaimChange } from "../../../functions/core/aggregate.ts";
import { bareReplyWindow, codeLife, type PageTicket } from "../../../functions/core/incident/paging/names.ts";
import { standingOf } from "../../../functions/core/incident/paging/standing.ts";
import { hours, minutes } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  allResolved,
  contact,
  decline,
  escalate,
  handed,
  levels,
  passTime,
  standDown,
} from "../../support/on-call.ts";
import {
  carryOut,
  evening,
  given,
  type Line,
  monitoringSays,
  nightOf,
  pass,
  stall,
  withContacts,
  withPlan,
} from "../../support/spec.ts";

const renewed = (claims: readonly ClaimChange[]) =>
  claims
    .filter(({ change, key }) => change === "take" && key.startsWith("pages-of/"))
    .map(({ key, until, detail = "{}" }) => ({ key, until, ...(JSON.parse(detail) as PageTicket) }));
const codes = (claims: readonly ClaimChange[]) =>
  claims.filter(({ change, key }) => change === "take" && key.startsWith("code/"));

const slowSecondWay = withContacts(
  contact("ada", [
    { method: "sms", channel: "sms", after: 0 },
    { method: "voice", channel: "voice", after: minutes(3) },
  ]),
);

/** What the hub's next look at its clock claims, at that time. */
const lookAfter = (time: number, ...lines: readonly Line[]) => {
  const night = nightOf(...lines, stall(time));
  return { now: night.now, ...carryOut(night, passTime).decision };
};

describe("the hour of a bare reply begins anew", () => {
  test("with the question whether it is still theirs", () => {
    const { now, claims } = lookAfter(
      minutes(70),
      withPlan({ askAfter: minutes(70) }),
      alert(),
      handed("p1.0.1"),
      acknowledge("ada", "p1"),
    );
    expect(renewed(claims)).toEqual([
      {
        key: "pages-of/ada/A0",
        until: now + bareReplyWindow,
        page: "p1",
        person: "ada",
        code: "A0",
        at: now,
      },
    ]);
    expect(codes(claims)).toMatchObject([{ key: "code/A0", until: now + codeLife }]);
  });

  test("with a way that speaks later, and with one that is tried again", () => {
    const { now, claims } = lookAfter(minutes(3), slowSecondWay, withPlan(levels(["ada"])), alert());
    expect(renewed(claims)).toMatchObject([{ page: "p1", at: now }]);
  });

  test("with a severity that was raised: for whoever is still asked, and for whoever has it", () => {
    const both = withPlan(levels(["ada", "grace"]));
    const open = given(both, alert("error"), handed("p1.0.1"), handed("p2.0.1"), pass(minutes(2))).when(
      alert("critical"),
    );
    expect(
      renewed(open.claims)
        .map(({ person }) => person)
        .sort(),
    ).toEqual(["ada", "grace"]);
    const taken = given(
      both,
      alert("error"),
      handed("p1.0.1"),
      acknowledge("ada", "p1"),
      pass(minutes(2)),
    ).when(alert("critical"));
    expect(renewed(taken.claims).map(({ person }) => person)).toEqual(["ada"]);
  });

  test("for the page that was opened last, where one code stands for several", () => {
    const night = nightOf(
      withPlan({ ...levels(["ada"]), repeats: 1 }),
      alert(),
      handed("p1.0.1"),
      pass(minutes(6)),
    );
    expect(Object.keys(night.state.paging.pages)).toEqual(["p1", "p2"]);
    const { decision } = carryOut({ ...night, now: night.now + 1 }, alert("critical"));
    for (const { page } of renewed(decision.claims)) expect(page).toBe("p2");
  });

  test("and by nothing that asks nothing", () => {
    const { claims } = given(alert(), handed("p1.0.1"), pass(minutes(1))).when(acknowledge("ada", "p1"));
    expect(renewed(claims)).toEqual([]);
    const told = given(
      withPlan(levels(["ada", "grace"])),
      alert(),
      handed("p1.0.1"),
      handed("p2.0.1"),
      pass(minutes(1)),
    );
    expect(renewed(told.when(acknowledge("ada", "p1")).claims)).toEqual([]);
  });
});

test("a code that has lapsed is not taken again: it may be another's by now", () => {
  const { claims, events } = lookAfter(
    hours(60),
    withPlan({ askAfter: hours(60) }),
    alert(),
    handed("p1.0.1"),
    acknowledge("ada", "p1"),
  );
  expect(events.map(({ type }) => type)).toContain("AcknowledgementQuestioned");
  expect(renewed(claims)).toEqual([]);
});

test("a code lives on as long as questions are asked by it", () => {
  const asked = nightOf(
    withPlan({ askAfter: hours(40), resumeAfter: hours(1) }),
    alert(),
    handed("p1.0.1"),
    acknowledge("ada", "p1"),
    pass(hours(40)),
  );
  expect(asked.state.paging.pages["p1"]?.askedAt).toBe(evening.now + hours(40));
  const again = carryOut({ ...asked, now: asked.now + hours(1) }, passTime);
  expect(renewed(again.decision.claims)).toMatchObject([{ code: "A0", at: asked.now + hours(1) }]);
});

describe("how a page stands for whoever was paged", () => {
  const both = withPlan(levels(["ada", "grace"]));
  const reached = [both, alert(), handed("p1.0.1"), handed("p2.0.1")] as const;
  const standing = (page: string, ...lines: readonly Line[]) => standingOf(nightOf(...lines).state, page);

  test("it asks until it is answered, also when its level has passed", () => {
    expect(standing("p1", ...reached)).toBe("asks");
    expect(standing("p1", alert(), pass(minutes(6)))).toBe("asks");
  });

  test("it is theirs once they have it, or stay on it", () => {
    expect(standing("p1", ...reached, acknowledge("ada", "p1"))).toBe("theirs");
    expect(standing("p1", alert(), escalate("ada", "p1"))).toBe("theirs");
  });

  test("it asks again when nothing was heard of them", () => {
    expect(standing("p1", ...reached, acknowledge("ada", "p1"), pass(minutes(15)))).toBe("asks");
  });

  test("it is settled by their no, and by another's yes once they were told", () => {
    expect(standing("p1", ...reached, decline("ada", "p1"))).toBe("settled");
    const taken = nightOf(...reached, acknowledge("grace", "p2"));
    expect(standingOf(taken.state, "p1")).toBe("asks");
    const notices = Object.entries(taken.state.notices).map(([id, notice]) => [
      id,
      { ...notice, state: "handed" as const },
    ]);
    expect(standingOf({ ...taken.state, notices: Object.fromEntries(notices) }, "p1")).toBe("settled");
  });

  test("it is over with its incident, once they were told", () => {
    expect(standing("p1", alert(), standDown("joan"))).toBe("asks");
    const cleared = nightOf(
      alert(),
      acknowledge("ada", "p1"),
      monitoringSays({ firing: false }),
      allResolved,
      pass(minutes(1)),
    );
    const notices = Object.entries(cleared.state.notices).map(([id, notice]) => [
      id,
      { ...notice, state: "failed" as const },
    ]);
    expect(standingOf({ ...cleared.state, notices: Object.fromEntries(notices) }, "p1")).toBe("over");
  });
});
