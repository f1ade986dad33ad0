// The grammar of replies by SMS: everything that a tired thumb sends at night, and nothing that was not meant.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readReply } from "../../functions/core/reply.ts";
import { hours, minutes } from "../../functions/core/time.ts";

const code = "A4821";
const bare = { intent: "acknowledge", codes: [] };

describe("an acknowledgement", () => {
  test.each([
    "1",
    "1!",
    "(1)",
    "#1",
    "1️⃣",
    "①",
    "ack",
    "ACK",
    "yes",
    "Y",
    "ok",
    "Okay!",
    " 1. ",
    "１",
    "١",
    "۱",
    "१",
    "One",
    "one.",
    "Number one",
    "Reply 1",
    "On it",
    "I've got it",
    "ok thanks",
    "1 👍",
    "\u200f1\u200f",
  ])("%s is one without a code", (text) => expect(readReply(text)).toEqual(bare));

  test.each([
    ["ack 4821", "4821"],
    ["4821", "4821"],
    ["a4821", code],
    ["1 A417.", "A417"],
    ["A4821, 1", code],
    ["A4821: yes please", code],
    ["1A4821", code],
    ["1A 4821", code],
    ["A 4821", code],
    ["1 a 4821", code],
    ["1 A 48 21", code],
    ["1 A4 8 2 1", code],
    ["A-48-21", code],
    ["one A4821", code],
    ["y 4821", "4821"],
    ["ack4821", "4821"],
    ["A4821 a4821", code],
    ["1 А4821", code],
    ["1 Α4821", code],
    ["１ Ａ４８２１", code],
    ["1 A٤٨٢١", code],
  ])("%s is one of page %s", (text, named) => {
    expect(readReply(text)).toEqual({ intent: "acknowledge", codes: [named] });
  });

  test.each([
    "Reply 1 A4821",
    "Reply 1 A4821 yes",
    "1 A4821 yes, 2 no, 3 more help",
    "Reply 1 A4821 yes, 2 no, 3 more help",
    "Reply 1 A4821 to keep it, 3 for more help",
    "1 A4821 to keep it",
  ])("what our text says, word for word: %s", (text) => {
    expect(readReply(text)).toEqual({ intent: "acknowledge", codes: [code] });
  });

  test.each([
    "1 A4821\n--\nSent from my phone",
    "1 A4821\n-- \nAda Okafor\nBrightwater Books, 12 Main Street",
    "1 A4821\n\nSent from my iPhone",
    "1 A4821\nGet Outlook for iOS",
    "1 A4821\nVon meinem iPhone gesendet",
    "1 A4821\n> CRITICAL Checkout: no sales. Reply 1 A9999 yes, 2 no, 3 more help",
    "1 A4821\n\nOn Tue, Muster wrote:\n> CRITICAL Checkout: no sales\n> 2 others paged",
    "1 A4821\r\n\u2014\r\nsent while walking",
  ])("a signature and what is quoted are no part of it: %j", (text) => {
    expect(readReply(text)).toEqual({ intent: "acknowledge", codes: [code] });
  });
});

describe("an acknowledgement that says when", () => {
  test.each([
    ["in 20", minutes(20)],
    ["In 20.", minutes(20)],
    ["1 in 20", minutes(20)],
    ["in20", minutes(20)],
    ["ok, in 45 minutes", minutes(45)],
    ["yes in 5 min please", minutes(5)],
    ["20 min", minutes(20)],
    ["1 20 min", minutes(20)],
    ["eta 15", minutes(15)],
    ["ETA: 15m", minutes(15)],
    ["be there in 10", minutes(10)],
    ["I'll be there in an hour", hours(1)],
    ["in 1h30", minutes(90)],
    ["half an hour", minutes(30)],
    ["in ٢٠", minutes(20)],
  ])("%s", (text, arrivingIn) => {
    expect(readReply(text)).toEqual({ ...bare, arrivingIn });
  });

  test("of one page by its code", () => {
    const said = { intent: "acknowledge", codes: [code], arrivingIn: minutes(20) };
    expect(readReply("1 A4821 in 20 min")).toEqual(said);
    expect(readReply("in 20 A4821")).toEqual(said);
    expect(readReply("A4821 20 minutes")).toEqual(said);
  });

  test.each([
    "20",
    "in a while",
    "in 20 or so",
    "2 in 20",
    "3 in 20",
    "join in 20",
    "not in 20",
    "since 20 min",
    "2m",
    "in 9 hours",
  ])("%s is none", (text) => expect(readReply(text)).toMatchObject({ intent: "unknown" }));
});

describe("several pages in one reply", () => {
  test("two codes are two pages, in the order in which they were written", () => {
    const both = { intent: "acknowledge", codes: [code, "B1234"] };
    expect(readReply("1 A4821 B1234")).toEqual(both);
    expect(readReply("1 A4821, B1234, A4821")).toEqual(both);
    expect(readReply("A4821 and B1234")).toEqual(both);
    expect(readReply("2 A4821 B1234")).toEqual({ ...both, intent: "decline" });
  });

  test("a dozen codes are not too many", () => {
    const codes = Array.from({ length: 12 }, (_, n) => `A${1000 + n}`);
    expect(readReply(`1 ${codes.join(", ")}`)).toEqual({ intent: "acknowledge", codes });
  });

  test.each([
    ["1 all", "acknowledge"],
    ["1 ALL", "acknowledge"],
    ["all 1", "acknowledge"],
    ["One all", "acknowledge"],
    ["Reply 1 all pages", "acknowledge"],
    ["ack all", "acknowledge"],
    ["2 all", "decline"],
  ])("%s means every page", (text, intent) => {
    expect(readReply(text)).toEqual({ intent, codes: [], all: true });
  });

  test.each([
    "all",
    "all ok",
    "all good",
    "all yours",
    "yes all",
    "1 all A4821",
    "all in 20",
    "join all",
    "join A4821 B1234",
  ])("%s does not", (text) => expect(readReply(text)).toMatchObject({ intent: "unknown" }));
});

describe("the other answers", () => {
  test.each([
    ["2", "decline"],
    ["Two", "decline"],
    ["No", "decline"],
    ["not me", "decline"],
    ["can’t", "decline"],
    ["3", "escalate"],
    ["three", "escalate"],
    ["escalate", "escalate"],
    ["up", "escalate"],
    ["more help", "escalate"],
    ["JOIN", "join"],
    ["Reply JOIN and we call you", "join"],
    ["join please", "join"],
    ["Join the bridge!", "join"],
    ["call me", "join"],
    ["Call me in", "join"],
    ["BRIDGE", "bridge"],
    ["open a bridge", "bridge"],
    ["HELP", "help"],
    ["help?", "help"],
    ["info", "help"],
  ])("%s means %s", (text, intent) => expect(readReply(text)).toEqual({ intent, codes: [] }));

  test.each([
    ["A417 2", "decline", "A417"],
    ["no A4821", "decline", code],
    ["n 4821", "decline", "4821"],
    ["3 A4821", "escalate", code],
    ["send help A4821", "escalate", code],
    ["help A4821", "help", code],
    ["join a4821", "join", code],
    ["Reply JOIN A4821 and we call you", "join", code],
    ["JOIN 4821", "join", "4821"],
    ["A4821 call me", "join", code],
    ["bridge a4821", "bridge", code],
    ["Bridge, A 4821", "bridge", code],
  ])("%s means %s of %s", (text, intent, named) => {
    expect(readReply(text)).toEqual({ intent, codes: [named] });
  });
});

describe("the carriers' words", () => {
  test.each(["STOP", "stopall", "Stop all", "UNSUBSCRIBE", "cancel", "End.", "QUIT", "stop?"])(
    "%s is a stop",
    (text) => {
      expect(readReply(text)).toEqual({ intent: "stop", codes: [] });
    },
  );

  test.each(["START", "unstop"])("%s is a start", (text) =>
    expect(readReply(text)).toEqual({ intent: "start", codes: [] }),
  );

  test("a stop inside a sentence is none, and declines nothing either", () => {
    expect(readReply("stop the deploy").intent).toBe("unknown");
    expect(readReply("cancel A4821")).toEqual({ intent: "unknown", codes: [code] });
  });
});

describe("what can't be told is asked about", () => {
  test.each([
    "",
    "?",
    "1?",
    "ok?",
    "mine？",
    "👍",
    "👎",
    "1 👎",
    "❌ A4821",
    "1 2",
    "½",
    "No. 1",
    "yes no",
    "Won",
    "ok who is on this?",
    "14821",
    "on my way",
    "got this",
    "resolved",
    "I am driving",
    "constructor",
    "call me when it is over",
    "is there a bridge",
    "no bridge",
    "join 1",
    "1 A4821 yes, 2 no",
    "2 no, 3 more help",
    "> 1",
    "-- \n1",
    "A4821?",
    "Liked “You have it.”",
  ])("%s", (text) => expect(readReply(text).intent).toBe("unknown"));

  test("a code that lacks a digit is not made whole by the answer behind it", () => {
    expect(readReply("A 482 1")).toEqual({ intent: "acknowledge", codes: ["A482"] });
    expect(readReply("A482 2")).toEqual({ intent: "decline", codes: ["A482"] });
    // Here another word answers: what follows can only be a part of the code.
    expect(readReply("1 A 482 1")).toEqual({ intent: "acknowledge", codes: [code] });
  });

  test("a doubted answer still says which page it spoke of", () => {
    expect(readReply("is A4821 the database?")).toEqual({ intent: "unknown", codes: [code] });
  });

  test.each([
    "Liked “CRITICAL checkout: errors since 14:05. Reply 1 A4821 yes, 2 no, 3 more help”",
    "👍 to “CRITICAL checkout: errors. Reply 1 A4821 yes, 2 no, 3 more help”",
    "Loved “Reply 1 A4821 yes, 2 no, 3 more help”",
  ])("our own message sent back with a reaction acknowledges nothing: %s", (echo) => {
    expect(readReply(echo).intent).toBe("unknown");
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
        for (const named of readReply(text).codes) expect(named).toMatch(/^[A-Z]?[0-9]{3,4}$/);
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
            codes: [named.toUpperCase()],
          });
        },
      ),
    );
  });

  test("blanks inside a code never make another code of it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9999 }),
        fc.array(fc.constantFrom("", " "), { minLength: 4, maxLength: 4 }),
        (n, gaps) => {
          const split = `A${Array.from(String(n), (digit, at) => gaps[at] + digit).join("")}`;
          expect(readReply(`1 ${split}`)).toEqual({ intent: "acknowledge", codes: [`A${n}`] });
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
