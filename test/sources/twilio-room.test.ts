// What a conference's report says, and what it does not.
import { expect, test } from "vitest";
import { roomReport } from "../../functions/sources/twilio-room.ts";

/** As Twilio sends it. */
const form = {
  AccountSid: `AC${"0".repeat(32)}`,
  ConferenceSid: `CF${"1".repeat(32)}`,
  FriendlyName: "0123456789abcdef01234567",
  SequenceNumber: "3",
  StatusCallbackEvent: "participant-join",
  Timestamp: "Sat, 21 Nov 2026 02:00:00 +0000",
  CallSid: `CA${"2".repeat(32)}`,
  Coaching: "false",
  EndConferenceOnExit: "false",
  Hold: "false",
  Muted: "false",
  StartConferenceOnEnter: "true",
};

test.each([
  ["participant-join", "join"],
  ["participant-leave", "leave"],
  ["participant-mute", "mute"],
  ["participant-unmute", "unmute"],
])("%s is news of that call, numbered within its conference", (event, what) => {
  expect(roomReport({ ...form, StatusCallbackEvent: event })).toEqual({
    conference: form.ConferenceSid,
    sequence: 3,
    happened: { what, call: form.CallSid },
  });
});

test("the end is news of everybody", () => {
  const { CallSid: _, ...ended } = { ...form, StatusCallbackEvent: "conference-end" };
  expect(roomReport({ ...ended, ReasonConferenceEnded: "last-participant-left" })).toMatchObject({
    sequence: 3,
    happened: { what: "end" },
  });
});

test.each([
  ["the start", { StatusCallbackEvent: "conference-start" }],
  ["somebody on hold", { StatusCallbackEvent: "participant-hold" }],
  ["an announcement", { StatusCallbackEvent: "announcement-end" }],
  ["what Twilio may add", { StatusCallbackEvent: "participant-sings" }],
  ["a name of every object", { StatusCallbackEvent: "constructor" }],
  ["no event", { StatusCallbackEvent: "" }],
  ["nobody's call", { CallSid: "" }],
  ["no conference", { ConferenceSid: "" }],
  ["no number", { SequenceNumber: "" }],
  ["a number that is none", { SequenceNumber: "3e9" }],
  ["a number below the first", { SequenceNumber: "-1" }],
  ["a number beyond reason", { SequenceNumber: "99999999999999999999" }],
])("%s says nothing of who is there", (_, more) => {
  expect(roomReport({ ...form, ...more })).toBeUndefined();
});
