// Scripts in TwiML, read by another parser than the builder's and held against a table from Twilio's reference.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { twimlScripts } from "../../../functions/adapters/twilio/twiml.ts";
import { foreignLanguages } from "../../../functions/core/voice/languages.ts";
import type { CallScript } from "../../../functions/core/voice/script.ts";
import { speakable } from "../../../functions/wording/speakable.ts";
import { callWords } from "../../../functions/wording/voice.ts";
import { hostile } from "../../support/intake.ts";
import { readScript } from "../../support/twiml-table.ts";

const scripts = twimlScripts("https://pager.example.com/");
const render = (script: CallScript): string => scripts.render(script);
const said = (text: string, language = "en-US"): CallScript => ({
  language,
  steps: [{ do: "say", text }, { do: "hang-up" }],
});
const asked = (...texts: readonly string[]): CallScript => ({
  language: "en-US",
  steps: [
    { do: "say", text: "Key 5 means nothing here." },
    {
      do: "ask",
      speak: texts.map((text) => ({ do: "say", text })),
      waitSeconds: 6,
      keysTo: "/twilio/calls/i1/p1.1.1/1",
    },
  ],
});

test("a question listens for one key while it speaks, and sends it, or that there was none, to the public address", () => {
  expect(render(asked("One.", "Two."))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response>' +
      '<Say language="en-US" voice="Polly.Joanna">Key 5 means nothing here.</Say>' +
      '<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="6" ' +
      'action="https://pager.example.com/twilio/calls/i1/p1.1.1/1" method="POST" actionOnEmptyResult="true">' +
      '<Say language="en-US" voice="Polly.Joanna">One.</Say><Say language="en-US" voice="Polly.Joanna">Two.</Say>' +
      "</Gather></Response>",
  );
});

test.each([
  ["en-GB", 'language="en-GB" voice="Polly.Amy"'],
  ["sv-SE", 'language="sv-SE"'],
  ["constructor", 'language="constructor"'],
])("%s is spoken in its voice, or in Twilio's choice", (language, attributes) => {
  expect(render(said("Hej", language))).toContain(`<Say ${attributes}>`);
});

test("a pause stands where it was put", () => {
  const script: CallScript = {
    language: "en-US",
    steps: [{ do: "pause", seconds: 2 }, { do: "hang-up" }],
  };
  expect(readScript(render(script))).toMatchObject({ faults: [], verbs: ["Pause", "Hangup"] });
});

test("a call goes into a room that reports who comes and leaves, ends with nobody, and is recorded only when asked", () => {
  const join = { do: "join", room: "0123456789abcdef01234567", newsTo: "/twilio/rooms/i1" } as const;
  const xml = render({ language: "en-US", steps: [{ ...join, recorded: false }] });
  expect(xml).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response><Dial><Conference beep="true" ' +
      'startConferenceOnEnter="true" endConferenceOnExit="false" ' +
      'statusCallback="https://pager.example.com/twilio/rooms/i1" statusCallbackMethod="POST" ' +
      'statusCallbackEvent="start end join leave mute" record="do-not-record">0123456789abcdef01234567' +
      "</Conference></Dial><Hangup/></Response>",
  );
  expect(readScript(xml)).toMatchObject({ faults: [], room: join.room, hangsUp: true });
  expect(render({ language: "en-US", steps: [{ ...join, recorded: true }] })).toContain(
    'record="record-from-start"',
  );
});

test("what is said is taken down, and with it or without it the call goes on", () => {
  const script: CallScript = {
    language: "en-US",
    steps: [{ do: "take-down", mostSeconds: 60, nextTo: "/twilio/line/1" }],
  };
  expect(readScript(render(script))).toMatchObject({ faults: [], verbs: ["Record", "Redirect"] });
});

describe("the table can fail", () => {
  test.each([
    ["<Response><Say>hi</Say></Response>", /lacks language/],
    ['<Response><Say language="en-US"><break/></Say></Response>', /break/],
    ['<Response><Say language="en-US"></Say></Response>', /says nothing/],
    [`<Response><Say language="en-US">${"a".repeat(3_001)}</Say></Response>`, /3001/],
    [`<Response><Say language="en-US">${"ü".repeat(1_000)}</Say></Response>`, /6000/],
    ["<Response><Dial>+1</Dial></Response>", /Dial/],
    ["<Response><Dial><Number>+1</Number></Dial></Response>", /There is no <Number>/],
    ["<Response><Dial><Conference>checkout</Conference></Dial></Response>", /lacks endConferenceOnExit/],
    [
      '<Response><Dial><Conference statusCallback="https://a.example">checkout</Conference></Dial></Response>',
      /lacks statusCallbackEvent/,
    ],
    ["<Response><Dial><Conference>checkout</Conference></Dial></Response>", /holds "checkout"/],
    ['<Response><Redirect method="POST">/twilio</Redirect></Response>', /holds "\/twilio"/],
    ['<Response><Redirect method="POST">https://a.example</Redirect><Hangup/></Response>', /never reached/],
    ["<Response><Record/></Response>", /lacks maxLength/],
    ['<Response><Hangup/><Say language="en-US">x</Say></Response>', /never reached/],
    ["<Response>words</Response>", /holds words/],
    ['<Response><Gather input="speech"/></Response>', /lacks action/],
  ])("%s", (xml, fault) => {
    expect(readScript(xml).faults.join("\n")).toMatch(fault);
  });
});

describe("another alphabet is spoken by a voice that knows it", () => {
  const english = (text: string) => `<Say language="en-US" voice="Polly.Joanna">${text}</Say>`;
  const by = (language: string, text: string) =>
    `<Say language="${language}" voice="Google.${language}-Standard-A">${text}</Say>`;

  test("the English around it stays English", () => {
    const text = "Checkout, critical: Сервер оплаты 2 не отвечает. Press 4 to take it.";
    expect(render(said(text, "en-US"))).toContain(
      english("Checkout, critical: ") +
        by("ru-RU", "Сервер оплаты 2 не отвечает. ") +
        english("Press 4 to take it."),
    );
  });

  test("each of these voices is one that Twilio names, with its language", () => {
    const types = readFileSync("node_modules/twilio/lib/twiml/VoiceResponse.d.ts", "utf8");
    for (const language of foreignLanguages) expect(types).toContain(`"Google.${language}-Standard-A"`);
    for (const language of foreignLanguages) expect(types).toContain(`"${language}"`);
  });
});

describe("a quotation is spoken by another voice than the hub's", () => {
  test("from its first word to its last, and nothing else is", () => {
    expect(render(said("The alert reads: “Press 1 to take it.” End of alert. Press 4.", "en-US"))).toContain(
      '<Say language="en-US" voice="Polly.Joanna">The alert reads:</Say>' +
        '<Say language="en-US" voice="Polly.Matthew">Press 1 to take it.</Say>' +
        '<Say language="en-US" voice="Polly.Joanna">End of alert. Press 4.</Say>',
    );
  });

  test("in each language of ours, by a voice that Twilio names", () => {
    const types = readFileSync("node_modules/twilio/lib/twiml/VoiceResponse.d.ts", "utf8");
    for (const language of ["en-US", "en-GB"]) {
      const voices = [...render(said("Ours “theirs” ours", language)).matchAll(/voice="([^"]+)"/g)].map(
        ([, voice]) => voice,
      );
      expect(voices[1]).not.toBe(voices[0]);
      for (const voice of voices) expect(types).toContain(`"${voice}"`);
    }
  });
});

describe("whatever stands in the words", () => {
  const inside = [
    "<",
    ">",
    "&",
    "]]>",
    "<Say>",
    "</Say><Hangup/>",
    "<!--",
    "&amp;",
    "\u0000",
    "\ud800",
    "💥",
  ];
  const nasty = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.array(fc.oneof(fc.constantFrom(...inside), fc.string())).map((parts) => parts.join("")),
    fc.constantFrom(...hostile),
  );

  test("10,000 hostile lines are words and never markup, each short enough for Twilio", {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(nasty, (line) => {
        const { faults, verbs } = readScript(render(asked("Press 4 to take it.", line || "x")));
        expect(faults.filter((fault) => fault !== "<Say> says nothing")).toEqual([]);
        expect(verbs.slice(0, 4)).toEqual(["Say", "Gather", "Say", "Say"]);
        // Each change of alphabet is a voice of its own.
        expect(verbs.slice(4).filter((verb) => verb !== "Say")).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  test("the page that is spoken about them is short, says the keys, and reads nothing of markup", {
    timeout: 60_000,
  }, () => {
    const keypad = { acknowledge: "4", decline: "1", escalate: "2", later: "3", more: "5", join: "6" };
    fc.assert(
      fc.property(nasty, nasty, (service, symptom) => {
        const page = callWords().page({
          severity: "critical",
          service,
          symptom,
          drill: true,
          keypad,
          room: true,
        });
        const { faults, spoken } = readScript(render(asked(...page)));
        expect(faults).toEqual([]);
        expect(spoken).toContain("Press 4 to take it.");
        expect(spoken).not.toMatch(/[<>&{}\p{C}]/u);
        expect(spoken.length).toBeLessThan(700);
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  ["checkout-eu-1.example.com", "checkout eu 1 dot example dot com"],
  ["https://evil.example.com/a?b see it", "a link see it"],
  ["CPU at 97.5%", "CPU at 97.5 percent"],
  ["<break time='10s'/>", "break time 10s"],
  ["a & b", "a and b"],
  ["Störung in Malmö", "Störung in Malmö"],
])("%s is spoken as %s", (text, spoken) => {
  expect(speakable(text, 200)).toBe(spoken);
});
