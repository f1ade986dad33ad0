// What monitoring says now is believed: which messages are left out all the same, and that nothing else is.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertRecord, type RoutedAlert } from "../../functions/core/alert.ts";
import { copyWindow } from "../../functions/core/late-message.ts";
import { quietTime } from "../../functions/core/quiet-time.ts";
import { takeAlert } from "../../functions/core/take-alert.ts";
import { hours, type Instant, minutes, seconds } from "../../functions/core/time.ts";

const night = Date.UTC(2026, 10, 21, 2);
const incident = "incident/1";

const fire = (more: Partial<RoutedAlert> = {}): RoutedAlert => ({
  id: "a1",
  fingerprint: "f1",
  status: "firing",
  severity: "critical",
  title: "Link down",
  labels: {},
  source: "prometheus",
  service: "checkout",
  correlation: "checkout",
  drill: false,
  copies: 1,
  ...more,
});
const end = (more: Partial<RoutedAlert> = {}): RoutedAlert => fire({ status: "resolved", ...more });

/** Takes messages at their times; what is published is settled at once, as handle-alert does. */
function told(...messages: readonly (readonly [Instant, RoutedAlert])[]) {
  let known: AlertRecord | undefined;
  const verdicts: string[] = [];
  for (const [at, alert] of messages) {
    const taken = takeAlert(known, alert, at);
    verdicts.push(taken.verdict);
    known = taken.publish ? settled(taken.record) : taken.record;
  }
  if (known === undefined) throw new Error("no message was told");
  return { verdicts, known };
}

const settled = (record: AlertRecord): AlertRecord => ({
  ...record,
  incident,
  disposition: { kind: record.status === "firing" ? "joined" : "resolved", incident },
});

/** Each sender says the same start before and after its resolve. */
const starts = {
  "the start of the outage, ten minutes ago": night - minutes(10),
  "a start to the day": Date.UTC(2026, 10, 21),
  "a start to the minute": night - 1,
  "a start by a clock that is 90 s behind": night - seconds(90),
};

describe.each(Object.entries(starts))("a fire after a resolve, with %s", (_name, since) => {
  const until = night + seconds(2);

  test("is news six seconds later", () => {
    const { verdicts, known } = told(
      [night, fire({ since })],
      [night + seconds(3), end({ since, until })],
      [night + seconds(9), fire({ since })],
    );
    expect(verdicts.at(-1)).toBe("accepted");
    expect(known).toMatchObject({ status: "firing", since, count: 1 });
  });

  test("is a late copy within five seconds, once: said again it is news", () => {
    const { verdicts, known } = told(
      [night, fire({ since })],
      [night + seconds(3), end({ since, until })],
      [night + seconds(4), fire({ since })],
      [night + seconds(5), fire({ since })],
    );
    expect(verdicts.slice(2)).toEqual(["copy-after-resolve", "accepted"]);
    expect(known.memory?.leftOut).toEqual([
      { reason: "copy-after-resolve", at: night + seconds(4), since, incident },
    ]);
  });
});

test("a copy is published, so that the timeline of its incident tells of it", () => {
  const { known } = told(
    [night, fire({ since: night })],
    [night + 1, end({ since: night, until: night + 1 })],
  );
  expect(takeAlert(known, fire({ since: night }), night + 2)).toMatchObject({
    verdict: "copy-after-resolve",
    publish: true,
    record: { status: "resolved", disposition: { kind: "resolved" } },
  });
});

test.each([
  ["another severity", { since: night - 1, severity: "error" }],
  ["another title", { since: night - 1, title: "Link down again" }],
  ["a later start", { since: night + seconds(3) }],
  ["no start, so that nothing tells it from a new fire", {}],
] as const)("a fire right after a resolve with %s is no copy", (_what, again) => {
  const { verdicts } = told(
    [night, fire({ since: night - 1 })],
    [night + seconds(3), end({ since: night - 1, until: night + seconds(2) })],
    [night + seconds(4), fire(again)],
  );
  expect(verdicts.at(-1)).toBe("accepted");
});

test("whatever was said before, a fire later than five seconds after the last resolve is news", () => {
  const start = fc.option(fc.integer({ min: night - hours(48), max: night + hours(2) }), { nil: undefined });
  const before = fc.array(fc.record({ fires: fc.boolean(), since: start, wait: fc.nat(seconds(20)) }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(before, start, fc.integer({ min: copyWindow, max: hours(3) }), (said, since, later) => {
      let at = night;
      const messages = said.map(({ fires, since: its, wait }) => {
        at += wait;
        const times = its === undefined ? {} : { since: its };
        return [at, fires ? fire(times) : end({ ...times, until: at })] as const;
      });
      const last = end({ until: at });
      const { verdicts } = told(
        ...messages,
        [at, last],
        [at + later, fire(since === undefined ? {} : { since })],
      );
      expect(verdicts.at(-1)).toBe("accepted");
    }),
  );
});

test("a resolve is believed though the fire's start was ahead of time and mended later", () => {
  // The parser leaves out a start in the future, so that it is by our clock.
  const { known } = told([night, fire()], [night + minutes(3), fire({ since: night - minutes(10) })]);
  expect(takeAlert(known, end({ since: night - minutes(10) }), night + minutes(5)).record.status).toBe(
    "resolved",
  );
  expect(takeAlert(known, end({ since: night - 9, until: night - 5 }), night + 1).record.status).toBe(
    "resolved",
  );
});

describe("what a queue of our own brings late", () => {
  const stashed = { heardAt: night } as const;

  test("a fire that was received before the resolve reopens nothing, however late it is taken", () => {
    const { verdicts } = told(
      [night + minutes(1), end({ until: night + seconds(50) })],
      [night + minutes(3), fire(stashed)],
      [night + minutes(4), fire(stashed)],
    );
    expect(verdicts.slice(1)).toEqual(["resolved-before-trigger", "resolved-before-trigger"]);
  });

  test("a fire that was received after the resolve is news, though both were taken late", () => {
    const { verdicts } = told(
      [night, fire()],
      [night + minutes(3), end({ heardAt: night + minutes(1) })],
      [night + minutes(3) + 1, fire({ heardAt: night + minutes(2) })],
    );
    expect(verdicts).toEqual(["accepted", "accepted", "accepted"]);
  });

  test("a resolve that was received before the fire does not end it", () => {
    const { verdicts } = told([night + minutes(1), fire()], [night + minutes(2), end(stashed)]);
    expect(verdicts.at(-1)).toBe("late-resolve");
  });
});

describe("what the sender itself suppresses", () => {
  const redacted = fire({ suppressed: "by-sender", since: night });

  test("is recorded with its reason and pages nobody", () => {
    expect(takeAlert(undefined, redacted, night)).toMatchObject({
      verdict: "by-sender",
      publish: false,
      record: { status: "firing", disposition: { kind: "suppressed", reason: "by-sender" } },
    });
    expect(takeAlert(undefined, fire({ suppressed: "scaling-alarm" }), night).verdict).toBe("scaling-alarm");
  });

  test("pages once the suppression is over and it still fires, whatever its start", () => {
    const { known } = told([night, redacted]);
    for (const since of [night, night + 5, night - 5])
      expect(takeAlert(known, fire({ since }), night + seconds(8))).toMatchObject({
        verdict: "accepted",
        publish: true,
      });
  });

  test("ends without a word to anybody", () => {
    const { known } = told([night, redacted]);
    expect(takeAlert(known, end({ since: night, until: night + 9 }), night + 9)).toMatchObject({
      verdict: "by-sender",
      publish: false,
      record: { status: "resolved", disposition: { kind: "suppressed", reason: "by-sender" } },
    });
  });

  test("never stops what people were paged for", () => {
    const { known } = told([night, fire({ since: night })]);
    expect(takeAlert(known, redacted, night + 9)).toMatchObject({
      verdict: "duplicate",
      record: { status: "firing", disposition: { kind: "joined" } },
    });
  });
});

describe("two senders that contradict each other about one alert", () => {
  /** One says every half minute that it burns, the other that it is over. */
  const alternating = (returns: number) => {
    const messages: (readonly [Instant, RoutedAlert])[] = [];
    for (let n = 0; n <= returns; n++) {
      messages.push([night + n * minutes(1), fire({ since: night })]);
      messages.push([night + n * minutes(1) + seconds(30), end({ since: night, until: night + 1 })]);
    }
    return told(...messages).known;
  };

  test.each([
    [0, 0],
    [1, 0],
    [2, minutes(2)],
    [3, minutes(2)],
    [4, minutes(10)],
    [9, minutes(10)],
  ])("after %i returns in half an hour the all-clear waits %i ms longer", (returns, quiet) => {
    expect(quietTime(alternating(returns), night + minutes(returns + 1))).toBe(quiet);
  });

  test("half an hour later all is forgotten", () => {
    expect(quietTime(alternating(4), night + minutes(40))).toBe(0);
  });
});
