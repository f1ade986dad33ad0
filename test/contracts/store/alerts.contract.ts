// The rules of the ledger: what was accepted stays, repeats are counted, and what is news is handed on.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AlertRecord, type RoutedAlert } from "../../../functions/core/alert.ts";
import { alertEntry } from "../../../functions/core/bus.ts";
import { healingRepass, takeAlert, unsettledRepass } from "../../../functions/core/take-alert.ts";
import { hours, minutes, seconds } from "../../../functions/core/time.ts";
import { anAlert, aStream, asSet, night, type OpenStore, type StoreUnderTest, times } from "./subject.ts";

export const alertsContract = (open: OpenStore): unknown =>
  describe("an alert", () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const take = async (alert: RoutedAlert, now = night) =>
      (await store.alerts.accept([alert], now))[0]?.verdict;
    const record = async ({ id }: RoutedAlert): Promise<AlertRecord | undefined> =>
      (await store.alerts.read([id]))[0];
    const published = async ({ id }: RoutedAlert) =>
      asSet(await store.feed()).filter((entry) => entry.id.startsWith(`${id}.`));
    const settle = async (alert: RoutedAlert, incident = aStream()) => {
      const revision = (await record(alert))?.revision ?? 0;
      await store.alerts.settle([{ id: alert.id, revision, disposition: { kind: "joined", incident } }]);
      return incident;
    };

    test("that is new is accepted, kept with all that it said, and handed on once", async () => {
      const alert = anAlert({
        description: "5xx > 5 %",
        link: "https://grafana.example/d/1",
        since: night - 5,
      });
      expect(await store.alerts.accept([alert], night)).toEqual([{ id: alert.id, verdict: "accepted" }]);
      const kept = takeAlert(undefined, alert, night).record;
      expect(await record(alert)).toEqual(kept);
      expect(await store.alerts.detail(alert.id)).toEqual({
        description: "5xx > 5 %",
        labels: { instance: "web-1" },
        link: "https://grafana.example/d/1",
      });
      expect(await published(alert)).toEqual([alertEntry(kept)]);
    });

    test("that nobody ever sent is not found", async () => {
      expect(await store.alerts.read(["never"])).toEqual([]);
      expect(await store.alerts.detail("never")).toBeUndefined();
    });

    test("that repeats itself is counted and not handed on", async () => {
      const alert = anAlert();
      await take(alert);
      expect(await take({ ...alert, copies: 4 }, night + seconds(29))).toBe("duplicate");
      expect(await record(alert)).toMatchObject({ count: 5, revision: 1, passedAt: night });
      expect(await published(alert)).toHaveLength(1);
    });

    test("that repeats itself unsettled for thirty seconds is handed on again", async () => {
      const alert = anAlert();
      await take(alert);
      const later = night + unsettledRepass;
      expect(await take(alert, later)).toBe("repassed");
      expect(await record(alert)).toMatchObject({
        count: 2,
        revision: 1,
        passedAt: later,
        acceptedAt: night,
      });
      expect(await take(alert, later + 1)).toBe("duplicate");
      expect(await published(alert)).toHaveLength(2);
    });

    test("that is settled is handed on again once in five minutes, and no sooner", async () => {
      const alert = anAlert();
      await take(alert);
      const incident = await settle(alert);
      expect(await take(alert, night + healingRepass - 1)).toBe("duplicate");
      expect(await take(alert, night + healingRepass)).toBe("repassed");
      expect(await take(alert, night + healingRepass + 1)).toBe("duplicate");
      expect(await record(alert)).toMatchObject({
        count: 4,
        incident,
        disposition: { kind: "joined", incident },
      });
    });

    test("that sixty requests bring at once is accepted exactly once, and every copy is counted", async () => {
      const alert = anAlert();
      const verdicts = await times(60, () => take(alert));
      expect(verdicts.filter((verdict) => verdict === "accepted")).toHaveLength(1);
      expect(verdicts.filter((verdict) => verdict === "duplicate")).toHaveLength(59);
      expect(await record(alert)).toMatchObject({ revision: 1, count: 60 });
      expect(await published(alert)).toHaveLength(1);
    });

    test("that sixty requests repeat when it is due again is handed on exactly once", async () => {
      const alert = anAlert();
      await take(alert);
      const verdicts = await times(60, () => take(alert, night + minutes(1)));
      expect(verdicts.filter((verdict) => verdict === "repassed")).toHaveLength(1);
      expect(await record(alert)).toMatchObject({ count: 61 });
      expect(await published(alert)).toHaveLength(2);
    });

    test("of another severity is no duplicate: it is news, and stays in its incident", async () => {
      const alert = anAlert({ severity: "warning" });
      await take(alert);
      const incident = await settle(alert);
      expect(await take({ ...alert, severity: "critical" }, night + 1)).toBe("accepted");
      const now = await record(alert);
      expect(now).toMatchObject({ revision: 2, severity: "critical", count: 2, incident });
      expect(now).not.toHaveProperty("disposition");
      expect(await published(alert)).toHaveLength(2);
    });

    test("that ends is news; its end, repeated, is not", async () => {
      const alert = anAlert();
      await take(alert);
      const end: RoutedAlert = { ...alert, status: "resolved", until: night };
      expect(await take(end, night + 1)).toBe("accepted");
      expect(await record(alert)).toMatchObject({ status: "resolved", until: night, revision: 2 });
      expect(await take(end, night + 2)).toBe("duplicate");
      await store.alerts.settle([
        { id: alert.id, revision: 2, disposition: { kind: "suppressed", reason: "resolved-while-waiting" } },
      ]);
      expect(await take(end, night + hours(1))).toBe("duplicate");
      expect(await record(alert)).toMatchObject({ count: 4 });
      expect(await published(alert)).toHaveLength(2);
    });

    test("that fires again after its end is a new occurrence with a count of its own", async () => {
      const alert = anAlert({ since: night - 10 });
      await take({ ...alert, copies: 9 });
      await settle(alert);
      await take({ ...alert, status: "resolved", until: night + 5 }, night + 5);
      expect(await take({ ...alert, since: night + 9, copies: 2 }, night + 10)).toBe("accepted");
      const now = await record(alert);
      expect(now).toEqual({
        ...takeAlert(undefined, { ...alert, copies: 2, since: night + 9 }, night + 10).record,
        revision: 3,
        memory: { returns: [night + 10] },
      });
    });

    test("whose copy comes right after its end opens nothing, and that is kept and handed on", async () => {
      const alert = anAlert({ since: night - 10 });
      await take(alert);
      const incident = await settle(alert);
      await take({ ...alert, status: "resolved", until: night + 5 }, night + 5);
      expect(await take(alert, night + 6)).toBe("copy-after-resolve");
      expect(await record(alert)).toMatchObject({
        status: "resolved",
        revision: 2,
        count: 3,
        memory: { leftOut: [{ reason: "copy-after-resolve", at: night + 6, since: night - 10, incident }] },
      });
      expect(await published(alert)).toHaveLength(3);
    });

    test("that goes on after its end fires anew with the same start: said again, or a while later", async () => {
      const again = anAlert({ since: night - 10 });
      await take(again);
      await settle(again);
      await take({ ...again, status: "resolved", until: night + 5 }, night + 5);
      await take(again, night + 6);
      expect(await take(again, night + 7)).toBe("accepted");
      const later = anAlert({ since: night - 10 });
      await take(later);
      await settle(later);
      await take({ ...later, status: "resolved", until: night + 5 }, night + 5);
      const back = night + 5 + seconds(5);
      expect(await take(later, back)).toBe("accepted");
      expect(await record(later)).toMatchObject({ status: "firing", count: 1, memory: { returns: [back] } });
    });

    test("that ends by the word of an earlier time goes on, and that is kept", async () => {
      const alert = anAlert({ since: night - 10 });
      await take(alert);
      expect(await take({ ...alert, status: "resolved", since: night - 90, until: night - 50 })).toBe(
        "late-resolve",
      );
      expect(await record(alert)).toMatchObject({
        status: "firing",
        count: 2,
        memory: { leftOut: [{ reason: "late-resolve", since: night - 90 }] },
      });
    });

    test("that its sender suppresses is kept with all that it said, and fires once the suppression is over", async () => {
      const alert = anAlert({ suppressed: "by-sender" });
      expect(await take(alert)).toBe("by-sender");
      expect(await record(alert)).toMatchObject({
        status: "firing",
        disposition: { kind: "suppressed", reason: "by-sender" },
      });
      expect(await store.alerts.detail(alert.id)).toMatchObject({ labels: { instance: "web-1" } });
      expect(await take(alert, night + 1)).toBe("by-sender");
      expect(await published(alert)).toEqual([]);
      const { suppressed: _over, ...firing } = alert;
      expect(await take(firing, night + 2)).toBe("accepted");
      expect(await record(alert)).not.toHaveProperty("disposition");
      expect(await published(alert)).toHaveLength(1);
    });

    test("that did not say when it began is remembered as such", async () => {
      const alert = anAlert();
      await take(alert);
      expect(await record(alert)).toEqual(takeAlert(undefined, alert, night).record);
      expect(await record(alert)).toMatchObject({ memory: { sinceIsOurs: true } });
    });

    test("whose end overtakes its start is kept, suppressed with that reason and not handed on", async () => {
      const alert = anAlert({ since: night - 10 });
      expect(await take({ ...alert, status: "resolved", until: night - 1 })).toBe("accepted");
      expect(await record(alert)).toMatchObject({
        status: "resolved",
        disposition: { kind: "suppressed", reason: "resolved-before-trigger" },
      });
      expect(await take(alert, night + 1)).toBe("resolved-before-trigger");
      expect(await published(alert)).toEqual([]);
    });

    test("among many gets its own receipt, in the order in which they were sent", async () => {
      const known = anAlert();
      await take(known);
      const many = [...Array(60)].map(() => anAlert());
      const receipts = await store.alerts.accept([...many, known], night + 1);
      expect(receipts).toEqual([
        ...many.map(({ id }) => ({ id, verdict: "accepted" })),
        { id: known.id, verdict: "duplicate" },
      ]);
      const ids = many.map(({ id }) => id);
      expect((await store.alerts.read(ids)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    });

    test("twice in one delivery is taken in its order: it fired, then it ended", async () => {
      const alert = anAlert({ since: night - 9 });
      const receipts = await store.alerts.accept(
        [alert, { ...alert, status: "resolved", until: night }],
        night,
      );
      expect(receipts.map(({ verdict }) => verdict)).toEqual(["accepted", "accepted"]);
      expect(await record(alert)).toMatchObject({ status: "resolved", revision: 2 });
    });

    test("is settled only at the revision that was dealt with", async () => {
      const alert = anAlert();
      await take(alert);
      await take({ ...alert, severity: "warning" }, night + 1);
      const disposition = { kind: "opened", incident: aStream() } as const;
      await store.alerts.settle([{ id: alert.id, revision: 1, disposition }]);
      expect(await record(alert)).not.toHaveProperty("disposition");
      await store.alerts.settle([{ id: alert.id, revision: 2, disposition }]);
      expect(await record(alert)).toMatchObject({ disposition, incident: disposition.incident });
    });

    test("is judged as core judges it, whatever was said before, and no otherwise", async () => {
      const time = fc.option(fc.integer({ min: -20, max: 40 }).map(seconds), { nil: undefined });
      const message = fc.record({
        status: fc.constantFrom("firing", "resolved"),
        severity: fc.constantFrom("critical", "warning"),
        since: time,
        until: time,
        suppressed: fc.option(fc.constant("by-sender"), { nil: undefined, freq: 6 }),
        wait: fc.constantFrom(0, seconds(1), seconds(4), seconds(6), seconds(40), minutes(6)),
        settles: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(message, { minLength: 2, maxLength: 8 }), async (messages) => {
          const { id } = anAlert();
          let [known, at]: [AlertRecord | undefined, number] = [undefined, night];
          for (const { status, severity, since, until, suppressed, wait, settles } of messages) {
            at += wait;
            const alert = anAlert({
              id,
              status,
              severity,
              ...(since === undefined ? {} : { since: night + since }),
              ...(until === undefined || status === "firing" ? {} : { until: night + until }),
              ...(suppressed === undefined ? {} : { suppressed }),
            });
            const taken = takeAlert(known, alert, at);
            expect(await take(alert, at)).toBe(taken.verdict);
            if (settles && taken.publish) await settle(alert);
            known = await record(alert);
            if (!settles) expect(known).toEqual(taken.record);
          }
        }),
        { numRuns: 60 },
      );
    });

    test("that is being counted while it is settled loses neither", async () => {
      const alert = anAlert();
      await take(alert);
      const [incident] = await Promise.all([settle(alert), times(40, () => take(alert, night + 1))]);
      expect(await record(alert)).toMatchObject({ count: 41, disposition: { kind: "joined", incident } });
    });
  });
