// What an arriving alert means beside what is already known of it.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AlertRecord, type RoutedAlert } from "../../functions/core/alert.ts";
import { foldCopies } from "../../functions/core/fold-copies.ts";
import { isQuietDuplicate, takeAlert } from "../../functions/core/take-alert.ts";
import { minutes, seconds } from "../../functions/core/time.ts";

const now = Date.UTC(2026, 10, 21, 2);
const settled = { kind: "joined", incident: "incident/1" } as const;

const routed = (change: Partial<RoutedAlert> = {}): RoutedAlert => ({
  id: "a1",
  fingerprint: "f1",
  status: "firing",
  severity: "critical",
  title: "Checkout answers with 500",
  labels: {},
  source: "prometheus",
  service: "checkout",
  correlation: "checkout",
  drill: false,
  copies: 1,
  ...change,
});
const began = (since: number, change: Partial<RoutedAlert> = {}) => routed({ since, ...change });
const ended = (since: number, until: number) => routed({ status: "resolved", since, until });

const taken = (known: AlertRecord | undefined, alert: RoutedAlert, at = now) => takeAlert(known, alert, at);
const after = (...alerts: readonly RoutedAlert[]): AlertRecord => {
  const last = alerts.reduce<AlertRecord | undefined>(
    (known, alert) => taken(known, alert).record,
    undefined,
  );
  if (last === undefined) throw new Error("no alert was taken");
  return last;
};
const settledAfter = (...alerts: readonly RoutedAlert[]): AlertRecord => ({
  ...after(...alerts),
  disposition: settled,
});

test("an alert that nobody knows is accepted and handed on", () => {
  expect(taken(undefined, routed())).toMatchObject({
    verdict: "accepted",
    publish: true,
    record: { revision: 1, status: "firing", count: 1, since: now },
  });
});

test("its repeat is counted and wakes nobody", () => {
  expect(taken(settledAfter(routed()), routed({ copies: 3 }))).toMatchObject({
    verdict: "duplicate",
    publish: false,
    record: { count: 4, revision: 1 },
  });
});

test("an alert that is not settled is handed on again after thirty seconds, whatever its message", () => {
  const late = now + seconds(30);
  for (const again of [began(now), began(now, { severity: "critical" })]) {
    expect(taken(after(began(now)), again, late - 1).publish).toBe(false);
    expect(taken(after(began(now)), again, late)).toMatchObject({ verdict: "repassed", publish: true });
  }
  const over = after(began(now - 10), ended(now - 10, now - 5));
  expect(taken(over, ended(now - 10, now - 5), late)).toMatchObject({ verdict: "repassed", publish: true });
  const burning = after(began(now - 20));
  expect(taken(burning, ended(now - 100, now - 50), late)).toMatchObject({
    verdict: "late-resolve",
    publish: true,
  });
});

test("one repeat in five minutes is handed on though all is well, so that nothing is swallowed for ever", () => {
  const known = settledAfter(routed());
  expect(taken(known, routed(), now + minutes(5) - 1).verdict).toBe("duplicate");
  const repassed = taken(known, routed(), now + minutes(5));
  expect(repassed).toMatchObject({ verdict: "repassed", record: { passedAt: now + minutes(5) } });
  expect(taken(repassed.record, routed(), now + minutes(6)).verdict).toBe("duplicate");
});

test("what ended and is settled has nothing left to heal", () => {
  const over = settledAfter(began(now - 10), ended(now - 10, now - 5));
  expect(taken(over, ended(now - 10, now - 5), now + minutes(600)).publish).toBe(false);
});

test("a changed severity is no duplicate", () => {
  expect(taken(settledAfter(routed({ severity: "warning" })), routed())).toMatchObject({
    verdict: "accepted",
    publish: true,
    record: { severity: "critical", revision: 2 },
  });
  expect(taken(settledAfter(routed({ severity: "warning" })), routed()).record.disposition).toBeUndefined();
});

test("the severity of an earlier occurrence changes nothing", () => {
  const known = settledAfter(began(now));
  expect(taken(known, began(now - 100, { severity: "info" })).record.severity).toBe("critical");
});

test("a worse severity is believed whatever its start", () => {
  const known = settledAfter(began(now, { severity: "warning" }));
  expect(taken(known, began(now - 100))).toMatchObject({
    verdict: "accepted",
    record: { severity: "critical" },
  });
});

test("an alert that ended before it was seen is kept, so that its late trigger wakes nobody", () => {
  const over = taken(undefined, ended(now - 10, now - 5));
  expect(over).toMatchObject({
    publish: false,
    record: { disposition: { kind: "suppressed", reason: "resolved-before-trigger" } },
  });
  expect(taken(over.record, began(now - 10))).toMatchObject({
    verdict: "resolved-before-trigger",
    publish: false,
    record: { memory: { leftOut: [{ reason: "resolved-before-trigger", at: now }] } },
  });
});

test("an end without its beginning does not swallow what began after it, however slow the sender's clock", () => {
  const slow = now - minutes(10);
  const over = after(routed({ status: "resolved", until: slow }));
  expect(taken(over, began(slow + seconds(1)))).toMatchObject({ verdict: "accepted", publish: true });
});

test("a genuine refire opens it again, and its count begins anew", () => {
  const over = settledAfter(began(now - 100), ended(now - 100, now - 50));
  expect(taken(over, began(now - 20))).toMatchObject({
    verdict: "accepted",
    publish: true,
    record: { status: "firing", since: now - 20, count: 1 },
  });
  expect(taken(over, routed())).toMatchObject({ verdict: "accepted" });
});

test("the end of an earlier occurrence does not end the one that fires now", () => {
  for (const late of [ended(now - 100, now - 50), routed({ status: "resolved", since: now - 100 })]) {
    expect(taken(after(began(now - 20)), late)).toMatchObject({
      verdict: "late-resolve",
      record: { status: "firing", memory: { leftOut: [{ reason: "late-resolve", at: now }] } },
    });
  }
});

test("a second occurrence that came before the end of the first is not ended by it", () => {
  const known = after(began(now - 100), began(now - 20), ended(now - 100, now - 50));
  expect(known).toMatchObject({ status: "firing", since: now - 20 });
});

test("an end that came before its beginning is remembered", () => {
  const known = after(began(now - 100), ended(now - 100, now - 50), ended(now - 20, now - 10));
  expect(taken(known, began(now - 20)).record.status).toBe("resolved");
});

test("the latest end that anybody told of is the one that counts", () => {
  const over = (until: number) => routed({ status: "resolved", until });
  const known = after(began(now - 100), over(now - 50), over(now - 10));
  expect(taken(known, began(now - 20)).verdict).toBe("resolved-before-trigger");
});

test("a sender whose clock runs ahead can't close the door on its next fire", () => {
  const over = after(began(now - 10), ended(now - 10, now + minutes(60)));
  expect(taken(over, began(now + seconds(5)), now + seconds(5)).verdict).toBe("accepted");
});

test("copies in one request are folded, with all of them counted", () => {
  const [only, ...others] = foldCopies([began(5, { copies: 2 }), began(5), began(5)]);
  expect(only?.copies).toBe(4);
  expect(others).toEqual([]);
});

test("what contradicts itself in one request stays in its order: the ledger judges, and nothing is dropped unseen", () => {
  const statuses = (...alerts: RoutedAlert[]) =>
    foldCopies(alerts).map(({ status, copies }) => `${copies} ${status}`);
  expect(statuses(routed(), routed({ status: "resolved" }), routed(), routed())).toEqual([
    "1 firing",
    "1 resolved",
    "2 firing",
  ]);
  expect(statuses(began(20), began(5))).toHaveLength(2);
  expect(statuses(routed(), routed({ severity: "info" }))).toHaveLength(2);
});

/** Occurrences of one condition, one after the other, by a clock that may be wrong. */
const messages = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 })), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.integer({ min: -900, max: -700 }),
    fc.boolean(),
  )
  .chain(([spans, skew, stillFires]) => {
    let clock = now + seconds(skew);
    const all = spans.flatMap(([quiet, fire], index) => {
      const since = (clock += seconds(quiet));
      const until = (clock += seconds(fire));
      const last = index === spans.length - 1;
      return last && stillFires ? [began(since)] : [began(since), ended(since, until)];
    });
    const twice = fc.array(fc.constantFrom(...all), { maxLength: 8 });
    return fc.record({
      stillFires: fc.constant(stillFires),
      sent: twice.chain((more) =>
        fc.shuffledSubarray([...all, ...more], { minLength: all.length + more.length }),
      ),
    });
  });

test("in whatever order the messages come within moments, the last word is what is true", () => {
  fc.assert(
    fc.property(messages, ({ sent, stillFires }) => {
      const once = [...new Set(sent)];
      expect(after(...once).status).toBe(stillFires ? "firing" : "resolved");
    }),
  );
});

test("every copy is counted, and an alert that fires is handed on at least once since its last beginning", () => {
  fc.assert(
    fc.property(messages, ({ sent, stillFires }) => {
      let known: AlertRecord | undefined;
      let announced: AlertRecord | undefined;
      for (const alert of sent) {
        const before = known;
        const { record, publish, verdict } = takeAlert(before, alert, now);
        expect(record.count).toBe(
          before === undefined || (before.status === "resolved" && record.status === "firing")
            ? alert.copies
            : before.count + alert.copies,
        );
        if (before !== undefined)
          expect(record.revision - before.revision).toBe(verdict === "accepted" ? 1 : 0);
        if (publish) announced = record;
        known = record;
      }
      if (stillFires) expect(announced).toMatchObject({ status: "firing", revision: known?.revision });
    }),
  );
});

test("a quiet duplicate is one that needs its count and nothing else", () => {
  fc.assert(
    fc.property(
      messages,
      fc.integer({ min: 0, max: minutes(6) }),
      fc.boolean(),
      ({ sent }, later, isSettled) => {
        const [next, ...before] = sent;
        if (next === undefined || before.length === 0) return;
        const known = isSettled ? settledAfter(...before) : after(...before);
        if (!isQuietDuplicate(known, next, now + later)) return;
        expect(takeAlert(known, next, now + later)).toEqual({
          verdict: "duplicate",
          publish: false,
          record: { ...known, count: known.count + next.copies },
        });
      },
    ),
  );
});

test("what is not settled is handed on by the next message after thirty seconds, whatever it says", () => {
  fc.assert(
    fc.property(messages, ({ sent }) => {
      const known = after(...sent);
      fc.pre(known.disposition === undefined);
      for (const alert of sent) expect(takeAlert(known, alert, now + seconds(30)).publish).toBe(true);
    }),
  );
});
