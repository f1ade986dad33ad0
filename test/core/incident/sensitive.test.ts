// A sensitive incident is for those who were paged for it, work on it, declared it or were invited: to read, and to order.
import { describe, expect, test } from "vitest";
import type { IncidentOrder } from "../../../functions/core/incident/commands.ts";
import { mayAct, mayRead } from "../../../functions/core/incident/sensitive.ts";
import { may } from "../../../functions/core/may.ts";
import { minutes } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  close,
  declare,
  decline,
  escalate,
  levels,
  machineAcknowledges,
  pagePerson,
  reportCan,
  signedIn,
  signIn,
  standDown,
} from "../../support/on-call.ts";
import {
  bridgeIsOpen,
  byText,
  byVoice,
  callIn,
  callMe,
  everybodyHasAPhone,
  openBridge,
} from "../../support/on-the-bridge.ts";
import { given, type Line, nightOf, pass, withPlan } from "../../support/spec.ts";

/** Ada and Grace are paged, Ada has it. */
const both = withPlan(levels(["ada", "grace"]));
const theft: readonly Line[] = [both, alert(), acknowledge("ada", "p1"), declare("ada", { sensitive: true })];
const whoReads = (...lines: readonly Line[]) => {
  const { state } = nightOf(...lines);
  return ["ada", "grace", "joan", "kay"].filter((person) => mayRead(state, person));
};

describe("it is read by", () => {
  test("everybody, as long as it is not declared as sensitive", () => {
    expect(whoReads(both, alert())).toEqual(["ada", "grace", "joan", "kay"]);
    expect(whoReads(both, alert(), acknowledge("ada", "p1"), declare("ada"))).toHaveLength(4);
  });

  test("whoever has it, and not by those whose pages were called off", () => {
    expect(whoReads(...theft)).toEqual(["ada"]);
  });

  test("nobody who is not known", () => {
    expect(mayRead(nightOf(...theft).state, undefined)).toBe(false);
  });

  test("whoever declared it without having it", () => {
    expect(whoReads(both, alert(), declare("kay", { sensitive: true }))).toEqual(["ada", "grace", "kay"]);
  });

  test("whoever is paged by one of them, until they decline", () => {
    expect(whoReads(...theft, pagePerson("ada", "kay"))).toEqual(["ada", "kay"]);
    // The last resort is paged in their place.
    expect(whoReads(...theft, pagePerson("ada", "kay"), decline("kay", "p4"))).toEqual(["ada", "joan"]);
  });

  test("whoever was paged by name and did not answer in time: the invitation stands", () => {
    expect(whoReads(...theft, pagePerson("ada", "kay"), pass(minutes(6)))).toContain("kay");
  });

  test("whoever is called into the room by the commander", () => {
    expect(whoReads(...theft, everybodyHasAPhone, ...bridgeIsOpen("ada"), callIn("ada", "kay"))).toEqual([
      "ada",
      "kay",
    ]);
  });

  test("the next level, when it is given back", () => {
    const second = withPlan(levels(["ada"], ["grace"]));
    const givenBack = [second, alert(), acknowledge("ada", "p1"), declare("ada", { sensitive: true })];
    expect(whoReads(...givenBack)).toEqual(["ada"]);
    expect(whoReads(...givenBack, decline("ada", "p1"))).toEqual(["ada", "grace"]);
  });

  test("the same people after its end", () => {
    expect(whoReads(...theft, close("ada"))).toEqual(["ada"]);
  });
});

describe("an order about it", () => {
  const orders: readonly IncidentOrder[] = [
    { type: "Acknowledge" },
    { type: "Escalate" },
    { type: "SignIn" },
    { type: "Report", conditions: "x", actions: "", needs: "" },
    { type: "OpenBridge" },
    { type: "CallIn" },
    { type: "StandDown" },
  ];
  const ways = [
    signedIn("kay"),
    byText("kay"),
    byVoice("kay"),
    { ...signedIn("kay"), via: "teams" },
  ] as const;

  test.each(orders)("$type is refused to a person who is not part of it, by every channel", (order) => {
    for (const actor of ways) {
      // What a number may never order is refused for that.
      const isAllowed = may(actor, order.type, true) === undefined;
      given(...theft)
        .when({ ...order, actor })
        .thenRefused(isAllowed ? "not-invited" : "not-allowed");
    }
  });

  test("changes nothing when it is refused: whoever asks does not get in by asking", () => {
    const { night } = given(...theft).when(signIn("kay"));
    expect(mayRead(night.state, "kay")).toBe(false);
    expect(night.history.at(-1)).toMatchObject({ type: "CommandRefused", reason: "not-invited" });
  });

  test("is refused to whoever was released, and not to whoever was paged in vain or declined", () => {
    given(...theft)
      .when(acknowledge("grace", "p2"))
      .thenRefused("not-invited");
    const late = [withPlan(levels(["grace"], ["ada"])), alert(), pass(minutes(6))] as const;
    const declared = declare("ada", { sensitive: true });
    given(...late, declared)
      .when(acknowledge("grace", "p1"))
      .thenAmong({ type: "PageAcknowledged", person: "grace" });
    given(both, alert(), decline("grace", "p2"), declared)
      .when(acknowledge("grace", "p2"))
      .thenAmong({ type: "PageAcknowledged", person: "grace" });
  });

  test.each(orders)("$type by somebody who declined their page is an answer to it, or refused", (order) => {
    const theft = [
      withPlan(levels(["kay", "ada"])),
      alert(),
      decline("kay", "p1"),
      declare("ada", { sensitive: true }),
    ] as const;
    const { night } = given(...theft).when({ ...order, actor: signedIn("kay") });
    const last = night.history.at(-1);
    const isNotInvited = last?.type === "CommandRefused" && last.reason === "not-invited";
    expect(isNotInvited).toBe(!["Acknowledge", "Decline", "Escalate"].includes(order.type));
  });

  test("is taken from those who are part of it", () => {
    given(...theft)
      .when(reportCan("ada"))
      .then({ type: "CanReported" });
    given(...theft, pagePerson("ada", "kay"))
      .when(acknowledge("kay", "p4"))
      .thenAmong({ type: "PageAcknowledged", person: "kay" });
    given(...theft, ...bridgeIsOpen("ada"), everybodyHasAPhone, callIn("ada", "kay"))
      .when(callMe("kay"))
      .thenNothing();
  });

  test("is taken from machines and from the hub as before", () => {
    const { state } = nightOf(...theft);
    expect(mayAct(state, machineAcknowledges.actor, "Acknowledge")).toBe(true);
    given(...theft)
      .when(alert())
      .thenAmong({ type: "AlertsFolded" });
  });

  test("about another incident is nobody's invitation to give", () => {
    given(both, alert(), acknowledge("ada", "p1"), declare("ada"))
      .when(openBridge("kay"))
      .then({ type: "BridgeWanted" });
  });
});

test("with nobody left in it, everybody who was paged is part of it again", () => {
  const left = [both, alert(), decline("grace", "p2"), acknowledge("ada", "p1")] as const;
  const { state } = nightOf(...left, declare("ada", { sensitive: true }), standDown("ada"));
  const alone = {
    ...state,
    roster: {},
    paging: {
      ...state.paging,
      requests: {},
      pages: Object.fromEntries(
        Object.entries(state.paging.pages).map(([id, page]) => [id, { ...page, state: "declined" as const }]),
      ),
    },
  };
  expect(["ada", "grace", "kay"].filter((person) => mayRead(alone, person))).toEqual(["ada", "grace"]);
});

test("an account that is no person of the config may order nothing, whatever it is called", () => {
  const account = { kind: "account", id: "ada", via: "web", assurance: "signed-in" } as const;
  for (const order of ["Acknowledge", "StandDown", "OpenBridge", "JoinAlerts", "SignIn"] as const)
    expect(may(account, order, true)).toBe("not-a-person");
  given(alert())
    .when({ ...escalate("ada"), actor: account })
    .thenRefused("not-a-person");
});
