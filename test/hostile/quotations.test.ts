// Whatever words come from outside, what the hub says in its own name is the same: they stand within their quotation marks,
// at every exit.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { twimlScripts } from "../../functions/adapters/twilio/twiml.ts";
import type { LinkedErrand } from "../../functions/answer-link/linked-errand.ts";
import { actPage } from "../../functions/answer-link/page.ts";
import { line } from "../../functions/core/text.ts";
import { minutes } from "../../functions/core/time.ts";
import { keypadOf } from "../../functions/core/voice/keypad.ts";
import { listCard } from "../../functions/wording/cards/answers.ts";
import { incidentCard } from "../../functions/wording/cards/incident-card.ts";
import { chatWords } from "../../functions/wording/chat.ts";
import { chatNotice } from "../../functions/wording/chat-notice.ts";
import { lineWords } from "../../functions/wording/line.ts";
import { answerMessage } from "../../functions/wording/reply-answers.ts";
import { firstMessage, firstMessageWithLink, noticeMessage } from "../../functions/wording/sms.ts";
import { sentence } from "../../functions/wording/timeline.ts";
import { callWords } from "../../functions/wording/voice.ts";
import { roomWords } from "../../functions/wording/voice-room.ts";
import { run } from "../../infra/cli/run.ts";
import { tappable, tappableExamples } from "../support/tappable.ts";
import { everyCard, incidentOf } from "../wording/cards/all-cards.ts";

const at = Date.UTC(2026, 10, 3, 13, 5);
const about = { drill: false, severity: "critical", service: "Checkout" } as const;
const page = { ...about, since: at, now: at, timeZone: "UTC", others: 2, code: "A4821" } as const;
const link = "https://pager.example.com/a/AZpRk8WcVfM2Zk8WcVfM2QHRk8WcVfM2Zk8WcVfM2QH4";
const keypad = keypadOf("p1", 1);
const names = new Map([["ada", "Ada"]]);
const event = { at, by: { kind: "person", id: "ada" } } as const;
const scripts = twimlScripts("https://pager.example.com");

const spoken = (...texts: readonly string[]): string =>
  scripts.render({ language: "en-US", steps: texts.map((text) => ({ do: "say", text })) });

/** The words, and the marks between which those from outside stand there. */
interface Exit {
  readonly write: (words: string) => string | Promise<string>;
  readonly quotation: RegExp;
  /** Phones make links of what they find there. */
  readonly toPhone?: true;
  /** Ours, where it depends on the room that the quotation leaves. */
  readonly ours?: RegExp;
}

const straight = /"[^"]*"/g;
const curly = /“[^“”]*”/gu;
const otherVoice = /<Say language="[a-z]+-[A-Z]+" voice="(?!Polly\.Joanna")[^"]*">[^<]*<\/Say>/g;
const text = (write: Exit["write"]): Exit => ({ write, quotation: straight, toPhone: true });
const screen = (write: Exit["write"]): Exit => ({ write, quotation: curly });
const call = (write: Exit["write"]): Exit => ({ write, quotation: otherVoice });

const told = (facts: object): string => sentence({ ...event, ...facts } as never, names);
const nobody = {
  title: "Disk full",
  service: "Checkout",
  name: "Ada",
  words: "words",
  severity: "critical",
  drill: false,
  people: 0,
} as const;
const notice = (kind: "severity-raised" | "new-alerts", symptom: string) =>
  ({ ...about, kind, symptom, more: 2, codename: "Osprey" }) as const;

async function typed(command: string, body: unknown): Promise<string> {
  const printed: string[] = [];
  await run(command.split(" "), {
    out: (text) => void printed.push(text),
    err: (text) => void printed.push(text),
    read: async () => undefined,
    write: () => Promise.reject(new Error("Nothing here writes a file")),
    env: {},
    fetch: async () => Response.json(body),
    aws: {},
    program: () => Promise.reject(new Error("no program is run here")),
    colour: false,
  });
  return printed.join("\n");
}

const shown = (words: string) => ({
  title: words,
  severity: "critical",
  serviceName: "Checkout",
  phase: "declared",
  drill: false,
  alerts: 3,
  codename: "Osprey",
  synopsis: words,
  can: { conditions: words, actions: words, needs: "", at: "13:05", by: { name: "Ada" } },
  pages: [],
  timeline: [],
});

const exits: Readonly<Record<string, Exit>> = {
  "the first text": text((symptom) => firstMessage({ ...page, symptom })),
  "the first text with a link": {
    ...text((symptom) => firstMessageWithLink({ ...page, symptom }, link)),
    ours: /^CRITICAL Checkout: \(quotation\)(?: since 13:05\.(?: 2 others paged\.)?|\.) Reply 1 A4821(?: yes, 2 no, 3 more help)? or https:\/\/pager\.example\.com\/a\/\w+$/,
  },
  "a text about a worse symptom": text((symptom) => noticeMessage(notice("severity-raised", symptom))),
  "a text about new alerts": text((symptom) => noticeMessage(notice("new-alerts", symptom))),
  "the answer to a reply": text((symptom) =>
    answerMessage({ kind: "yours", stoodDown: 1, of: { service: "Checkout", symptom } }, false),
  ),
  "the question which page is meant": text((symptom) =>
    answerMessage(
      {
        kind: "which-page",
        word: "1",
        pages: ["A4821", "A1000"].map((code) => ({ ...about, code, symptom })),
      },
      false,
    ),
  ),
  "a notice in the chat": screen((symptom) => chatNotice(notice("new-alerts", symptom))),
  "what is known, in the chat": screen((title) => chatWords.helpKnown(title, "Ada")),
  "a name that was not found": screen((name) => chatWords.noneNamed(name)),
  "the opening on the timeline": screen((title) =>
    told({ type: "IncidentOpened", title, ...about, serviceName: "Checkout" }),
  ),
  "alerts on the timeline": screen((title) =>
    told({ type: "AlertsJoined", count: 2, samples: [{ title, severity: "error" }] }),
  ),
  "a new symptom on the timeline": screen((title) =>
    told({ type: "LeadAlertChanged", title, severity: "error" }),
  ),
  "a late copy on the timeline": screen((title) => told({ type: "LateCopiesIgnored", title, count: 1 })),
  "a declaration on the timeline": screen((synopsis) =>
    told({ type: "IncidentDeclared", codename: "Osprey", synopsis: `${synopsis} -`, sensitive: false }),
  ),
  "a report on the timeline": screen((words) =>
    told({ type: "CanReported", conditions: `${words} -`, actions: `${words} -`, needs: "", nextDue: at }),
  ),
  "every card of a page and an incident": screen((title) =>
    [...everyCard({ ...nobody, title, people: 3 })]
      .filter(([name]) => /^(page|incident) /.test(name))
      .map(([name, card]) => `${name}: ${JSON.stringify(card)}`)
      .join("\n"),
  ),
  "a synopsis and a report on a card": screen((words) =>
    JSON.stringify(
      incidentCard(
        incidentOf(nobody, "declared", {
          declared: { codename: "Osprey", synopsis: words, sensitive: false },
          can: { conditions: words, actions: words, needs: words, at, by: "Ada" },
        }),
      ),
    ),
  ),
  "a list of incidents": screen((more) =>
    JSON.stringify(
      listCard("Open incidents", [{ title: "Osprey", more, pressed: { verb: "status" } }], "status"),
    ),
  ),
  "the page behind a link": screen((title) =>
    actPage(
      {
        signal: { drill: false, serviceName: "Checkout" },
        spoken: { title, severity: "critical", since: at, more: 0 },
        page: { code: "A4821", person: "ada", state: "open" },
        name: "Ada",
        others: 1,
        timeZone: "UTC",
        now: at,
        owner: undefined,
        isOver: false,
      } as unknown as LinkedErrand,
      "o1",
    ),
  ),
  "muster show": screen((words) => typed("show i1", shown(words))),
  "muster incidents": screen((title) =>
    typed("incidents", {
      incidents: [{ ...about, id: "i1", openedAt: "13:05", phase: "triage", title }],
    }),
  ),
  "a page by phone": call((symptom) =>
    spoken(...callWords().page({ ...about, symptom, keypad, room: true })),
  ),
  "a call into the room": call((symptom) =>
    spoken(...roomWords().asks({ ...about, symptom, cause: "absent", key: "4" })),
  ),
  "an announcement in the room": call((symptom) =>
    spoken(
      roomWords().announcement("cadence", {
        ...about,
        symptom,
        lasts: minutes(9),
        owner: "Ada",
        here: 2,
        unknown: 0,
      }),
    ),
  ),
  "what is known, to a caller": call((title) => spoken(lineWords().same({ title, commander: "Ada" }))),
};

/** Each would say something in the hub's name, or do something on a phone, a screen or a terminal. */
const hostile: readonly string[] = [
  "Press 1 to acknowledge. ",
  "End of alert. Press 1 to take it",
  "End. of, alert! This is Muster. You are not needed for this any more. Goodbye.",
  "DRILL nothing is broken",
  "This is a drill. Drill.",
  "TAKEN Checkout: Grace has it. Your page is called off.",
  "ALL CLEAR Checkout: monitoring is quiet again. You are released.",
  'ok" since 14:05. Only you paged. Reply 2 B9999',
  "ok'' since 14:05. Reply 2 B9999",
  "ok” (CRITICAL, Checkout). Grace took it without having been paged. “",
  "ok″ ‟ ❞ ＂ ״ ˮ 〞 Reply STOP",
  "ok´´ ’’ ′′ ʼʼ Reply STOP",
  "Reply 1 A1234 yes, 2 no, 3 more help",
  "Reply STOP to confirm",
  "Call +44 20 7946 0000 now",
  "2 others paged. Reply 1 A0000 at evil.example/pay",
  "Conditions: fine. Needs: none. Ada closed the incident.",
  "Ada reports. Conditions: all is well.",
  "line\r\nALL CLEAR Checkout",
  "line\nOpened: something else",
  "line\u2028Severity raised",
  "\u001b[2J\u001b]0;owned\u0007",
  "\u009b2J\u009d0;owned\u009c",
  "\u202eegap ruoy si sihT\u202c",
  "\u2066\u2067isolated\u2069",
  "nothing\u200b\u00ad\u034f\u3164to see",
  "\u{e0041}\u{e0042}hidden",
  `flood${"\u0301\u0489".repeat(100)}`,
  "**bold** _it_ [x](https://evil.example) `code`",
  "<at>Ada</at> </Say><Dial>+12025550188</Dial>",
  "<script>alert(1)</script><button>I have it</button>",
  "{{DATE(2026-11-03)}}${7*7}",
  "Acknowledge   Decline   More help",
  "\ud800 lone",
  "__proto__",
  '\\" since',
  "‹at›",
  "Сервер упал” Ответьте 2",
  "שרת נפל״ Reply 2 B9999",
  '端末が"停止"しました',
  "👩‍🚒 🏴󠁧󠁢󠁥󠁮󠁧󠁿 “",
  "a".repeat(400),
  ...tappableExamples,
];

/** As the entrance of alerts leaves it. */
const cleaned = (words: string): string => line(words, 300) || "(no title)";
const isolates = /[\u2068\u2069]/gu;
const acting = /[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029\ufff9-\ufffb]/u;

async function holds({ write, quotation, toPhone, ours: form }: Exit, words: string): Promise<void> {
  // In the same alphabet: another has other room.
  const plain = /^[ -~]*$/.test(words) ? "Disk full" : "Диск";
  const [written, ours] = [await write(cleaned(words)), await write(plain)];
  const kept = (all: string): string =>
    all
      .replace(isolates, "")
      .replace(quotation, "(quotation)")
      .replace(/(?:\(quotation\)){2,}/g, "(quotation)");
  if (form !== undefined) expect(kept(written)).toMatch(form);
  else if (toPhone !== true || /[^ -~]/.test(written) === /[^ -~]/.test(ours))
    expect(kept(written)).toBe(kept(ours));
  expect(written.replace(isolates, "")).not.toMatch(acting);
  if (toPhone === true) expect(tappable(written.replace(link, ""))).toEqual([]);
}

describe.each(Object.entries(exits))("%s", (_, exit) => {
  test.each(hostile.map((words) => [JSON.stringify(words.slice(0, 60)), words] as const))(
    "says the same in our own name, whatever is quoted: %s",
    (__, words) => holds(exit, words),
  );

  test("says the same, whatever else is quoted", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 60 }),
          fc
            .array(fc.constantFrom(...hostile, '"', "'", "“", "”", "``", ".", " ", "\u0301"), {
              minLength: 1,
              maxLength: 4,
            })
            .map((parts) => parts.join("")),
        ),
        (words) => holds(exit, words),
      ),
      { numRuns: 60 },
    ));
});
