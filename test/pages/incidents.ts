// Incidents as the API tells them: one believable night, and the ugliest ones that a source could send.
import type { Incident, Listed, Page, TimelineEntry } from "../../functions/show-post/page/wire.d.ts";

export const iso = (ago: number, now = Date.now()): string => new Date(now - ago * 1000).toISOString();

type Line = readonly [ago: number, type: string, text: string, by?: string, via?: string];

const entries = (lines: readonly Line[]): TimelineEntry[] =>
  lines.map(([ago, type, text, by = "Muster", via = ""], index) => ({
    id: `e${index}`,
    at: iso(ago),
    type,
    text,
    by,
    via,
  }));

/** Level 1 did not answer, level 2 rings. */
export function checkoutDown(change: Partial<Incident> = {}): Incident {
  return {
    id: "01JCHECKOUT",
    version: 9,
    title: "Checkout: 38% of payments fail with upstream timeouts",
    service: "checkout",
    serviceName: "Checkout",
    severity: "critical",
    urgency: "high",
    phase: "triage",
    drill: false,
    since: iso(412),
    openedAt: iso(405),
    alerts: 14,
    request: {
      id: "r1",
      state: "open",
      level: 1,
      pass: 0,
      until: iso(-198),
      levels: [
        { people: ["Ada Byron"], within: 300 },
        { people: ["Grace Hopper", "Katherine Johnson"], within: 300 },
        { people: ["Mary Jackson"], within: 600 },
      ],
    },
    pages: [
      {
        id: "p1",
        person: { id: "ada", name: "Ada Byron" },
        state: "expired",
        code: "K7",
        level: 0,
        cause: "level",
        openedAt: iso(404),
        deliveries: [{ channel: "sms", state: "confirmed", at: iso(399) }],
      },
      {
        id: "p2",
        person: { id: "grace", name: "Grace Hopper" },
        state: "open",
        code: "M3",
        level: 1,
        cause: "level",
        openedAt: iso(102),
        deliveries: [
          {
            channel: "sms",
            state: "failed",
            at: iso(98),
            reason: "The handset can't be reached: switched off or out of range.",
          },
          { channel: "sms", state: "handed", at: iso(41) },
        ],
      },
      {
        id: "p3",
        person: { id: "katherine", name: "Katherine Johnson" },
        state: "open",
        code: "P4",
        level: 1,
        cause: "level",
        openedAt: iso(102),
        deliveries: [{ channel: "sms", state: "confirmed", at: iso(97) }],
      },
    ],
    samples: [
      {
        title: "PaymentErrorRatio above 30% for 2 minutes",
        severity: "critical",
        since: iso(412),
        link: "https://grafana.example/d/payments",
        labels: { region: "eu-west-1", job: "payments", team: "money" },
      },
      { title: "UpstreamTimeouts: acquirer gateway", severity: "error", since: iso(390) },
      { title: "QueueDepth payments-out 12,400", severity: "warning", since: iso(300) },
    ],
    timeline: entries([
      [405, "IncidentOpened", "Opened by an alert of Prometheus: checkout, critical."],
      [404, "LevelStarted", "Level 1 is paged: Ada Byron."],
      [404, "PageOpened", "Ada Byron is paged, code K7."],
      [403, "DeliveryHanded", "SMS to Ada Byron handed to the carrier.", "Twilio"],
      [399, "DeliveryConfirmed", "SMS to Ada Byron delivered.", "Twilio"],
      [390, "AlertsJoined", "5 alerts joined.", "Prometheus", "monitoring"],
      [300, "AlertsJoined", "8 alerts joined.", "Prometheus", "monitoring"],
      [104, "PageExpired", "Ada Byron did not answer in time."],
      [102, "LevelStarted", "Level 2 is paged: Grace Hopper and Katherine Johnson."],
      [98, "DeliveryFailed", "SMS to Grace Hopper failed: handset unreachable. Tried again.", "Twilio"],
      [97, "DeliveryConfirmed", "SMS to Katherine Johnson delivered.", "Twilio"],
      [41, "DeliveryHanded", "SMS to Grace Hopper handed to the carrier.", "Twilio"],
    ]),
    ...change,
  };
}

/** The same, once Grace has answered. */
export function graceHasIt(): Incident {
  const before = checkoutDown();
  return {
    ...before,
    version: before.version + 1,
    owner: { id: "grace", name: "Grace Hopper" },
    request: { id: "r1", state: "satisfied", level: 1, pass: 0, levels: before.request?.levels ?? [] },
    pages: before.pages.map((page) =>
      page.id === "p2"
        ? { ...page, state: "acknowledged" }
        : page.id === "p3"
          ? { ...page, state: "cancelled" }
          : page,
    ),
    timeline: [
      ...before.timeline,
      {
        id: "e90",
        at: iso(2),
        type: "PageAcknowledged",
        text: "Grace Hopper acknowledged.",
        by: "Grace Hopper",
        via: "sms",
      },
    ],
  };
}

export const listed = (incident: Incident): Listed => ({
  id: incident.id,
  title: incident.title,
  service: incident.service,
  serviceName: incident.serviceName,
  severity: incident.severity,
  phase: incident.phase,
  drill: incident.drill,
  openedAt: incident.openedAt,
  ...(incident.owner ? { owner: incident.owner.name } : {}),
  state: incident.endedAt === undefined ? "open" : "ended",
});

export function aNight(): Listed[] {
  const row = (id: string, ago: number, change: Partial<Incident>) =>
    listed(checkoutDown({ id, openedAt: iso(ago), ...change }));
  return [
    listed(checkoutDown()),
    row("01JSEARCH", 1500, {
      title: "Search latency p99 above 4 s in eu-central-1",
      serviceName: "Search",
      severity: "error",
      owner: { id: "katherine", name: "Katherine Johnson" },
    }),
    row("01JDISK", 7300, {
      title: "Disk of build-runner-07 is 91% full",
      serviceName: "Build",
      severity: "warning",
      owner: { id: "mary", name: "Mary Jackson" },
    }),
    row("01JDRILL", 660, {
      title: "Exercise: login page answers 503",
      serviceName: "Sign-in",
      severity: "critical",
      drill: true,
    }),
    row("01JOLD", 90_000, {
      title: "Mail queue stuck",
      serviceName: "Mail",
      severity: "warning",
      phase: "stood-down",
      endedAt: iso(86_000),
    }),
  ];
}

export const hostile = {
  script: `<script>globalThis.owned = 1</script><img src=x onerror="globalThis.owned = 1">`,
  reordered: "\u202Egnp.exe\u202C \u2066\u2067\u0007 end",
  endless: "A".repeat(10_240),
} as const;

/** Every text of it is an attack on the page. */
export function attack(): Incident {
  const { script, reordered, endless } = hostile;
  const incident = checkoutDown({ id: "01JATTACK", title: `${script}${endless}`, serviceName: endless });
  const page = incident.pages[1] as Page;
  return {
    ...incident,
    request: {
      ...(incident.request ?? { id: "r", state: "open" }),
      levels: [
        { people: [endless, script], within: 300 },
        { people: [reordered], within: 1 },
      ],
    },
    pages: [
      {
        ...page,
        id: "x1",
        person: { id: "x", name: `${script}${endless}` },
        code: "A1",
        deliveries: [{ channel: script, state: "failed", at: "not a time", reason: endless }],
      },
      { ...page, id: "x2", person: { id: "y", name: reordered } },
    ],
    samples: [
      {
        title: endless,
        severity: "critical",
        since: iso(5),
        link: "javascript:globalThis.owned=1",
        labels: { [endless]: endless, __proto__: script },
      },
      { title: script, severity: "info", since: "never", link: "https://a.example/?<script>" },
    ],
    timeline: entries([
      [9, "constructor", script, script, script],
      [8, "AlertsJoined", endless, endless, endless],
      [7, "PageOpened", reordered, reordered],
    ]),
  };
}

/** Two hundred people, five hundred facts. */
export function crowd(): Incident {
  const people = Array.from({ length: 200 }, (_, index) => `Responder ${index + 1}`);
  const base = checkoutDown({ id: "01JCROWD", alerts: 12_000 });
  return {
    ...base,
    pages: people.map((name, index) => ({
      id: `c${index}`,
      person: { id: `c${index}`, name },
      state: index % 7 === 0 ? "acknowledged" : "open",
      code: `C${index}`,
      level: index % 3,
      cause: "level",
      openedAt: iso(400 - index),
      deliveries: [{ channel: "sms", state: "confirmed", at: iso(390 - index) }],
    })),
    timeline: entries(
      Array.from(
        { length: 500 },
        (_, index): Line => [
          1000 - index * 2,
          index % 3 ? "PageOpened" : "AlertsJoined",
          `Fact number ${index}.`,
        ],
      ),
    ),
  };
}
