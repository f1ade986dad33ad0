// The incident is not its first alert: pages speak of the gravest that fires, and whoever has it learns what else joined.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IncidentEvent } from "../../../functions/core/incident/events.ts";
import { spokenOf } from "../../../functions/core/incident/signal/symptoms.ts";
import { type AlertSeverity, alertSeverities } from "../../../functions/core/severity.ts";
import { symptomOf } from "../../../functions/core/symptom.ts";
import { minutes, seconds } from "../../../functions/core/time.ts";
import {
  acknowledge,
  alert,
  alertOf,
  escalate,
  type Given,
  handed,
  resolved,
  signIn,
  standDown,
} from "../../support/on-call.ts";
import {
  evening,
  firing,
  given,
  type Line,
  type Night,
  nightFrom,
  nightOf,
  pass,
  stall,
} from "../../support/spec.ts";

const [disk, payments, ledger] = [
  "Disk 81% full on db-3",
  "All card payments are refused",
  "Ledger is wrong",
];
const spoken = ({ state }: Night) => spokenOf(state);
const told = (events: readonly IncidentEvent[]) =>
  events.flatMap((event) => (event.type === "NoticeWanted" && event.kind === "new-alerts" ? [event] : []));
const toldWithin = (time: number, ...lines: readonly Line[]) => told(given(...lines).whenPassed(time).events);

describe("pages speak of", () => {
  test("the alert that is gravest, with its own severity and start, and say how many other symptoms fire", () => {
    const night = nightOf(alertOf(disk, "error"), stall(seconds(3)), {
      ...alertOf(payments, "critical"),
      since: 7,
      samples: [{ alert: "a2", title: payments, severity: "critical", since: 7 }],
    } as never);
    expect(spoken(night)).toEqual({ title: payments, severity: "critical", since: 7, more: 1 });
  });

  test("the newest of those that are equally grave", () => {
    const night = nightOf(alertOf(disk, "error"), stall(seconds(20)), alertOf(ledger, "error"));
    expect(spoken(night)).toMatchObject({ title: ledger, more: 1 });
  });

  test("what fires, and not of what has ended: its own severity, while requests stay as urgent as they were", () => {
    const night = nightOf(
      alertOf(disk, "error"),
      stall(seconds(20)),
      alertOf(payments, "critical"),
      stall(seconds(20)),
      firing([disk, "error"]),
      resolved(payments),
    );
    expect(spoken(night)).toMatchObject({ title: disk, severity: "error", more: 0 });
    expect(night.state.signal.severity).toBe("critical");
    expect(night.state.paging.requests["owner"]?.urgency).toBe("high");
    expect(night.state.signal.symptoms.map(({ title, endedAt }) => [title, endedAt === undefined])).toEqual([
      [disk, true],
      [payments, false],
    ]);
  });

  test("a symptom until the last alert of it has ended", () => {
    const lines = [alertOf(disk, "error"), stall(seconds(20)), alertOf(payments), stall(seconds(20))];
    given(...lines, firing([payments, "critical"], [disk, "error"]))
      .when(resolved(payments))
      .thenNothing();
  });

  test("what was just resolved by name no more, however young it is; of the others the store may not know yet", () => {
    const young = [alertOf(disk, "error"), alertOf(payments), firing([payments, "critical"])];
    given(...young)
      .when(resolved(disk))
      .then({ type: "SymptomsEnded", samples: [{ title: disk }] });
    given(alertOf(disk, "error"), alertOf(payments), firing([ledger, "error"]))
      .when(resolved(disk))
      .thenAmong({ type: "SymptomsEnded", samples: [{ title: disk }] });
    expect(spoken(nightOf(...young, resolved(disk)))).toMatchObject({ title: payments, more: 0 });
  });

  test("the gravest that it had, once it is over", () => {
    const night = nightOf(
      alertOf(payments),
      stall(seconds(20)),
      alertOf(disk, "error"),
      stall(seconds(20)),
      firing([disk, "error"]),
      resolved(payments),
      standDown("kay"),
    );
    expect(spoken(night)).toMatchObject({ title: payments, severity: "critical", more: 0 });
  });

  test("an alert that became less grave as it is now", () => {
    const calmer = { ...alertOf(payments, "warning", 0) };
    const night = nightOf(
      alertOf(payments),
      stall(seconds(20)),
      alertOf(disk, "error"),
      stall(seconds(20)),
      calmer,
    );
    expect(spoken(night)).toMatchObject({ title: disk, severity: "error", more: 1 });
  });

  test("what fires again after it was quiet", () => {
    const night = nightOf(
      alertOf(disk, "error"),
      stall(seconds(20)),
      firing(),
      resolved(disk),
      firing([ledger, "error"]),
      pass(seconds(5)),
    );
    expect(spoken(night)).toMatchObject({ title: ledger, more: 0 });
  });

  test("endings one after the other are folded, and taken in at the fold's end", () => {
    const three = [
      alertOf(disk, "error"),
      stall(20_000),
      alertOf(ledger, "error"),
      stall(20_000),
      alertOf(payments),
    ];
    const oneEnded = [
      ...three,
      stall(20_000),
      firing([ledger, "error"], [disk, "error"]),
      resolved(payments),
    ];
    given(...oneEnded, firing([disk, "error"]), stall(seconds(1)))
      .when(resolved(ledger))
      .then({ type: "AlertsFolded" });
    const night = nightOf(
      ...oneEnded,
      firing([disk, "error"]),
      stall(seconds(1)),
      resolved(ledger),
      pass(12_000),
    );
    expect(spoken(night)).toMatchObject({ title: disk, more: 0 });
  });
});

describe("what joined within ten seconds of another", () => {
  test("is listed when the fold ends, whether or not anything joins after it", () => {
    const folded = [alertOf(disk, "error"), stall(seconds(3)), alertOf(payments, "error")];
    const night = nightOf(
      ...folded,
      firing([payments, "error"], [ledger, "error"], [disk, "error"]),
      pass(seconds(12)),
    );
    expect(night.state.signal.symptoms.map(({ title }) => title)).toEqual([payments, ledger, disk]);
    expect(night.state.signal.foldUntil).toBeUndefined();
  });

  test("waits for another fold where it came at the very end of one", () => {
    const late = [
      alert(),
      stall(seconds(3)),
      alert(),
      stall(seconds(7.5)),
      alertOf(payments),
      stall(500),
    ] as const;
    const { events, night } = given(...late).when(alertOf(ledger));
    expect(events).toMatchObject([{ type: "AlertsFolded", until: night.now + seconds(11.5) }]);
    given(...late, alertOf(ledger), stall(seconds(1)))
      .when(alertOf(disk))
      .thenNothing();
  });
});

describe("whoever has it", () => {
  const taken = [
    alertOf(disk, "error"),
    handed("p1.0.1"),
    acknowledge("ada", "p1"),
    stall(seconds(20)),
  ] as const;

  test("is told once per fold that something else has joined, by the way that reached them", () => {
    const events = toldWithin(
      minutes(1),
      ...taken,
      alertOf(payments, "error"),
      stall(seconds(2)),
      alertOf(ledger, "error"),
      firing([payments, "error"], [ledger, "error"], [disk, "error"]),
    );
    expect(events).toMatchObject([
      { person: "ada", channel: "sms", news: { title: ledger, severity: "error", more: 1 } },
    ]);
  });

  test("is told of what is new and different only: not of a number that changed, nor of what fires as before", () => {
    expect(toldWithin(minutes(1), ...taken, alertOf("Disk 82% full on db-4", "error"))).toEqual([]);
  });

  test("is told of an alert that became graver, though no graver than the incident ever was", () => {
    const calm = [alertOf(disk, "warning"), stall(seconds(20))] as const;
    const lines = [
      alertOf(payments),
      ...calm,
      handed("p1.0.1"),
      acknowledge("ada", "p1"),
      stall(seconds(20)),
    ];
    expect(toldWithin(minutes(1), ...lines, alertOf(disk, "error", 0))).toEqual([]);
    const ended = [firing([disk, "warning"]), resolved(payments)] as const;
    expect(toldWithin(minutes(1), ...lines, ...ended, alertOf(disk, "error", 0))).toMatchObject([
      { news: { title: disk, severity: "error", more: 0 } },
    ]);
  });

  test("is told when something that was quiet for a while fires again, and not when it flaps", () => {
    const quiet = [
      ...taken,
      alertOf(payments, "error"),
      pass(seconds(15)),
      firing([disk, "error"]),
      resolved(payments),
    ];
    const again = [alertOf(payments, "error"), firing([payments, "error"], [disk, "error"])];
    expect(toldWithin(minutes(1), ...quiet, stall(seconds(20)), ...again)).toEqual([]);
    expect(toldWithin(minutes(1), ...quiet, stall(minutes(3)), ...again)).toMatchObject([
      { news: { title: payments, more: 0 } },
    ]);
  });

  test("is not told by a notice what the raised severity has just told them", () => {
    const events = toldWithin(minutes(10), ...taken, alertOf(payments, "critical"));
    expect(events).toEqual([]);
  });

  test("learns on taking it what joined after their page went out", () => {
    const events = toldWithin(
      minutes(1),
      alertOf(disk, "error"),
      handed("p1.0.1"),
      stall(seconds(20)),
      alertOf(payments, "error"),
      stall(seconds(30)),
      acknowledge("ada", "p1"),
    );
    expect(events).toMatchObject([{ person: "ada", news: { title: payments, more: 0 } }]);
  });

  test("does not get as news what their page has said", () => {
    const events = toldWithin(
      minutes(1),
      alertOf(disk, "error"),
      stall(seconds(20)),
      alertOf(payments, "error"),
      pass(minutes(5)),
      handed("p2.0.1"),
      acknowledge("grace", "p2"),
    );
    expect(events).toEqual([]);
  });

  test("is told, when several are on it and nobody commands, each of them", () => {
    const events = toldWithin(
      minutes(1),
      alertOf(disk, "error"),
      handed("p1.0.1"),
      escalate("ada", "p1"),
      handed("p2.0.1"),
      escalate("grace", "p2"),
      stall(seconds(20)),
      alertOf(payments, "error"),
    );
    expect(events.map(({ person }) => person)).toEqual(["ada", "grace"]);
  });

  test("is told ever less often of a storm of ever-new titles, and of its end", () => {
    const names = Array.from({ length: 20 }, (_, n) => "abcdefghijklmnopqrst".charAt(n));
    // Somebody who signed in is not asked, and the storm goes on for 40 minutes.
    const storm = names.flatMap((name): readonly Line[] => [
      alertOf(`${name} is down`, "error"),
      pass(minutes(2)),
    ]);
    const night = nightOf(...taken, signIn("ada"), ...storm, pass(minutes(30)));
    const news = told(night.history);
    const gaps = news.slice(1).map(({ at }, n) => (at - (news[n]?.at ?? 0)) / minutes(1));
    expect(gaps.every((gap, n) => gap >= ([2, 5, 10, 15][n] ?? 15))).toBe(true);
    expect(news.length).toBeGreaterThan(3);
    const last = night.state.signal.symptoms.reduce((newest, { at }) => Math.max(newest, at), 0);
    expect(news.at(-1)?.at).toBeGreaterThan(last);
  });

  test("is told while a storm lasts, however quickly its titles follow each other", () => {
    const titles = Array.from(
      { length: 300 },
      (_, n) => `${n.toString(3).replaceAll(/\d/g, (d) => "xyz"[Number(d)] ?? "")} fails`,
    );
    const storm = Array.from({ length: 12 }, (_, fold): readonly Line[] => [
      {
        ...alertOf("storm", "error", 25),
        samples: titles
          .slice(25 * fold, 25 * fold + 20)
          .map((title) => ({ alert: title, title, severity: "error", since: 0 })),
      } as Given,
      pass(seconds(11)),
    ]).flat();
    const news = told(nightOf(...taken, ...storm).history);
    expect(news[0]?.at).toBeLessThanOrEqual(evening.now + seconds(20 + 24));
    expect(news).toHaveLength(2);
  });

  test("is told at once of what is graver than all that the last notice spoke of", () => {
    const worst = [alertOf(payments), stall(20_000), firing([disk, "warning"]), resolved(payments)];
    const lines = [
      alertOf(disk, "warning"),
      stall(20_000),
      ...worst,
      handed("p1.0.1"),
      acknowledge("ada", "p1"),
    ];
    const first = [stall(20_000), alertOf("Queue is slow", "warning"), pass(15_000)];
    const events = toldWithin(seconds(20), ...lines, ...first, alertOf(ledger, "error"));
    expect(events).toMatchObject([{ news: { title: ledger } }]);
  });
});

test("titles that differ in their numbers only are one symptom; others never are", () => {
  expect(symptomOf("Disk 81% full on db-3")).toBe(symptomOf("Disk 9% full on db-12"));
  expect(symptomOf("Pod checkout-7d9f8b-x2kqz is not ready")).toBe(
    symptomOf("Pod checkout-66cc1a-9pp1q is not ready"),
  );
  expect(symptomOf("POST /v1/pay fails")).not.toBe(symptomOf("POST /v1/refund fails"));
  expect(symptomOf("Сервер 3 не отвечает")).toBe(symptomOf("Сервер 4 не отвечает"));
  expect(symptomOf("S3 is unreachable")).not.toBe(symptomOf("EC2 is unreachable"));
  expect(symptomOf("Disk of db1 is full")).toBe(symptomOf("Disk of db12 is full"));
  expect(symptomOf("eu-west-1-payments is down")).not.toBe(symptomOf("eu-west-1-orders is down"));
});

test("whatever joins and ends, pages speak of a symptom that fires, and the list stays short", () => {
  const titles = Array.from(
    { length: 30 },
    (_, n) => `${"abcdefghijklmnopqrstuvwxyzäöüß".charAt(n)} is down`,
  );
  const title = fc.constantFrom(...titles);
  const severity = fc.constantFrom<AlertSeverity>(...alertSeverities);
  const happening = fc.oneof(
    fc.record({ what: fc.constant("joins" as const), title, severity }),
    fc.record({ what: fc.constant("ends" as const), title }),
    fc.record({ what: fc.constant("passes" as const), time: fc.integer({ min: 0, max: 40_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (story) => {
      const fires = new Map<string, AlertSeverity>([["first", "error"]]);
      const gravest = () =>
        [...fires].toSorted(([, a], [, b]) => alertSeverities.indexOf(b) - alertSeverities.indexOf(a));
      let night = nightOf(alertOf("first", "error"), stall(seconds(3)));
      for (const each of story) {
        if (each.what === "joins" && !fires.has(each.title)) {
          fires.set(each.title, each.severity);
          night = nightFrom(night, alertOf(each.title, each.severity), firing(...gravest()));
        }
        if (each.what === "ends" && fires.delete(each.title))
          night = nightFrom(night, firing(...gravest()), resolved(each.title));
        if (each.what === "passes") night = nightFrom(night, pass(each.time));
        expect(night.state.signal.symptoms.length).toBeLessThanOrEqual(20);
      }
      const end = nightFrom(night, pass(seconds(30)));
      const { title: named, severity: worst } = spokenOf(end.state);
      expect(fires.get(named)).toBe(worst);
      expect(worst).toBe(gravest()[0]?.[1]);
    }),
    { numRuns: 300 },
  );
});
