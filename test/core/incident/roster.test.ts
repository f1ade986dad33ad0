// Who is here. An acknowledgement is a promise, and a promise is no arrival.
import { expect, test } from "vitest";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  allResolved,
  contact,
  decline,
  type Given,
  handed,
  levels,
  pageSubject,
  signIn,
  standDown,
} from "../../support/on-call.ts";
import { openBridge, setUp } from "../../support/on-the-bridge.ts";
import {
  given,
  monitoringSays,
  nightOf,
  pass,
  withContacts,
  withPlan,
  withSubject,
} from "../../support/spec.ts";

const both = withPlan(levels(["ada", "grace"]));
const promises = (by: string, page?: string, arrivingIn = minutes(20)): Given => ({
  ...acknowledge(by, page),
  type: "Acknowledge",
  arrivingIn,
});

test("whoever arrives stands on the roster, once", () => {
  const { night } = given(alert(), acknowledge("ada", "p1")).when(signIn("ada"));
  expect(night.state.roster["ada"]).toEqual({ promised: undefined, signedInAt: night.now });
  given(alert(), acknowledge("ada", "p1"), signIn("ada")).when(signIn("ada")).thenNothing();
});

test("an arrival is an answer: whoever was paged and comes has said yes", () => {
  given(both, alert(), handed("p2.0.1"))
    .when(signIn("ada"))
    .then(
      { type: "SignedIn", person: "ada" },
      { type: "PageAcknowledged", page: "p1", person: "ada" },
      { type: "PageCancelled", page: "p2", person: "grace" },
      { type: "RequestSatisfied", people: ["ada"] },
      { type: "NoticeWanted", kind: "taken-by", person: "grace" },
      { type: "AcknowledgementRenewed", person: "ada" },
    );
});

test("whoever comes late, while others are being asked, has said yes as well", () => {
  given(alert(), pass(minutes(6)))
    .when(signIn("ada"))
    .thenAmong(
      { type: "PageAcknowledged", page: "p1" },
      { type: "PageCancelled", person: "grace" },
      { type: "RequestSatisfied", people: ["ada"] },
    );
});

test("whoever declined, or was never asked, arrives and takes nothing", () => {
  given(both, alert(), decline("ada", "p1")).when(signIn("ada")).then({ type: "SignedIn" });
  given(alert()).when(signIn("kay")).then({ type: "SignedIn", person: "kay" });
});

test("a promise of arrival that passes is asked after; an arrival ends it", () => {
  const promised = [alert(), promises("ada", "p1", minutes(30))] as const;
  given(...promised)
    .whenPassed(minutes(29))
    .thenNothing();
  given(...promised)
    .whenPassed(minutes(31))
    .thenAmong({ type: "AcknowledgementQuestioned", person: "ada" });
  given(...promised, signIn("ada"))
    .whenPassed(hours(4))
    .thenNothing();
  expect(nightOf(...promised).state.roster["ada"]).toMatchObject({ promised: expect.any(Number) });
});

test("whoever has it already may promise later when to expect them, and has until then", () => {
  given(alert(), acknowledge("ada", "p1"), pass(minutes(10)))
    .when(promises("ada", "p1"))
    .then({ type: "ArrivalPromised", person: "ada" });
  given(alert(), acknowledge("ada", "p1"), pass(minutes(10)), promises("ada", "p1"))
    .whenPassed(minutes(19))
    .thenNothing();
  // Asked whether it is still in hand: the promise answers that.
  given(alert(), acknowledge("ada", "p1"), pass(minutes(16)), promises("ada", "p1"))
    .whenPassed(minutes(21))
    .thenAmong({ type: "AcknowledgementQuestioned" });
});

test("nobody promises more than four hours, nor is expected who is here", () => {
  const { night } = given(alert()).when(promises("ada", "p1", hours(1000)));
  expect(night.state.roster["ada"]?.promised).toBe(night.now + hours(4));
  given(alert(), signIn("ada")).when(promises("ada", "p1")).thenNothing();
});

test("whoever signed in is not asked whether it is forgotten, whatever is taken later", () => {
  given(alert(), signIn("kay"), acknowledge("kay"))
    .whenPassed(minutes(16))
    .then({ type: "AcknowledgementRenewed", person: "kay" });
});

test("whoever gives it back is not counted as being here any more", () => {
  const { night } = given(alert(), signIn("ada")).when(decline("ada", "p1"));
  expect(night.state.roster).toEqual({});
  expect(night.state.paging.requests["owner"]?.state.name).toBe("open");
});

test("whoever gives back one of two things is still here for the other", () => {
  const night = nightOf(
    withSubject("network", levels(["ada"], ["grace"])),
    alert(),
    pageSubject("kay", "network"),
    signIn("ada"),
    decline("ada", "p2"),
  );
  expect(night.state.paging.requests["owner"]?.state).toMatchObject({ name: "satisfied", owner: "ada" });
  expect(night.state.paging.requests["r1"]?.state.name).toBe("open");
  expect(night.state.roster["ada"]?.signedInAt).toBeDefined();
});

test("whoever arrives while a bridge is open is told the way in", () => {
  given(alert(), acknowledge("ada", "p1"), openBridge("ada"), setUp(1))
    .when(signIn("kay"))
    .then({ type: "SignedIn" }, { type: "NoticeWanted", kind: "bridge-open", person: "kay" });
});

test("whoever came without having been paged is told of the end like everybody else", () => {
  given(alert(), signIn("kay"))
    .when(standDown("ada"))
    .thenAmong({ type: "NoticeWanted", kind: "stood-down-by-person", person: "kay", channel: "sms" });
});

test("whoever took it without having been paged, or was only rung, is told of the end as well", () => {
  given(alert(), acknowledge("kay"))
    .when(standDown("ada"))
    .thenAmong({ type: "NoticeWanted", kind: "stood-down-by-person", person: "kay" });
  const rung = contact("ada", [{ method: "desk", channel: "voice", after: 0 }]);
  const methods = [...rung.methods, { id: "mobile", channel: "sms" as const }];
  given(withContacts({ ...rung, methods }), alert(), acknowledge("ada"))
    .when(standDown("kay"))
    .thenAmong({ type: "NoticeWanted", person: "ada", channel: "sms", method: "mobile" });
});

test("whoever came without having been paged hears monitoring's all-clear, though somebody else has it", () => {
  given(alert(), acknowledge("ada"), signIn("kay"), monitoringSays({ firing: false }), allResolved)
    .whenPassed(seconds(6))
    .thenAmong(
      { type: "NoticeWanted", kind: "all-clear", person: "ada" },
      { type: "NoticeWanted", kind: "all-clear", person: "kay" },
    );
});

test("a phone's number is enough to sign in; a machine can't arrive", () => {
  given(alert())
    .when({ ...signIn("ada"), actor: { kind: "machine", id: "robot", via: "api", assurance: "signed-in" } })
    .thenRefused("not-allowed");
});
