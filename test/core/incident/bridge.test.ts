// A bridge opens: by order, by rule, because the chat is gone, for a caller who waits; and who is told of it.
import { expect, test } from "vitest";
import type { BridgeRule } from "../../../functions/core/policy.ts";
import { hours, minutes } from "../../../functions/core/time.ts";
import { acknowledge, alert, escalate, handed, levels, standDown } from "../../support/on-call.ts";
import {
  bridgeIsOpen,
  callerWaits,
  callMe,
  chatGoneSince,
  chatIsBack,
  chatIsGone,
  comes,
  endBridge,
  everybodyHasAPhone,
  letIn,
  openBridge,
  returnToChat,
  setUp,
} from "../../support/on-the-bridge.ts";
import {
  chatIs,
  evening,
  given,
  type Line,
  nightOf,
  pass,
  stall,
  withContacts,
  withPlan,
} from "../../support/spec.ts";

const rule = (opens: BridgeRule["opens"], more: Partial<BridgeRule> = {}): Line =>
  withPlan({ bridge: { opens, announceEvery: minutes(30), recorded: false, ...more } });

/** Ada has it, and asked for more; Grace stays with her. */
const twoWork: readonly Line[] = [
  everybodyHasAPhone,
  alert(),
  handed("p1.0.1"),
  escalate("ada", "p1"),
  handed("p2.0.1"),
  acknowledge("grace", "p2"),
];

test("a bridge is wanted by order, and opens once somebody found a PIN for it", () => {
  given(alert()).when(openBridge("kay")).then({ type: "BridgeWanted", reason: "ordered" });
  const opened = given(alert(), openBridge("kay")).when(setUp());
  opened.thenAmong({ type: "BridgeOpened", round: 1, reason: "ordered", pinKey: "pin/1", recorded: false });
  expect(opened.claims).toEqual([{ key: "pin/1", change: "take", yields: true }]);
});

test("a bridge that is wanted or open is not opened a second time", () => {
  given(alert(), openBridge("kay")).when(openBridge("ada")).thenNothing();
  given(alert(), ...bridgeIsOpen())
    .when(openBridge("ada"))
    .thenNothing();
  given(alert(), ...bridgeIsOpen())
    .when(setUp(2))
    .thenNothing();
});

test("a PIN that was found for a bridge that nobody wants any more opens nothing", () => {
  given(alert()).when(setUp()).thenNothing();
  given(alert(), openBridge("kay"), endBridge("kay")).when(setUp()).thenNothing();
  given(alert(), openBridge("kay"), standDown("kay")).when(setUp()).thenNothing();
});

test("an ended bridge opens again with a PIN of its own, never with the one that was known before", () => {
  const again = [alert(), ...bridgeIsOpen(), endBridge("kay"), openBridge("kay")];
  given(...again)
    .when(setUp(1))
    .thenNothing();
  given(...again)
    .when(setUp(2))
    .thenAmong({ type: "BridgeOpened", round: 2 });
});

test("a bridge that nobody set up is asked for again every two minutes, as long as it is wanted", () => {
  const wanted = [withPlan({ askAfter: hours(2) }), alert(), acknowledge("ada"), openBridge("kay")];
  given(...wanted)
    .whenPassed(minutes(1.9))
    .thenNo("BridgeWanted");
  given(...wanted)
    .whenPassed(minutes(6))
    .thenAmong(
      { type: "BridgeWanted", reason: "ordered" },
      { type: "BridgeWanted", reason: "ordered" },
      { type: "BridgeWanted", reason: "ordered" },
    );
  given(...wanted, pass(minutes(3)), setUp())
    .whenPassed(hours(1))
    .thenNo("BridgeWanted");
});

test("no bridge opens in an incident that is over or that nobody knows", () => {
  given(alert(), standDown("kay")).when(openBridge("kay")).thenRefused("incident-closed");
  given().when(openBridge("kay")).thenRefused("incident-unknown");
  given(alert(), standDown("kay")).when(chatIsGone).thenNothing();
});

test("a policy may open it with the first alert, or as soon as it is critical", () => {
  given(rule("at-once")).when(alert("info")).thenAmong({ type: "BridgeWanted", reason: "policy" });
  given(rule("when-critical"))
    .when(alert("critical"))
    .thenAmong({ type: "BridgeWanted", reason: "severity" });
  given(rule("when-critical")).when(alert("warning")).thenNo("BridgeWanted");
  given(rule("when-critical"), alert("warning"))
    .when(alert("critical"))
    .thenAmong({ type: "BridgeWanted", reason: "severity" });
  given(rule("without-chat")).when(alert("critical")).thenNo("BridgeWanted");
  given().when(alert("critical")).thenNo("BridgeWanted");
});

test("what somebody ended no rule opens again", () => {
  given(rule("at-once"), alert("warning"), setUp(), endBridge("kay"))
    .when(alert("critical"))
    .thenNo("BridgeWanted");
});

test("a responder who lets a waiting caller in has a bridge opened", () => {
  given(alert(), acknowledge("ada", "p1"), callerWaits)
    .when(letIn("ada"))
    .then({ type: "BridgeWanted", reason: "caller" }, { type: "CallerControlWanted", act: "admit" });
});

test("the chat is gone: an incident on which two work together moves", () => {
  given(...twoWork)
    .when(chatIsGone)
    .then({ type: "BridgeWanted", reason: "chat-unreachable" });
});

test("the chat is gone: whoever works alone, or only rings, needs no bridge", () => {
  given(alert()).when(chatIsGone).thenNothing();
  given(alert(), acknowledge("ada")).when(chatIsGone).thenNothing();
});

test("while the chat is gone the second responder brings the bridge about; while it is there, nobody does", () => {
  const escalated = [alert(), escalate("ada", "p1")];
  given(chatIs("gone"), ...escalated)
    .when(acknowledge("grace", "p2"))
    .thenAmong({ type: "BridgeWanted", reason: "chat-unreachable" });
  given(chatIs("there"), ...escalated)
    .when(acknowledge("grace", "p2"))
    .thenNo("BridgeWanted");
  given(...escalated)
    .when(acknowledge("grace", "p2"))
    .thenNo("BridgeWanted");
  given(chatIs("gone"), alert()).when(escalate("ada", "p1")).thenNo("BridgeWanted");
});

test("a bridge that opens for another reason while the chat goes opens because the chat is gone", () => {
  given(...twoWork, openBridge("grace"))
    .when(chatIsGone)
    .then({ type: "BridgeWanted", reason: "chat-unreachable" });
  given(...twoWork, chatIsGone)
    .when(chatIsGone)
    .thenNothing();
});

test("what was ended while the chat was gone stays ended until a person, or another loss, opens it", () => {
  const ended = [...twoWork, chatIsGone, setUp(), stall(minutes(5)), endBridge("grace")];
  given(...ended)
    .when(chatGoneSince(evening.now))
    .thenNothing();
  given(chatIs("gone"), ...ended, escalate("grace", "p2"))
    .when(acknowledge("ada", "p1"))
    .thenNo("BridgeWanted");
  given(...ended)
    .when(chatIsGone)
    .then({ type: "BridgeWanted", reason: "chat-unreachable" });
  given(...ended)
    .when(openBridge("ada"))
    .thenAmong({ type: "BridgeWanted" });
});

test("where a bridge is open already, the lost chat moves everybody there, and tells them once more", () => {
  const open = [...twoWork, ...bridgeIsOpen("grace"), ...comes("grace", "CA1", 1)];
  given(...open)
    .when(chatIsGone)
    .then({ type: "MovedToBridge" }, { type: "NoticeWanted", person: "ada", kind: "bridge-open" });
  given(...open, chatIsGone)
    .when(chatIsGone)
    .thenNothing();
  given(...open, chatIsGone)
    .whenPassed(minutes(2))
    .thenAmong({ type: "CallInWanted", person: "ada", cause: "absent" });
  given(...open, returnToChat("grace"))
    .when(chatIsGone)
    .thenAmong({ type: "MovedToBridge" });
});

test("whoever responds or is still asked is told the way in, and whoever asked for it", () => {
  const asked = [withPlan(levels(["ada", "grace"])), everybodyHasAPhone, alert()];
  given(...asked, handed("p1.0.1"), handed("p2.0.1"), openBridge("kay"))
    .when(setUp())
    .thenAmong(
      { type: "NoticeWanted", kind: "bridge-open", person: "ada", channel: "sms", code: "A0" },
      { type: "NoticeWanted", kind: "bridge-open", person: "grace", channel: "sms", code: "A1" },
      { type: "NoticeWanted", kind: "bridge-open", person: "kay", channel: "sms" },
    );
});

test("whoever declined and then asks for a bridge is told the way in, also when it took long to set up", () => {
  given(...twoWork, openBridge("joan"), pass(minutes(5)))
    .when(setUp())
    .thenAmong(
      { type: "NoticeWanted", person: "ada" },
      { type: "NoticeWanted", person: "grace" },
      { type: "NoticeWanted", person: "joan" },
    );
  given(...twoWork, openBridge("joan"), setUp(), endBridge("grace"), openBridge("grace"))
    .when(setUp(2))
    .thenAmong({ type: "NoticeWanted", person: "ada" }, { type: "NoticeWanted", person: "grace" });
});

test("what a policy opens at the first alert does not text everybody a second time; whoever answers is told", () => {
  given(rule("at-once"), alert(), handed("p1.0.1")).when(setUp()).thenNo("NoticeWanted");
  given(rule("at-once"), alert(), handed("p1.0.1"), setUp())
    .when(acknowledge("ada", "p1"))
    .thenAmong({ type: "NoticeWanted", kind: "bridge-open", person: "ada" });
});

test("nobody is told the way in twice, however often they answer", () => {
  const told = [everybodyHasAPhone, alert(), handed("p1.0.1"), ...bridgeIsOpen()];
  given(...told)
    .when(acknowledge("ada", "p1"))
    .thenNo("NoticeWanted");
  given(...told, endBridge("kay"), ...bridgeIsOpen("kay", 2))
    .when(acknowledge("ada", "p1"))
    .thenNo("NoticeWanted");
});

test("whoever is in the room, or comes while everybody goes back to the chat, is not told the way in", () => {
  const answers = acknowledge("ada", "p1");
  const atOnce = [rule("at-once"), everybodyHasAPhone, alert(), handed("p1.0.1"), setUp()];
  given(...atOnce, ...comes("ada", "CA1", 1))
    .when(answers)
    .thenNo("NoticeWanted");
  given(...atOnce, ...comes("kay", "CA1", 1), returnToChat("kay"))
    .when(answers)
    .thenNo("NoticeWanted");
});

test("a rule that only calls does not keep the way in from somebody's phone", () => {
  const calledOnly = withContacts({
    person: "ada",
    methods: [
      { id: "mobile", channel: "voice" },
      { id: "texts", channel: "sms" },
    ],
    steps: { high: [{ method: "mobile", channel: "voice", after: 0 }], low: [] },
  });
  given(calledOnly, alert(), acknowledge("ada"), openBridge("ada"))
    .when(setUp())
    .thenAmong({ type: "NoticeWanted", person: "ada", channel: "sms", method: "texts" });
});

test("the chat is back: the commander is told, and decides", () => {
  const moved = [...twoWork, chatIsGone, setUp()];
  given(...moved)
    .when(chatIsBack)
    .then({ type: "NoticeWanted", kind: "chat-is-back", person: "grace" });
  given(...moved, returnToChat("grace"))
    .when(chatIsBack)
    .thenNothing();
  given(...twoWork, ...bridgeIsOpen("grace"))
    .when(chatIsBack)
    .thenNothing();
  given(...twoWork, ...bridgeIsOpen("grace"), chatIsGone)
    .when(chatIsBack)
    .then({ type: "NoticeWanted", kind: "chat-is-back", person: "grace" });
});

test("whether it is recorded stands in the policy, and on the timeline", () => {
  given(rule("at-once", { recorded: true }), alert())
    .when(setUp())
    .thenAmong({ type: "BridgeOpened", recorded: true });
});

test("a bridge does not outlive its incident's order to call somebody", () => {
  given(everybodyHasAPhone, alert(), ...bridgeIsOpen(), standDown("kay"))
    .when(callMe("ada"))
    .thenRefused("incident-closed");
  expect(nightOf(alert(), ...bridgeIsOpen(), standDown("kay")).state.bridge.name).toBe("ended");
});
