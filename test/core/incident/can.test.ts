// The report by which a response says how it stands, and when the next one is due.
import fc from "fast-check";
import { expect, test } from "vitest";
import { nextUpdateDue } from "../../../functions/core/incident/can/report.ts";
import { hours, minutes } from "../../../functions/core/time.ts";
import { acknowledge, alert, close, declare, reportCan, standDown } from "../../support/on-call.ts";
import { given, nightOf, pass } from "../../support/spec.ts";

test("the newest report counts, with who and when, and the next one is due in an hour", () => {
  const night = nightOf(
    alert(),
    reportCan("ada"),
    pass(minutes(30)),
    reportCan("grace", "All of them fail", "Network"),
  );
  expect(night.state.can).toEqual({
    conditions: "All of them fail",
    actions: "",
    needs: "Network",
    at: night.now,
    reportedBy: "grace",
    nextDue: night.now + hours(1),
  });
  expect(nextUpdateDue(night.state)).toBe(night.now + hours(1));
});

test("from its declaration on a response owes a report; one in triage does not, until it has given one", () => {
  expect(nextUpdateDue(nightOf(alert()).state)).toBeUndefined();
  const declared = nightOf(alert(), declare("ada"));
  expect(nextUpdateDue(declared.state)).toBe(declared.now + hours(1));
  expect(
    nextUpdateDue(nightOf(alert(), declare("ada"), reportCan("ada"), close("ada")).state),
  ).toBeUndefined();
  expect(nextUpdateDue(nightOf(alert(), reportCan("ada"), standDown("ada")).state)).toBeUndefined();
});

test("a report that says nothing is refused", () => {
  given(alert()).when(reportCan("ada", " \n ")).thenRefused("report-empty");
});

test("a report is an act of whoever has it, and of nobody else", () => {
  given(alert(), acknowledge("ada", "p1"), reportCan("ada")).whenPassed(minutes(60)).thenNothing();
  given(alert(), acknowledge("ada", "p1"), reportCan("grace"))
    .whenPassed(minutes(16))
    .thenAmong({ type: "AcknowledgementQuestioned", person: "ada" });
});

test("a report from the road is no arrival: the promise is still asked after", () => {
  given(
    alert(),
    { ...acknowledge("ada", "p1"), type: "Acknowledge", arrivingIn: minutes(20) },
    reportCan("ada"),
  )
    .whenPassed(minutes(21))
    .thenAmong({ type: "AcknowledgementQuestioned", person: "ada" });
});

test("whatever is written, what stands on the timeline is bounded and inert", () => {
  const text = fc.string({ unit: "binary", maxLength: 1200 });
  fc.assert(
    fc.property(text, text, (conditions, needs) => {
      const { events } = given(alert()).when(reportCan("ada", conditions, needs));
      for (const event of events) {
        if (event.type !== "CanReported") continue;
        for (const said of [event.conditions, event.needs]) {
          expect(said.length).toBeLessThanOrEqual(500);
          expect(said).toMatch(/^[^\p{Cc}]*$|\n/u);
          expect(said.replaceAll("\n", "")).toMatch(/^[^\p{Cc}]*$/u);
        }
      }
    }),
  );
});
