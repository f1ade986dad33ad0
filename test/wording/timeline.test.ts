// The timeline is read at night by somebody who just woke up: every event has a sentence.
import { expect, test } from "vitest";
import { deliveryReasons, type EventMeta, type IncidentFact } from "../../functions/core/incident/events.ts";
import { refusals } from "../../functions/core/refusal.ts";
import { deliveryReasonWords, refusalWords } from "../../functions/wording/reasons.ts";
import { sentence } from "../../functions/wording/timeline.ts";

const at = Date.UTC(2026, 10, 3, 13, 5);
const person = (id: string) => ({ kind: "person", id, via: "web", assurance: "signed-in" }) as const;
const meta: EventMeta = {
  at,
  by: { kind: "hub", id: "handle-alert", via: "clock", assurance: "internal" },
  causeId: "c1",
  configVersion: "v1",
};
const names = new Map([
  ["ada", "Ada"],
  ["grace", "Grace"],
  ["p1", "Ada"],
  ["notice/n2", "Grace"],
]);
const policy = {
  id: "shop",
  levels: [{ targets: [{ kind: "person", id: "ada" }], within: 300_000 }],
  repeats: 1,
  catchAll: [],
  catchAllEvery: 300_000,
  askAfter: 900_000,
  resumeAfter: 300_000,
} as const;
const delivery = { delivery: "p1.0.0", page: "p1", channel: "sms" } as const;
const call = { ...delivery, channel: "voice" } as const;
const wanted = {
  ...delivery,
  type: "DeliveryWanted",
  person: "ada",
  step: 0,
  attempt: 1,
  channel: "sms",
  method: "m1",
  cause: "page",
  drill: false,
} as const;
const questioned = {
  type: "AcknowledgementQuestioned",
  request: "owner",
  person: "ada",
  until: at + 300_000,
} as const;
const catchAll = {
  type: "CatchAllPaged",
  request: "owner",
  nextAt: at + 300_000,
  people: ["ada"],
} as const;
const level = { type: "LevelStarted", request: "owner", pass: 0, level: 0, until: at + 300_000 } as const;
const notice = { notice: "n1", person: "ada", channel: "sms", method: "m1", drill: false } as const;

const sample = (title: string) => ({ alert: title, title, severity: "error", since: at }) as const;

const told: readonly (readonly [IncidentFact & Partial<EventMeta>, string])[] = [
  [
    {
      type: "IncidentOpened",
      title: "No sales",
      service: "checkout",
      serviceName: "Checkout",
      importance: "high",
      severity: "critical",
      since: at,
      correlation: "c",
      source: "prom",
      drill: true,
    },
    "Drill opened: “No sales” (CRITICAL, Checkout).",
  ],
  [{ type: "AlertsJoined", count: 1, samples: [] }, "One alert joined."],
  [{ type: "AlertsJoined", count: 12_000, samples: [] }, "12000 alerts joined."],
  [
    { type: "AlertsJoined", count: 3, samples: [sample("Ledger is wrong"), sample("Disk full")] },
    "Three alerts joined: “Ledger is wrong” (ERROR); “Disk full” (ERROR).",
  ],
  [
    {
      type: "AlertsJoined",
      count: 9,
      samples: ["A", "B", "C", "D", "E"].map(sample),
    },
    "Nine alerts joined: “A” (ERROR); “B” (ERROR); “C” (ERROR), and 2 more.",
  ],
  [{ type: "AlertsJoined", count: 0, samples: [] }, "No more alerts joined."],
  [{ type: "AlertsJoined", count: 0, samples: [sample("Disk full")] }, "Firing now: “Disk full” (ERROR)."],
  [
    { type: "AlertsFolded", until: at + 12_000 },
    "More alerts are coming in. They are listed together in 12 seconds.",
  ],
  [{ type: "SymptomsEnded", samples: [sample("Disk full")] }, "Ended: “Disk full” (ERROR)."],
  [
    { type: "LeadAlertChanged", ...sample("Ledger is wrong") },
    "Pages now speak of: “Ledger is wrong” (ERROR).",
  ],
  [
    { type: "SeverityRaised", from: "warning", to: "critical", urgency: "high" },
    "Severity raised from WARNING to CRITICAL.",
  ],
  [
    { type: "SignalCleared", verifyAt: at + 120_000 },
    "Monitoring says that nothing fires any more. It is believed if it stays so for 2 minutes.",
  ],
  [{ type: "SignalReturned" }, "Firing again."],
  [
    { type: "LateCopiesIgnored", title: "Link down", count: 1 },
    "“Link down”: a late copy came right after the resolve and paged nobody. If it still fires, the next message pages.",
  ],
  [
    { type: "LateCopiesIgnored", title: "Link down", count: 40 },
    "“Link down”: 40 late copies came right after the resolve and paged nobody. If it still fires, the next message pages.",
  ],
  [
    { type: "AllClearBelieved" },
    "All is quiet. The incident was declared, so it stays open until somebody closes it.",
  ],
  [
    {
      type: "IncidentDeclared",
      codename: "Osprey",
      synopsis: "Payments fail",
      sensitive: true,
      by: person("ada"),
    },
    "Ada declared the incident, as sensitive: Osprey. “Payments fail”.",
  ],
  [
    { type: "IncidentDeclared", codename: "Osprey", synopsis: "Why?", sensitive: false, by: person("ada") },
    "Ada declared the incident: Osprey. “Why?”",
  ],
  [{ type: "IncidentClosed", by: person("ada") }, "Ada closed the incident."],
  [{ type: "SignedIn", person: "grace", by: person("grace") }, "Grace is here."],
  [
    {
      type: "CanReported",
      conditions: "Worse\nand worse",
      actions: "",
      needs: "Network!",
      nextDue: at,
      by: person("ada"),
    },
    "Ada reports. Conditions: “Worse and worse”. Needs: “Network!”",
  ],
  [
    {
      type: "RequestOpened",
      request: "r1",
      kind: "person",
      about: "grace",
      quorum: 1,
      urgency: "high",
      policy,
      by: person("ada"),
    },
    "Ada asks for Grace.",
  ],
  [
    {
      type: "RequestOpened",
      request: "r2",
      kind: "subject",
      about: "net",
      aboutName: "Network",
      quorum: 1,
      urgency: "high",
      policy,
      by: person("ada"),
    },
    "Ada asks for somebody who answers for Network.",
  ],
  [
    { type: "RequestSatisfied", request: "r1", people: ["grace"], checkAt: at },
    "Grace answers what was asked for.",
  ],
  [
    { type: "PageCancelled", page: "p1", person: "ada", reason: "closed" },
    "Ada is no longer needed: the incident is closed.",
  ],
  [
    { type: "RequestCancelled", request: "owner", reason: "closed" },
    "Nobody is needed any more: the incident is closed.",
  ],
  [
    { type: "IncidentStoodDown", reason: "signal-clear" },
    "Stood down: monitoring says that all is well again.",
  ],
  [{ type: "IncidentStoodDown", reason: "resolved-by-person", by: person("grace") }, "Stood down by Grace."],
  [
    { type: "CommandRefused", command: "StandDown", reason: "not-allowed", by: person("mallory") },
    "Refused: stand down by mallory, because this is not allowed to whoever asked for it.",
  ],
  [
    { type: "RequestOpened", request: "owner", kind: "owner", quorum: 1, urgency: "high", policy },
    "Somebody is needed to own this: high urgency, one level to go through.",
  ],
  [{ ...level, cause: "opened", people: ["ada"] }, "Level 1 starts: Ada has 5 minutes to answer."],
  [
    { ...level, level: 1, cause: "not-answered", people: ["ada", "grace"] },
    "Nobody took it in time. Level 2 starts: Ada and Grace have 5 minutes to answer.",
  ],
  [
    { ...level, pass: 1, cause: "all-declined", people: [] },
    "Everybody asked declined. Level 1, round 2 starts: there are 5 minutes to answer.",
  ],
  [
    { type: "LevelSkipped", request: "owner", pass: 0, level: 0, unreachable: ["ada"] },
    "Level 1 skipped at once: no way to reach Ada.",
  ],
  [
    { type: "LevelSkipped", request: "owner", pass: 0, level: 1, unreachable: [] },
    "Level 2 skipped at once: nobody else is on it.",
  ],
  [
    { ...catchAll, round: 1, reached: true },
    "NOBODY TOOK IT on any level. The catch-all is paged, again every 5 minutes.",
  ],
  [
    { ...catchAll, round: 1, reached: false },
    "NOBODY WAS REACHED on any level. The catch-all is paged, again every 5 minutes.",
  ],
  [{ ...catchAll, round: 2, reached: true }, "Still nobody has taken it. The catch-all is paged again."],
  [{ ...catchAll, round: 2, reached: false }, "Still nobody was reached. The catch-all is paged again."],
  [
    { type: "NobodyReachable", request: "owner", unreachable: ["ada", "grace"] },
    "NOBODY CAN BE REACHED: no way to reach Ada and Grace. The operator is alarmed.",
  ],
  [
    {
      type: "PageOpened",
      page: "p1",
      request: "owner",
      person: "ada",
      code: "A4821",
      cause: "level",
      pass: 0,
      level: 0,
      steps: [],
      others: 1,
    },
    "Ada is asked (level 1, code A4821).",
  ],
  [wanted, "Paging Ada by SMS."],
  [{ ...wanted, cause: "retry", attempt: 3 }, "Attempt 3: paging Ada by SMS."],
  [{ ...delivery, type: "DeliveryHanded", receipt: "SM1" }, "The provider took the text to Ada (SM1)."],
  [
    { ...delivery, type: "DeliveryHanded", receipt: "SM1", carrier: "twilio" },
    "Twilio took the text to Ada (SM1).",
  ],
  [
    {
      ...delivery,
      type: "DeliveryHanded",
      receipt: "m1",
      carrier: "aws",
      detours: [{ carrier: "twilio", how: "failed", reason: "account-refused" }],
    },
    "Twilio did not take it (the provider refuses our account); the second carrier took the text to Ada (m1).",
  ],
  [
    {
      ...delivery,
      type: "DeliveryHanded",
      receipt: "m1",
      carrier: "aws",
      detours: [{ carrier: "twilio", how: "uncertain", reason: "timed-out" }],
    },
    "Twilio may have sent it (the provider did not answer in time), better twice than never; the second carrier took the text to Ada (m1).",
  ],
  [
    {
      ...delivery,
      type: "DeliveryHanded",
      receipt: "m1",
      reported: true,
      carrier: "aws",
      detours: [{ carrier: "twilio", how: "failed", reason: "account-refused" }],
    },
    "Twilio did not take it (the provider refuses our account); that is why the second carrier took the text to Ada.",
  ],
  [
    {
      ...delivery,
      type: "DeliveryFailed",
      reason: "provider-error",
      operator: false,
      detours: [{ carrier: "aws", how: "failed", reason: "provider-unreachable" }],
    },
    "The text to Ada failed: the provider answered with an error. The second carrier: failed as well, the provider can't be reached. This way is given up.",
  ],
  [{ ...delivery, type: "CallPickedUp", who: "unknown" }, "The call to Ada was picked up."],
  [{ ...delivery, type: "CallPickedUp", who: "human" }, "A person listens to the call to Ada."],
  [
    { ...delivery, type: "CallPickedUp", who: "machine" },
    "A machine picked up the call to Ada: that answers nothing.",
  ],
  [
    { ...call, type: "DeliveryFailed", reason: "not-answered", operator: false },
    "The call to Ada led to nothing: nobody picked up.",
  ],
  [
    { ...call, type: "DeliveryFailed", reason: "busy", retryAt: at + 30_000, operator: false },
    "The call to Ada led to nothing: the line was busy. Next attempt in 30 seconds.",
  ],
  [
    { ...call, type: "DeliveryFailed", reason: "provider-error", retryAt: at + 5_000, operator: false },
    "The call to Ada failed: the provider answered with an error. Next attempt in 5 seconds.",
  ],
  [
    { ...call, page: "p9", type: "DeliveryFailed", reason: "call-ended", operator: false },
    "The call led to nothing: it was taken back before anybody picked up.",
  ],
  [{ ...wanted, channel: "voice" }, "Paging Ada by phone."],
  [
    { ...wanted, channel: "voice", cause: "missed-call" },
    "The call was missed, so once more: paging Ada by phone.",
  ],
  [
    { ...wanted, cause: "repeat-after-unknown", attempt: 2 },
    "Attempt 2, unless the one before is found: paging Ada by SMS.",
  ],
  [
    { ...delivery, type: "DeliveryHanded", receipt: "SM1", found: true },
    "The text to Ada had gone out before (SM1). Nothing was sent twice.",
  ],
  [
    { ...delivery, type: "DeliveryHanded", channel: "teams", carrier: "teams", receipt: "a:1 7" },
    "Teams took the message to Ada (a:1 7).",
  ],
  [{ ...delivery, type: "DeliveryConfirmed" }, "The text to Ada arrived."],
  [{ ...delivery, type: "DeliveryConfirmed", channel: "teams" }, "The Teams message to Ada arrived."],
  [
    {
      ...delivery,
      page: "p9",
      type: "DeliveryFailed",
      reason: "rate-limited",
      retryAt: at + 20_000,
      operator: false,
    },
    "The text failed: the provider takes no more at this rate. Next attempt in 20 seconds.",
  ],
  [
    { ...delivery, type: "DeliveryFailed", reason: "account-refused", operator: true },
    "The text to Ada failed: the provider refuses our account. This way is given up. The operator has to fix something.",
  ],
  [
    { ...delivery, type: "DeliveryUncertain", reason: "timed-out", until: at + 15_000 },
    "The text to Ada may or may not have gone out: the provider did not answer in time. Looked up in 15 seconds.",
  ],
  [{ type: "PageAcknowledged", page: "p1", person: "ada" }, "Ada answered: yes."],
  [{ type: "PageDeclined", page: "p1", person: "ada" }, "Ada declined."],
  [{ type: "PageEscalated", page: "p1", person: "ada" }, "Ada asked for more help and stays."],
  [{ type: "PageExpired", page: "p1", person: "ada", reason: "not-answered" }, "Ada did not answer."],
  [{ type: "PageExpired", page: "p1", person: "ada", reason: "not-reached" }, "Ada could not be reached."],
  [
    { type: "PageExpired", page: "p1", person: "ada", reason: "level-over" },
    "Ada is not waited for any more, as the next are paged.",
  ],
  [{ type: "PageHastened", page: "p1", person: "ada", steps: [] }, "Ada is paged on every urgent way."],
  [
    { type: "PageCancelled", page: "p1", person: "ada", reason: "answered-by-another" },
    "Ada is no longer needed: somebody else answered.",
  ],
  [{ type: "RequestTaken", request: "owner", person: "grace" }, "Grace took it without having been paged."],
  [{ type: "RequestSatisfied", request: "owner", people: ["ada"], checkAt: at }, "Ada has it."],
  [
    { type: "ArrivalPromised", request: "owner", person: "ada", until: at + 1_200_000 },
    "Ada promised to be there in 20 minutes.",
  ],
  [
    {
      type: "RequestPaused",
      request: "owner",
      until: at + 600_000,
      by: { kind: "machine", id: "pagerduty-api", via: "api", assurance: "internal" },
    },
    "Pagerduty-api (a machine) acknowledged. A machine is no owner: it rings again in 10 minutes unless a person takes it.",
  ],
  [{ type: "RequestResumed", request: "owner" }, "No person took it: it rings again."],
  [
    { ...questioned, reason: "silent" },
    "Nothing heard from Ada, who is asked whether it is still in hand (5 minutes to answer).",
  ],
  [
    { ...questioned, reason: "urgency-raised" },
    "It became urgent: Ada, who has it, is paged again and has 5 minutes to answer.",
  ],
  [
    { ...questioned, reason: "not-told" },
    "It became graver, and no text or chat says so: Ada, who has it, is paged again and has 5 minutes to answer.",
  ],
  [{ type: "AcknowledgementRenewed", request: "owner", person: "ada" }, "Ada still has it."],
  [
    { type: "RequestReopened", request: "owner", person: "ada", reason: "forgotten" },
    "Ada did not answer: somebody is needed again.",
  ],
  [
    { type: "RequestCancelled", request: "owner", reason: "stood-down" },
    "Nobody is needed any more: stood down.",
  ],
  [{ ...notice, type: "NoticeWanted", kind: "all-clear" }, "Telling Ada by SMS that all is clear."],
  [
    { ...notice, type: "NoticeWanted", kind: "still-yours", insteadOf: "n0" },
    "By another way: asking Ada by SMS whether it is still in hand.",
  ],
  [{ type: "NoticeHanded", notice: "n1", receipt: "SM2" }, "The provider took the notice (SM2)."],
  [
    { type: "NoticeHanded", notice: "n2", receipt: "SM2", carrier: "twilio" },
    "Twilio took the notice to Grace (SM2).",
  ],
  [
    { type: "NoticeFailed", notice: "n1", reason: "opted-out" },
    "A person was not told: the person texted STOP.",
  ],
  [
    {
      type: "NoticeFailed",
      notice: "n1",
      reason: "handset-unreachable",
      person: "ada",
      kind: "severity-raised",
      channel: "sms",
    },
    "Ada was not told by SMS that the severity was raised: the phone is off or has no signal.",
  ],
  [
    {
      type: "NoticeUncertain",
      notice: "n1",
      reason: "timed-out",
      person: "ada",
      kind: "new-alerts",
      channel: "sms",
      until: at + 30_000,
    },
    "It is not known whether Ada was told by SMS that something else joined the incident: the provider did not answer in time. Without a receipt in 30 seconds another way is tried.",
  ],
  [{ type: "NoticeConfirmed", notice: "n1" }, "The notice arrived."],
  [
    { type: "NoticeUndeliverable", person: "ada", kind: "still-yours" },
    "NOT TOLD: Ada has no written way left by which to learn that an answer is needed to keep it.",
  ],
];

test.each(told)("%o", (event, text) => {
  expect(sentence({ ...meta, ...event }, names)).toBe(text);
});

test("somebody whose name is gone is told by id, and nothing breaks", () => {
  const event = { ...meta, type: "PageDeclined", page: "p1", person: "constructor" } as const;
  expect(sentence(event, new Map())).toBe("constructor declined.");
});

test("every reason has words of its own", () => {
  const words = [
    ...deliveryReasons.map(deliveryReasonWords),
    ...refusals.map((reason) => refusalWords(reason)),
  ];
  expect(new Set(words).size).toBe(deliveryReasons.length + refusals.length);
  expect(words.filter((text) => text === undefined || text.length < 5)).toEqual([]);
});

test("who answered before is named", () => {
  expect(refusalWords("already-answered", "Grace")).toBe("Grace answered before");
});
