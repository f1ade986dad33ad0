// Call-ins: who is rung to come into the room, when, how often, and who never is.
import { expect, test } from "vitest";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import { acknowledge, alert, contact, escalate, handed, levels, standDown } from "../../support/on-call.ts";
import {
  admitted,
  bridgeIsOpen,
  byVoice,
  callIn,
  callInReport,
  callMe,
  chatIsGone,
  comes,
  endBridge,
  endWaiting,
  everybodyHasAPhone,
  joins,
  leaves,
  letIn,
  notAnswered,
  returnToChat,
  rings,
  setUp,
} from "../../support/on-the-bridge.ts";
import { given, type Line, nightOf, pass, withContacts, withPlan } from "../../support/spec.ts";

const twoWork: readonly Line[] = [
  withPlan({ askAfter: hours(4) }),
  everybodyHasAPhone,
  alert(),
  handed("p1.0.1"),
  escalate("ada", "p1"),
  handed("p2.0.1"),
  acknowledge("grace", "p2"),
];
const moved: readonly Line[] = [...twoWork, chatIsGone, setUp()];
/** Kay, who takes it, is in command. */
const open: readonly Line[] = [everybodyHasAPhone, alert(), acknowledge("kay"), ...bridgeIsOpen()];

test("two minutes after the chat was lost, whoever of the responders is absent is rung, and nobody before", () => {
  given(...moved)
    .whenPassed(minutes(2) - 1)
    .thenNo("CallInWanted");
  given(...moved, ...comes("grace", "CA1", 1))
    .whenPassed(minutes(2))
    .then(
      { type: "CallInWanted", person: "ada", method: "voice", cause: "absent", drill: false },
      { type: "AbsentRung", people: ["ada"] },
    );
});

test("whoever stays absent is rung three times and no more", () => {
  const night = nightOf(...moved, pass(minutes(2)), notAnswered("c1"), pass(hours(1)));
  const rung = night.history.filter((event) => event.type === "CallInWanted");
  expect(rung.map(({ person }) => person)).toEqual(["ada", "grace", "ada", "grace", "ada", "grace"]);
  expect(night.history.filter(({ type }) => type === "AbsentRung")).toHaveLength(3);
});

test("once everybody is there, nobody is rung again", () => {
  given(...moved, ...comes("ada", "CA1", 1), ...comes("grace", "CA2", 2))
    .whenPassed(hours(1))
    .thenNo("CallInWanted");
});

test("whoever can't be called is not rung, and that stands on the timeline", () => {
  given(...twoWork, withContacts(contact("ada"), contact("grace")), chatIsGone, setUp())
    .whenPassed(hours(1))
    .thenAmong({ type: "AbsentRung", people: [] });
});

test("a bridge that opens by order rings nobody who was only invited", () => {
  given(...twoWork, ...bridgeIsOpen("grace"))
    .whenPassed(hours(1))
    .thenNo("CallInWanted", "AbsentRung");
});

test("after the return to the chat, and after the end, nobody is rung any more", () => {
  given(...moved, ...comes("grace", "CA1", 1), returnToChat("grace"))
    .whenPassed(hours(1))
    .thenNo("CallInWanted");
  given(...moved, endBridge("grace"))
    .whenPassed(hours(1))
    .thenNo("CallInWanted");
});

test("whoever asks for it is called, whether paged or not", () => {
  given(...open)
    .when(callMe("grace"))
    .then({ type: "CallInWanted", person: "grace", cause: "asked-for" });
});

test("asking twice rings once; after the call failed, or two minutes later, it rings again", () => {
  given(...open, callMe("grace"))
    .when(callMe("grace"))
    .thenNothing();
  given(...open, callMe("grace"), rings("c1"))
    .when(callMe("grace"))
    .thenNothing();
  given(...open, callMe("grace"), notAnswered("c1"))
    .when(callMe("grace"))
    .then({ type: "CallInWanted", callIn: "c2" });
  given(...open, callMe("grace"), rings("c1"), pass(minutes(2)))
    .when(callMe("grace"))
    .then({ type: "CallInWanted", callIn: "c2" });
});

test("whoever was let in by a call that broke off is rung again at once", () => {
  const broken: readonly Line[] = [
    callMe("grace"),
    rings("c1", "CA1"),
    admitted("CA1", { person: "grace" }, "call-in"),
  ];
  given(...open, ...broken, joins("CA1", 1), leaves("CA1", 2))
    .when(callMe("grace"))
    .then({ type: "CallInWanted", callIn: "c2", person: "grace" });
  // Between the key and the room the call is still under way.
  given(...open, ...broken)
    .when(callMe("grace"))
    .thenNothing();
});

test("nobody in the room is rung; whoever left it may be", () => {
  given(...open, ...comes("grace", "CA1", 1))
    .when(callMe("grace"))
    .thenNothing();
  given(...open, ...comes("grace", "CA1", 1), leaves("CA1", 2))
    .when(callMe("grace"))
    .then({ type: "CallInWanted", person: "grace" });
});

test("where no bridge is open, or no phone may be called, that is the answer", () => {
  given(everybodyHasAPhone, alert()).when(callMe("ada")).thenRefused("bridge-not-open");
  given(...open, withContacts(contact("grace")))
    .when(callMe("grace"))
    .thenRefused("nobody-to-call");
  given(...open)
    .when(callIn("kay", "nobody-we-know"))
    .thenRefused("nobody-to-call");
});

test("a phone that no rule calls is called when its owner asks for it", () => {
  const textsByRule = withContacts({
    person: "grace",
    methods: [
      { id: "texts", channel: "sms" },
      { id: "bounced", channel: "voice", unusable: "bounced" },
      { id: "mobile", channel: "voice" },
    ],
    steps: { high: [{ method: "texts", channel: "sms", after: 0 }], low: [] },
  });
  given(...open, textsByRule)
    .when(callMe("grace"))
    .then({ type: "CallInWanted", method: "mobile" });
});

test("only whoever is in command, and signed in, has somebody else's phone rung", () => {
  given(...open)
    .when(callIn("kay", "grace"))
    .then({ type: "CallInWanted", person: "grace", cause: "ordered" });
  given(...open)
    .when(callIn("ada", "grace"))
    .thenRefused("not-in-command");
  given(...open)
    .when({ type: "CallIn", person: "grace", actor: byVoice("kay") })
    .thenRefused("not-in-command");
  given(...open)
    .when({ type: "CallIn", person: "grace", actor: byVoice("grace") })
    .then({ type: "CallInWanted", person: "grace", cause: "asked-for" });
});

test("what became of a call is on the timeline once", () => {
  const asked = [...open, callMe("grace")];
  given(...asked)
    .when(rings("c1"))
    .then({ type: "CallInHanded", callIn: "c1", receipt: "CA-c1" });
  given(...asked, rings("c1"))
    .when(rings("c1"))
    .thenNothing();
  given(...asked)
    .when(callInReport("c1", { outcome: "pickedUp", who: "unknown", receipt: "CA-c1" }))
    .then({ type: "CallInHanded", receipt: "CA-c1" });
  given(...asked, rings("c1"))
    .when(notAnswered("c1"))
    .then({ type: "CallInFailed", callIn: "c1", reason: "not-answered" });
  given(...asked, notAnswered("c1"))
    .when(notAnswered("c1"))
    .thenNothing();
  // Given up because no answer came, and it rings all the same.
  given(...asked, callInReport("c1", { outcome: "unknown", reason: "timed-out" }))
    .when(rings("c1"))
    .then({ type: "CallInHanded", callIn: "c1", receipt: "CA-c1" });
  given(...asked)
    .when(callInReport("c1", { outcome: "retry", reason: "rate-limited" }))
    .thenNothing();
  given(...asked)
    .when(callInReport("c1", { outcome: "confirmed" }))
    .thenNothing();
  given(...asked)
    .when(notAnswered("c9"))
    .thenNothing();
});

test("a call that ends after it led into the room has not failed, whatever the provider calls its end", () => {
  const came = [...open, callMe("grace"), rings("c1"), admitted("CA-c1", { person: "grace" }, "call-in")];
  for (const reason of ["no-key-pressed", "call-ended"] as const)
    given(...came)
      .when(callInReport("c1", { outcome: "giveUp", reason, operator: false }))
      .thenNothing();
});

test("whoever comes to help is rung when a caller waits for help in the room, but not while speaking to us on the phone", () => {
  const waits = [
    withPlan(levels(["ada", "grace"])),
    everybodyHasAPhone,
    alert(),
    handed("p1.0.1"),
    ...bridgeIsOpen(),
    admitted("CA1", { ending: "0101" }, "call-for-help"),
    joins("CA1", 1),
  ];
  given(...waits)
    .when(acknowledge("ada", "p1"))
    .thenAmong({ type: "CallInWanted", person: "ada", cause: "caller-waits" });
  given(...waits)
    .when({ type: "Acknowledge", page: "p1", actor: byVoice("ada") })
    .thenNo("CallInWanted");
});

test("a caller for help waits, known or not, and the phones of those who have the incident ring", () => {
  for (const who of [{ person: "joan" }, { number: "n1" }]) {
    const waiting = admitted("CA1", who, "call-for-help");
    given(...open)
      .when(waiting)
      .then({ type: "CallerWaiting" }, { type: "CallInWanted", person: "kay", cause: "caller-waits" });
    given(...open, ...comes("kay", "CA2", 1))
      .when(waiting)
      .then({ type: "CallerWaiting" }, { type: "AnnouncementWanted", kind: "caller-waits" });
  }
  given(...open, admitted("CA1"))
    .when(joins("CA1", 2))
    .then({ type: "CallerJoined" });
});

test("a caller whom a responder let in rings no phone: the responder is on the way", () => {
  const waiting = admitted("CA1", { number: "n1" }, "call-for-help");
  given(...open, waiting, letIn("kay"))
    .when(waiting)
    .then({ type: "CallerAdmitted" });
});

test("while a caller for help waits, who has the incident is rung three times, and no more", () => {
  const waits: readonly Line[] = [...open, admitted("CA1", { number: "n1" }, "call-for-help")];
  const again = { type: "CallInWanted", person: "kay", cause: "caller-waits" } as const;
  given(...waits)
    .when(notAnswered("c1"))
    .then({ type: "CallInFailed", callIn: "c1" }, { ...again, callIn: "c2" });
  given(...waits, notAnswered("c1"))
    .when(notAnswered("c2"))
    .then({ type: "CallInFailed" }, { ...again, callIn: "c3" });
  given(...waits, notAnswered("c1"), notAnswered("c2"))
    .when(notAnswered("c3"))
    .then({ type: "CallInFailed" });
  // The caller has left, somebody came by another way, or it all ended.
  const over: readonly (readonly Line[])[] = [
    [endWaiting("CA1")],
    comes("kay", "CA2", 2),
    [standDown("kay")],
  ];
  for (const lines of over)
    given(...waits, ...lines)
      .when(notAnswered("c1"))
      .then({ type: "CallInFailed" });
});

test("a drill's calls are marked as a drill's", () => {
  const drill = [everybodyHasAPhone, alert("critical", 1, true), ...bridgeIsOpen()];
  given(...drill)
    .when(callMe("ada"))
    .then({ type: "CallInWanted", drill: true });
  expect(nightOf(...drill, pass(seconds(1))).state.signal.drill).toBe(true);
});
