// Whoever picks up, or does not: what the hub is told of it.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CalleeScript, keysFor } from "../../../../../infra/local/simulator/twilio/calls/callees.ts";
import { ada, type ScriptedHub, scriptedHub, seconds } from "../../../../support/scripted-hub.ts";

let hub: ScriptedHub;
beforeEach(async () => {
  hub = await scriptedHub();
  hub.says(
    "/answer",
    "<Gather numDigits='1' timeout='6' actionOnEmptyResult='true' action='/key'><Say>This is Muster. Press 4 to take it. 1 for no.</Say></Gather>",
  );
  hub.scripts.set("/key", ({ Digits }) =>
    Digits === "4"
      ? "<Response><Say>You have it.</Say></Response>"
      : `<Response><Say>Key ${Digits} means nothing.</Say><Redirect>/answer</Redirect></Response>`,
  );
});
afterEach(() => hub.close());

const lives = async (script: CalleeScript, ms: number, more = {}) => {
  hub.simulator.callee(ada, script);
  await hub.call({ timeout: 25, ...more });
  await hub.pass(ms);
};

describe("who answers", () => {
  test("somebody who presses the key that takes it, whatever key that is", async () => {
    await lives({ kind: "human", presses: [{ on: "to take it" }] }, seconds(4));
    expect(hub.lastCall()).toMatchObject({
      status: "completed",
      spoken: [expect.any(String), "You have it."],
    });
    expect(hub.reports()).toEqual(["initiated", "ringing", "in-progress", "completed"]);
    expect(hub.asksAt("/key")[0]).toMatchObject({ signed: true, form: { Digits: "4", To: ada } });
  });

  test("somebody who first presses the wrong key", async () => {
    const presses = [{ on: "take it", press: "9" }, { on: "take it" }];
    await lives({ kind: "human", presses }, seconds(6));
    expect(hub.asksAt("/key").map(({ form }) => form["Digits"])).toEqual(["9", "4"]);
  });

  test("somebody who talks for longer than the phone would have rung", async () => {
    await lives({ kind: "human" }, seconds(28));
    expect(hub.lastCall().status).toBe("in-progress");
    expect(hub.reports()).toEqual(["initiated", "ringing", "in-progress"]);
  });

  test("a voicemail box says nothing, presses nothing, and is told to be a machine", async () => {
    await lives({ kind: "voicemail" }, seconds(20), {
      machineDetection: "Enable",
      asyncAmd: "true",
      asyncAmdStatusCallback: `${hub.url}/machine`,
    });
    expect(hub.asksAt("/machine")).toMatchObject([{ signed: true, form: { AnsweredBy: "machine_start" } }]);
    await hub.pass(seconds(6));
    expect(hub.asksAt("/key")[0]?.form).toMatchObject({ Digits: "", AnsweredBy: "machine_start" });
  });

  test("a voicemail box that answers after the ringing ends never does", async () => {
    await lives({ kind: "voicemail", answersIn: seconds(30) }, seconds(40));
    expect(hub.lastCall().status).toBe("no-answer");
  });

  test("without a callback the call waits for the verdict, and brings it along", async () => {
    await lives({ kind: "human", answersIn: 0 }, seconds(1), { machineDetection: "Enable" });
    expect(hub.asksAt("/answer")).toEqual([]);
    await hub.pass(seconds(1));
    expect(hub.asksAt("/answer")[0]?.form).toMatchObject({ AnsweredBy: "human" });
  });

  test("a call screener passes for a person, waits, and is gone", async () => {
    await lives({ kind: "screener" }, seconds(12), {
      machineDetection: "Enable",
      asyncAmd: "true",
      asyncAmdStatusCallback: `${hub.url}/machine`,
    });
    expect(hub.asksAt("/machine")[0]?.form).toMatchObject({ AnsweredBy: "human" });
    expect(hub.lastCall().status).toBe("completed");
  });

  test.each([
    [{ kind: "busy" }, ["initiated", "ringing", "busy"]],
    [{ kind: "rejects" }, ["initiated", "ringing", "busy"]],
    [{ kind: "no-answer" }, ["initiated", "ringing", "no-answer"]],
    [{ kind: "hand" }, ["initiated", "ringing", "no-answer"]],
    [{ kind: "hangs-up" }, ["initiated", "ringing", "in-progress", "completed"]],
  ] as const)("%o is reported as %o", async (script, reports) => {
    await lives(script, seconds(30));
    expect(hub.reports()).toEqual(reports);
    expect(hub.asked.every(({ signed }) => signed)).toBe(true);
    expect(hub.asksAt("/answer")).toEqual([]);
  });
});

describe("reports go wrong as told", () => {
  const reportsWith = async (kind: "reports-lost" | "reports-doubled" | "reports-reordered") => {
    hub.simulator.fail({ kind });
    await lives({ kind: "rejects" }, seconds(5));
    return hub.reports();
  };
  test("lost", async () => expect(await reportsWith("reports-lost")).toEqual([]));
  test("doubled", async () =>
    expect(await reportsWith("reports-doubled")).toEqual([
      "initiated",
      "initiated",
      "ringing",
      "ringing",
      "busy",
      "busy",
    ]));
  test("the last one first", async () => {
    const order: (string | null)[] = [];
    await hub.close();
    hub = await scriptedHub({
      post: async (_, __, body) => {
        order.push(new URLSearchParams(body).get("CallStatus"));
        return { status: 200, contentType: "text/xml", body: "<Response/>" };
      },
    });
    await reportsWith("reports-reordered");
    expect(order).toEqual(["busy", "ringing", "initiated"]);
  });
  test("late", async () => {
    hub.simulator.fail({ kind: "reports-late", ms: seconds(10) });
    await lives({ kind: "busy" }, seconds(5));
    expect(hub.reports()).toEqual([]);
    await hub.pass(seconds(6));
    expect(hub.reports()).toHaveLength(3);
  });
  test("a call that the provider could not carry has failed, and rang nowhere", async () => {
    hub.simulator.fail({ kind: "failed" });
    await lives({ kind: "hand" }, seconds(1));
    expect(hub.reports()).toEqual(["initiated", "failed"]);
    expect(hub.simulator.phone(ada).calls).toEqual([]);
  });
  test("only what was asked for is reported", async () => {
    await lives({ kind: "busy" }, seconds(1), { statusCallbackEvent: undefined });
    expect(hub.reports()).toEqual(["busy"]);
  });
});

test.each([
  ["to take it", ["Press 4 to take it. 1 for no. 3 if you can be there in 20 minutes."], "4"],
  ["for no", ["Press 4 to take it. 1 for no."], "1"],
  ["20 minutes", ["3 if you can be there in 20 minutes."], "3"],
  ["to take it, press (\\d)", ["To take it, press 7."], "7"],
  ["hash", ["Press # as the hash key."], "#"],
  ["to take it", ["Nothing here."], undefined],
  ["version", ["Version 1.2 is out, 10:30 it was."], undefined],
])("who waits for %s in %o presses %s", (on, spoken, keys) => {
  expect(keysFor({ on }, spoken)).toBe(keys);
});
