// What typed words order, and that nothing else does.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readTime, readTyped, type TypedForm } from "../../functions/core/chat-words.ts";
import { minutes } from "../../functions/core/time.ts";
import { typedForms } from "../../functions/receive-activity/commands/registry.ts";

const read = (text: string) => readTyped(text, typedForms);
const verb = (text: string) => read(text)?.verb;

test.each([
  ["ack", "acknowledge"],
  ["  ACK!  ", "acknowledge"],
  ["Ack, please", "acknowledge"],
  ["please ack", "acknowledge"],
  ["I’ve got it", "acknowledge"],
  ["on it", "acknowledge"],
  ["1", "acknowledge"],
  ["1️⃣", "acknowledge"],
  ["ａｃｋ", "acknowledge"],
  ["not me", "decline"],
  ["I can't", "decline"],
  ["more help", "escalate"],
  ["in 20", "in-20"],
  ["In 45 minutes", "in-20"],
  ["ETA 15", "in-20"],
  ["join", "join"],
  ["open the bridge", "bridge"],
  ["stand down", "stand-down"],
  ["close", "close"],
  ["sign in", "sign-in"],
  ["status", "status"],
  ["help", "help"],
  ["help me", "help-me"],
  ["help me the shop is slow", "help-me"],
  ["who is on call?", "on-call"],
  ["who is on call for checkout?", "on-call"],
  ["page linus", "page"],
  ["declare the shop is down", "declare"],
  ["report a / b / c", "report"],
  ["list", "list"],
])("“%s” is %s", (text, expected) => {
  expect(verb(text)).toBe(expected);
});

test.each([
  "ok thanks",
  "ok",
  "yes",
  "no",
  "thanks",
  "",
  "   ",
  "?",
  "ack?",
  "who acked this",
  "should I ack",
  "I will ack in a moment",
  "ack A4821 A4822",
  "not sure it is me",
  "in the office",
  "in 20 or 30 minutes",
  "in 500",
  "in 0",
  "close?",
  "declare?",
  "page linus?",
  "can you look at this?",
  "close".repeat(2000),
])("“%s” orders nothing", (text) => {
  const typed = read(text);
  expect(typed === undefined || !typedForms.some((form) => form.verb === typed.verb && form.changes)).toBe(
    true,
  );
});

test("a code says which page is meant, and the name of an incident which incident", () => {
  expect(read("ack a4821")).toEqual({ verb: "acknowledge", rest: "", code: "A4821" });
  expect(read("in 1h 30 B123")).toEqual({ verb: "in-20", rest: "", code: "B123", time: minutes(90) });
  expect(read("close Puffin")).toEqual({ verb: "close", rest: "puffin" });
  expect(read("stand down, Puffin-Wolf please")).toEqual({ verb: "stand-down", rest: "puffin wolf" });
});

test.each(["ack ✔️", "✔️ ack", "ack 👍🏽❤️", "ack\u200b", "ack \ufe0f"])("“%s” names no incident", (said) => {
  expect(read(said)).toEqual({ verb: "acknowledge", rest: "" });
});

test("a sentence that begins like an order is at most one about an incident of that name", () => {
  expect(read("ack the pull request")).toEqual({ verb: "acknowledge", rest: "the pull request" });
});

test("what says the same twice is said once, and an incident may still bear a command's name", () => {
  for (const text of ["ack, I'm on it", "Ack – on it!", "got it, on it thanks"])
    expect(read(text)).toEqual({ verb: "acknowledge", rest: "" });
  expect(read("ack, I'm on it, A4821")).toEqual({ verb: "acknowledge", rest: "", code: "A4821" });
  expect(read("open bridge bridge")).toEqual({ verb: "bridge", rest: "bridge" });
  expect(read("ack on it later")).toMatchObject({ rest: "on it later" });
});

test("free words stay as they were typed", () => {
  expect(read("declare: Checkout IS down — since 9")?.rest).toBe("Checkout IS down — since 9");
  expect(read("page Zoë Ångström")?.rest).toBe("Zoë Ångström");
  expect(read("report a/b is down / rolling back")?.rest).toBe("a/b is down / rolling back");
});

test.each([
  ["20", 20],
  ["20 min", 20],
  ["1 minute", 1],
  ["half an hour", 30],
  ["an hour", 60],
  ["1h", 60],
  ["2 hours", 120],
  ["two hours and a half", 150],
  ["1 h 30", 90],
  ["1h30", 90],
  ["1h 30m", 90],
  ["240", 240],
] as const)("“%s” is %i minutes", (said, expected) => {
  expect(readTime(said)).toBe(minutes(expected));
});

test.each(["", "0", "241", "five", "5 hours", "20 20", "-5", "1e2", "20 bananas"])(
  "“%s” is no time",
  (said) => {
    expect(readTime(said)).toBeUndefined();
  },
);

test("whatever is typed is read without failing, and what is read names a command", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const typed = read(text);
      expect(typed === undefined || typedForms.some((form) => form.verb === typed.verb)).toBe(true);
    }),
  );
});

test("no order that takes nothing more is given by a sentence that merely begins with its words", () => {
  const orders = typedForms.filter(({ changes, takes }) => changes && takes !== "words");
  const word = fc
    .stringMatching(/^[a-z]{2,10}$/)
    .filter(
      (each) => !["please", "pls", "thanks", "thank", "you", "thx", "now", "muster", "hey"].includes(each),
    );
  const sentence = fc.record({
    form: fc.constantFrom(...orders),
    words: fc.array(word, { minLength: 1, maxLength: 6 }),
  });
  fc.assert(
    fc.property(sentence, ({ form, words }) => {
      for (const phrase of form.words) {
        const typed = read(`${phrase} ${words.join(" ")}`);
        // At most it is taken for the name of an incident, which has to be found before anything is done.
        if (typed?.verb === form.verb && takesOf(form) === "incident") expect(typed.rest).not.toBe("");
        if (typed?.verb === form.verb && takesOf(form) === "nothing") expect.unreachable();
      }
    }),
  );
});
const takesOf = ({ takes }: TypedForm<string>) => takes;

test("with a question mark nothing is changed", () => {
  fc.assert(
    fc.property(fc.constantFrom(...typedForms), fc.string({ maxLength: 20 }), fc.nat(5), (form, more, at) => {
      for (const phrase of form.words) {
        const said = `${phrase} ${more.slice(0, at)}?${more.slice(at)}`;
        const typed = read(said);
        expect(
          typed === undefined || !typedForms.some((each) => each.verb === typed.verb && each.changes),
        ).toBe(true);
      }
    }),
  );
});

test("no two commands are called the same", () => {
  const words = typedForms.flatMap((form) => form.words);
  expect(new Set(words).size).toBe(words.length);
});
