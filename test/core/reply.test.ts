// The grammar of replies by SMS: everything that a tired thumb sends at night, and nothing that was not meant.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readReply } from "../../functions/core/reply.ts";

const code = "A4821";

describe("an acknowledgement", () => {
  test.each([
    "1",
    "ack",
    "ACK",
    "yes",
    "Y",
    "ok",
    "Okay!",
    " 1. ",
    "１",
    "On it",
    "I've got it",
    "ok thanks",
  ])("%s is one without a code", (text) => expect(readReply(text)).toEqual({ intent: "acknowledge" }));

  test.each([
    ["ack 4821", "4821"],
    ["4821", "4821"],
    ["a4821", code],
    ["1 A417.", "A417"],
    ["A4821, 1", code],
    ["A4821: yes please", code],
    ["1A4821", code],
    ["A 4821", code],
    ["1 a 4821", code],
    ["y 4821", "4821"],
    ["ack4821", "4821"],
    ["A4821 a4821", code],
  ])("%s is one of page %s", (text, named) => {
    expect(readReply(text)).toEqual({ intent: "acknowledge", code: named });
  });
});

describe("the other answers", () => {
  test.each([
    ["2", "decline"],
    ["No", "decline"],
    ["not me", "decline"],
    ["can’t", "decline"],
    ["3", "escalate"],
    ["escalate", "escalate"],
    ["up", "escalate"],
    ["more help", "escalate"],
    ["JOIN", "join"],
    ["join please", "join"],
    ["Join the bridge!", "join"],
    ["call me", "join"],
    ["Call me in", "join"],
    ["BRIDGE", "bridge"],
    ["open a bridge", "bridge"],
    ["HELP", "help"],
    ["info", "help"],
  ])("%s means %s", (text, intent) => expect(readReply(text)).toEqual({ intent }));

  test.each([
    ["A417 2", "decline", "A417"],
    ["no A4821", "decline", code],
    ["n 4821", "decline", "4821"],
    ["3 A4821", "escalate", code],
    ["send help A4821", "escalate", code],
    ["help A4821", "help", code],
    ["join a4821", "join", code],
    ["JOIN 4821", "join", "4821"],
    ["A4821 call me", "join", code],
    ["bridge a4821", "bridge", code],
    ["Bridge, A 4821", "bridge", code],
  ])("%s means %s of %s", (text, intent, named) => {
    expect(readReply(text)).toEqual({ intent, code: named });
  });
});

describe("the carriers' words", () => {
  test.each(["STOP", "stopall", "Stop all", "UNSUBSCRIBE", "cancel", "End.", "QUIT"])(
    "%s is a stop",
    (text) => {
      expect(readReply(text)).toEqual({ intent: "stop" });
    },
  );

  test.each(["START", "unstop"])("%s is a start", (text) =>
    expect(readReply(text)).toEqual({ intent: "start" }),
  );

  test("a stop inside a sentence is none, and declines nothing either", () => {
    expect(readReply("stop the deploy")).toEqual({ intent: "unknown" });
    expect(readReply("cancel A4821")).toEqual({ intent: "unknown", code });
  });
});

describe("what can't be told is asked about", () => {
  test.each([
    "",
    "?",
    "👍",
    "1 2",
    "yes no",
    "ok who is on this?",
    "14821",
    "in 20",
    "I am driving",
    "constructor",
    "call me when it is over",
    "is there a bridge",
    "no bridge",
    "join 1",
  ])("%s", (text) => expect(readReply(text)).toEqual({ intent: "unknown" }));

  test("two codes in one message answer neither page", () => {
    expect(readReply("1 A4821 B1234")).toEqual({ intent: "unknown" });
  });

  test("a doubted answer still says which page it spoke of", () => {
    expect(readReply("is A4821 the database?")).toEqual({ intent: "unknown", code });
  });

  test("our own message sent back with a reaction acknowledges nothing", () => {
    const echo = "Liked “CRITICAL checkout: errors since 14:05. Reply 1 A4821 yes, 2 no, 3 more help”";
    expect(readReply(echo)).toEqual({ intent: "unknown" });
  });
});

describe("whatever is sent", () => {
  const noise = fc.string({ unit: "binary", maxLength: 2_000 });
  const separator = fc.constantFrom(" ", "  ", ", ", ". ", "\n", " - ", ": ", "/");
  const someCode = fc
    .tuple(fc.constantFrom("", "A", "b", "K"), fc.integer({ min: 0, max: 9999 }))
    .map(([letter, n]) => letter + String(n).padStart(4, "0"));

  test("any text has a meaning, and a code is a letter and digits", () => {
    fc.assert(
      fc.property(noise, (text) => {
        const reply = readReply(text);
        expect(reply.code ?? "A000").toMatch(/^[A-Z]?[0-9]{3,4}$/);
      }),
    );
  });

  test("order, capitals and punctuation never change the meaning", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(["1", "acknowledge"], ["ok", "acknowledge"], ["2", "decline"], ["up", "escalate"]),
        someCode,
        separator,
        fc.boolean(),
        fc.boolean(),
        ([word = "", intent], named, between, wordFirst, shout) => {
          const text = wordFirst ? word + between + named : named + between + word;
          expect(readReply(shout ? text.toUpperCase() : text.toLowerCase())).toEqual({
            intent,
            code: named.toUpperCase(),
          });
        },
      ),
    );
  });

  test("a word that is not understood keeps a yes from counting", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[qxz]{3,8}$/), someCode, (word, named) => {
        expect(readReply(`1 ${named} ${word}`).intent).toBe("unknown");
      }),
    );
  });
});
