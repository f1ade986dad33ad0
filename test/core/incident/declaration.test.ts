// From the declaration on an incident has a name and a commander's word ends it; monitoring's does not.
import fc from "fast-check";
import { expect, test } from "vitest";
import { incident } from "../../../functions/core/incident/aggregate.ts";
import { minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  allResolved,
  close,
  contact,
  declare,
  decline,
  escalate,
  handed,
  levels,
  machineResolves,
  signIn,
  standDown,
} from "../../support/on-call.ts";
import { chatIsGone } from "../../support/on-the-bridge.ts";
import { chatIs, given, monitoringSays, nightOf, pass, withContacts, withPlan } from "../../support/spec.ts";

const adaHasIt = [alert(), handed("p1.0.1"), acknowledge("ada", "p1")] as const;
const both = withPlan(levels(["ada", "grace"]));
const quiet = monitoringSays({ firing: false });

test("an incident is declared by whoever has it, under a name that no other live incident has", () => {
  const { claims, night } = given(...adaHasIt).when(
    declare("ada", { synopsis: "Payments fail.", sensitive: true }),
  );
  expect(night.history.at(-2)).toMatchObject({
    type: "IncidentDeclared",
    codename: "Osprey",
    synopsis: "Payments fail.",
    sensitive: true,
  });
  expect(claims).toEqual([{ key: "codename/osprey", change: "take" }]);
  expect(night.state.phase).toBe("declared");
  expect(night.state.declaration).toMatchObject({ codename: "Osprey", declaredBy: "ada" });
});

test("of a sensitive incident nothing stands in the list but its name", () => {
  const listed = (sensitive: boolean) =>
    incident.summary(nightOf(...adaHasIt, declare("ada", { synopsis: "Payments fail.", sensitive })).state);
  expect(listed(true)).toMatchObject({ title: "Osprey", codename: "Osprey" });
  expect(JSON.stringify(listed(true))).not.toMatch(/500|Payments/);
  expect(listed(false)).toMatchObject({ title: "Checkout answers with 500", codename: "Osprey" });
});

test("while nobody has it anybody who is signed in may declare it", () => {
  given(alert()).when(declare("kay")).then({ type: "IncidentDeclared" });
  given(...adaHasIt)
    .when(declare("kay"))
    .thenRefused("not-in-command");
  given(alert())
    .when({ ...declare("ada"), actor: { kind: "person", id: "ada", via: "sms", assurance: "number" } })
    .thenRefused("not-allowed");
});

test("it is declared once, and not once it is over", () => {
  given(alert(), declare("ada")).when(declare("ada")).thenRefused("already-declared");
  given(alert(), standDown("ada")).when(declare("ada")).thenRefused("incident-closed");
  given().when(declare("ada")).thenRefused("incident-unknown");
});

test("without a synopsis it is the alert's title", () => {
  for (const said of [{}, { synopsis: "" }, { synopsis: " \u0000\n " }])
    given(alert())
      .when(declare("ada", said))
      .then({
        type: "IncidentDeclared",
        synopsis: expect.stringMatching(/^(Checkout answers with 500|\ufffd)$/),
        sensitive: false,
      });
});

test("whatever is said as a synopsis, one short line without control characters stands on the timeline", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 600 }), (synopsis) => {
      const { events } = given(alert()).when(declare("ada", { synopsis }));
      const [declared] = events;
      if (declared?.type !== "IncidentDeclared") throw new Error("it was not declared");
      expect(declared.synopsis.length).toBeLessThanOrEqual(200);
      expect(declared.synopsis.length).toBeGreaterThan(0);
      expect(declared.synopsis).toMatch(/^[^\p{Cc}\u2028\u2029]*$/u);
    }),
  );
});

test("a declaration is an act: whoever has it is not asked whether it is forgotten", () => {
  given(...adaHasIt, declare("ada"))
    .whenPassed(minutes(60))
    .thenNothing();
  given(...adaHasIt)
    .whenPassed(minutes(60))
    .thenAmong({ type: "AcknowledgementQuestioned", person: "ada" });
});

test("paging goes on in a declared incident, and alerts join it", () => {
  given(alert(), handed("p1.0.1"), declare("kay"))
    .whenPassed(minutes(5))
    .thenAmong({ type: "PageExpired", person: "ada" }, { type: "LevelStarted", people: ["grace"] });
  given(alert("warning"), handed("p1.0.1"), declare("kay"))
    .when(alert("critical"))
    .thenAmong(
      { type: "SeverityRaised" },
      { type: "DeliveryWanted", cause: "severity-raised" },
      { type: "AlertsJoined" },
    );
});

test("monitoring's all-clear ends no declared incident: whoever commands it is told, once", () => {
  const cleared = [...adaHasIt, declare("ada"), quiet, allResolved, pass(seconds(5))] as const;
  given(...adaHasIt, declare("ada"), quiet, allResolved)
    .whenPassed(seconds(6))
    .then(
      { type: "AllClearBelieved" },
      { type: "NoticeWanted", kind: "signal-clear", person: "ada", code: "A0" },
    );
  expect(nightOf(...cleared).state.phase).toBe("declared");
  given(...cleared)
    .when(allResolved)
    .thenNothing();
  given(...cleared)
    .whenPassed(minutes(60))
    .thenNothing();
});

test("what fires again is news, and so is the next all-clear", () => {
  const cleared = [...adaHasIt, declare("ada"), quiet, allResolved, pass(seconds(5))] as const;
  given(...cleared)
    .when(alert())
    .thenAmong({ type: "SignalReturned" });
  given(...cleared, alert(), allResolved)
    .whenPassed(seconds(6))
    .thenAmong({ type: "AllClearBelieved" }, { type: "NoticeWanted", kind: "signal-clear" });
});

test("an all-clear that was believed before the declaration's moment is still only told", () => {
  given(...adaHasIt, quiet, allResolved, declare("ada"))
    .whenPassed(seconds(6))
    .thenNo("IncidentStoodDown");
});

test("while nobody commands, everybody who works on it is told of the all-clear", () => {
  given(alert(), declare("kay"), signIn("grace"), signIn("kay"), quiet, allResolved)
    .whenPassed(seconds(6))
    .thenAmong(
      { type: "NoticeWanted", kind: "signal-clear", person: "grace" },
      { type: "NoticeWanted", kind: "signal-clear", person: "kay" },
    );
});

test("a machine that says resolved ends no declared incident either", () => {
  given(...adaHasIt, declare("ada"))
    .when(machineResolves)
    .then({ type: "AllClearBelieved" }, { type: "NoticeWanted", kind: "signal-clear", person: "ada" });
  given(...adaHasIt, declare("ada"), machineResolves)
    .when(machineResolves)
    .thenNothing();
});

test("a false alarm is stood down by whoever commands it, and by nobody else", () => {
  given(...adaHasIt, declare("ada"))
    .when(standDown("ada"))
    .thenAmong({ type: "IncidentStoodDown", reason: "resolved-by-person" });
  given(...adaHasIt, declare("ada"))
    .when(standDown("kay"))
    .thenRefused("not-in-command");
  given(...adaHasIt)
    .when(standDown("kay"))
    .thenAmong({ type: "IncidentStoodDown" });
});

test("a close ends all paging, tells everybody and gives back its names", () => {
  const { claims, night } = given(
    both,
    alert(),
    handed("p1.0.1"),
    handed("p2.0.1"),
    signIn("kay"),
    declare("ada"),
    {
      ...acknowledge("ada"),
    },
  ).when(close("ada"));
  const ended = night.history.slice(-4).map(({ type }) => type);
  expect(ended.at(-1)).toBe("IncidentClosed");
  expect(claims).toEqual([
    { key: "correlation/checkout", change: "release" },
    { key: "codename/osprey", change: "release", until: night.now + minutes(24 * 60) },
    { key: "code/A0", change: "release", until: night.now + minutes(120) },
    { key: "code/A1", change: "release", until: night.now + minutes(120) },
  ]);
  const told = night.history.flatMap((e) =>
    e.type === "NoticeWanted" && e.kind === "closed" ? [e.person] : [],
  );
  expect(told).toEqual(["grace", "kay"]);
  expect(night.state.phase).toBe("closed");
  expect(night.state.paging.requests["owner"]?.state).toEqual({ name: "cancelled", owner: "ada" });
});

test("a close cancels whoever is still being paged", () => {
  given(alert(), declare("ada"))
    .when(close("ada"))
    .thenAmong(
      { type: "PageCancelled", page: "p1", reason: "closed" },
      { type: "RequestCancelled", request: "owner", reason: "closed" },
      { type: "IncidentClosed" },
    );
});

test("who commands and wants more help commands on, until somebody else takes it", () => {
  for (const more of [escalate("ada", "p1"), escalate("ada")]) {
    const helped = [...adaHasIt, declare("ada"), more] as const;
    given(...helped)
      .when(close("kay"))
      .thenRefused("not-in-command");
    given(...helped)
      .when(close("ada"))
      .thenAmong({ type: "IncidentClosed" });
    given(...helped, acknowledge("grace"))
      .when(close("ada"))
      .thenRefused("not-in-command");
  }
  // Whoever gives it back leaves it to whoever comes first.
  given(...adaHasIt, declare("ada"), decline("ada", "p1"))
    .when(close("kay"))
    .thenAmong({ type: "IncidentClosed" });
});

test("nobody takes the command of a declared incident by asking for more help", () => {
  given(...adaHasIt, declare("ada"))
    .when(escalate("kay"))
    .thenRefused("not-in-command");
  // Whoever is paged for it asks for more, as ever.
  given(...adaHasIt, declare("ada"), escalate("ada"))
    .when(escalate("grace"))
    .thenAmong({ type: "PageEscalated", person: "grace" });
});

test("only whoever commands closes; an incident in triage is stood down instead", () => {
  given(...adaHasIt, declare("ada"))
    .when(close("kay"))
    .thenRefused("not-in-command");
  given(...adaHasIt)
    .when(close("ada"))
    .thenRefused("not-declared");
  given(...adaHasIt, declare("ada"), close("ada"))
    .when(close("ada"))
    .thenNothing();
  given(...adaHasIt, standDown("ada"))
    .when(close("ada"))
    .thenNothing();
});

test("after a close nothing happens any more, and every order is told so", () => {
  const over = [...adaHasIt, declare("ada"), close("ada")] as const;
  given(...over)
    .whenPassed(minutes(600))
    .thenNothing();
  given(...over)
    .when(alert())
    .thenRefused("incident-closed");
  given(...over)
    .when(signIn("kay"))
    .thenRefused("incident-closed");
});

test("a lost chat moves a declared incident on which two work together", () => {
  const together = [withContacts(contact("kay")), ...adaHasIt, signIn("kay")] as const;
  given(...together, declare("ada"), chatIs("gone"))
    .when(chatIsGone)
    .then({ type: "BridgeWanted", reason: "chat-unreachable" });
  given(...together, chatIs("gone"))
    .when(chatIsGone)
    .then({ type: "BridgeWanted" });
  given(...adaHasIt, declare("ada"), chatIs("gone"))
    .when(chatIsGone)
    .thenNothing();
});
