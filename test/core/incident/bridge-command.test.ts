// Command of the bridge: who may mute, remove, end it and send everybody back, what is announced, and how it ends.
import { expect, test } from "vitest";
import { hours, minutes } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  allResolved,
  handed,
  machineAcknowledges,
  standDown,
} from "../../support/on-call.ts";
import {
  bridgeIsOpen,
  byText,
  comes,
  control,
  endBridge,
  everybodyHasAPhone,
  joins,
  leaves,
  news,
  openBridge,
  returnToChat,
} from "../../support/on-the-bridge.ts";
import { given, type Line, monitoringSays, nightOf, pass, withPlan } from "../../support/spec.ts";

/** Ada has it and is in the room with Grace. */
const room: readonly Line[] = [
  withPlan({ askAfter: hours(4) }),
  everybodyHasAPhone,
  alert(),
  handed("p1.0.1"),
  acknowledge("ada", "p1"),
  ...bridgeIsOpen("kay"),
  ...comes("ada", "CA1", 1),
  ...comes("grace", "CA2", 2),
];
const orders = [
  control("grace", "mute", "CA1"),
  control("grace", "remove", "CA1"),
  endBridge("grace"),
  returnToChat("grace"),
];

test("only who is in command mutes, removes, ends and sends back", () => {
  for (const order of orders)
    given(...room)
      .when(order)
      .thenRefused("not-in-command");
  given(...room)
    .when(control("ada", "mute", "CA2"))
    .then({ type: "CallerControlWanted", control: "x1", call: "CA2", act: "mute" });
});

test("a vacancy ties nobody's hands: while no person has it, whoever is signed in may", () => {
  const vacant = [alert(), ...bridgeIsOpen("kay"), ...comes("ada", "CA1", 1), machineAcknowledges];
  for (const order of orders) expect(given(...vacant).when(order).events).not.toEqual([]);
  for (const order of orders)
    given(...vacant)
      .when({ ...order, actor: byText("grace") })
      .thenRefused("not-allowed");
});

test("a command over the room is not given by a number, which can be forged, but a bridge may be asked for by one", () => {
  for (const order of orders)
    given(...room)
      .when({ ...order, actor: byText("ada") })
      .thenRefused("not-allowed");
  given(alert())
    .when({ type: "OpenBridge", actor: byText("ada") })
    .then({ type: "BridgeWanted", reason: "ordered" });
});

test("whoever is not in the room can't be muted or removed, and nothing is done twice", () => {
  given(...room)
    .when(control("ada", "mute", "CA9"))
    .thenRefused("caller-unknown");
  given(...room, leaves("CA2", 3))
    .when(control("ada", "remove", "CA2"))
    .thenRefused("caller-unknown");
  given(...room)
    .when(control("ada", "unmute", "CA2"))
    .thenNothing();
  given(...room, news(3, { what: "mute", call: "CA2" }))
    .when(control("ada", "mute", "CA2"))
    .thenNothing();
  given(...room, news(3, { what: "mute", call: "CA2" }))
    .when(control("ada", "unmute", "CA2"))
    .then({ type: "CallerControlWanted", act: "unmute" });
});

test("what could not be done is on the timeline; what nobody ordered is not", () => {
  const hub = { kind: "hub", id: "run-bridge", via: "provider", assurance: "internal" } as const;
  const failed = { type: "FailControl", reason: "provider-error", actor: hub } as const;
  given(...room, control("ada", "mute", "CA2"))
    .when({ ...failed, control: "x1" })
    .then({ type: "CallerControlFailed", control: "x1" });
  given(...room)
    .when({ ...failed, control: "x1" })
    .thenNothing();
  const unsaid = { type: "FailAnnouncement", reason: "provider-error", actor: hub } as const;
  given(...room, pass(minutes(30)))
    .when({ ...unsaid, announcement: "a1" })
    .then({ type: "AnnouncementFailed" });
  given(...room)
    .when({ ...unsaid, announcement: "a1" })
    .thenNothing();
});

test("how things stand is announced at the cadence while somebody is there", () => {
  given(...room)
    .whenPassed(minutes(30) - 1)
    .thenNothing();
  given(...room)
    .whenPassed(minutes(60))
    .then(
      { type: "AnnouncementWanted", announcement: "a1", kind: "cadence" },
      { type: "AnnouncementWanted", announcement: "a2", kind: "cadence" },
    );
});

test("nobody speaks to an empty room; whoever comes late hears at once how it stands", () => {
  const empty = [...room, leaves("CA1", 3), leaves("CA2", 4)];
  given(...empty)
    .whenPassed(hours(3))
    .thenNo("AnnouncementWanted");
  given(...empty, pass(hours(3)), joins("CA3", 5))
    .whenPassed(minutes(1))
    .then({ type: "AnnouncementWanted", kind: "cadence" });
});

test("a hub that stood still announces once, not once for each time it missed", () => {
  given(...room, (night) => ({ ...night, now: night.now + hours(3) }))
    .whenPassed(minutes(1))
    .then({ type: "AnnouncementWanted" });
});

test("the return to the chat is announced in the room and by text; nobody is cut off", () => {
  given(...room)
    .when(returnToChat("ada"))
    .then(
      { type: "ReturnedToChat" },
      { type: "NoticeWanted", kind: "return-to-chat", person: "ada" },
      { type: "AnnouncementWanted", kind: "return-to-chat" },
    );
  given(...room, returnToChat("ada"))
    .when(returnToChat("ada"))
    .thenNothing();
});

test("after the return the bridge ends when the last one has left, and its PIN with it", () => {
  const returning = [...room, returnToChat("ada"), leaves("CA1", 3)];
  given(...room, returnToChat("ada"))
    .when(leaves("CA1", 3))
    .thenNo("BridgeEnded");
  const last = given(...returning).when(leaves("CA2", 4));
  last.then({ type: "CallerLeft" }, { type: "BridgeEnded", reason: "returned" });
  expect(last.claims).toMatchObject([{ key: "pin/1", change: "release" }]);
  given(...room, returnToChat("ada"))
    .when(news(9, { what: "end" }))
    .thenAmong({ type: "BridgeEnded", reason: "returned" });
});

test("a return from an empty room ends it at once", () => {
  given(alert(), ...bridgeIsOpen())
    .when(returnToChat("kay"))
    .thenAmong({ type: "ReturnedToChat" }, { type: "BridgeEnded", reason: "returned" });
});

test("a bridge ends by order, open or only wanted; one that is not there can't", () => {
  const ended = given(...room).when(endBridge("ada"));
  ended.then({ type: "BridgeEnded", reason: "ordered" });
  expect(ended.claims).toMatchObject([{ key: "pin/1", change: "release" }]);
  given(alert(), openBridge("kay")).when(endBridge("kay")).then({ type: "BridgeEnded", reason: "ordered" });
  given(alert()).when(endBridge("kay")).thenRefused("bridge-not-open");
  given(alert(), ...bridgeIsOpen(), endBridge("kay"))
    .when(endBridge("kay"))
    .thenRefused("bridge-not-open");
  given(alert()).when(returnToChat("kay")).thenRefused("bridge-not-open");
});

test("with the incident the bridge ends: it is announced where anybody is there, and the PIN rests for a day", () => {
  const over = given(...room).when(standDown("ada"));
  over.thenAmong(
    { type: "AnnouncementWanted", kind: "ending" },
    { type: "BridgeEnded", reason: "incident-over" },
    { type: "IncidentStoodDown" },
  );
  expect(over.claims).toContainEqual({
    key: "pin/1",
    change: "release",
    until: over.night.now + hours(24),
  });
  given(alert(), ...bridgeIsOpen())
    .when(standDown("kay"))
    .thenNo("AnnouncementWanted");
  given(alert()).when(standDown("kay")).thenNo("BridgeEnded");
  given(alert(), openBridge("kay")).when(standDown("kay")).thenAmong({ type: "BridgeEnded" });
});

test("a signal that stays clear ends the bridge as well", () => {
  given(alert(), ...bridgeIsOpen(), monitoringSays({ firing: false }), allResolved)
    .whenPassed(hours(1))
    .thenAmong({ type: "BridgeEnded", reason: "incident-over" }, { type: "IncidentStoodDown" });
});

test("who leaves after the end is still on the roster's timeline, and the clock is silent", () => {
  given(...room, standDown("ada"))
    .when(leaves("CA2", 3))
    .then({ type: "CallerLeft", call: "CA2" });
  const { night } = given(...room, standDown("ada")).whenPassed(hours(5));
  expect(night.history.at(-1)?.type).toBe("IncidentStoodDown");
});
