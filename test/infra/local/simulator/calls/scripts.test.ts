// Call scripts as the provider performs them: what is spoken, which keys count, and what happens when the hub fails.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { postByHttp } from "../../../../../infra/local/simulator/twilio/webhooks.ts";
import {
  ada,
  ours,
  type ScriptedHub,
  scriptedHub,
  seconds,
  silence,
} from "../../../../support/scripted-hub.ts";

let hub: ScriptedHub;
beforeEach(async () => {
  hub = await scriptedHub();
});
afterEach(() => hub.close());

/** A call that was picked up. */
const picked = async (more = {}): Promise<string> => {
  const sid = await hub.call(more);
  hub.simulator.answer(sid);
  await hub.rest();
  return sid;
};
const press = async (sid: string, keys: string): Promise<void> => {
  hub.simulator.press(sid, keys);
  await hub.rest();
};
const digits = () => hub.asksAt("/key").map(({ form }) => form["Digits"]);
const notes = () => hub.lastCall().transcript.flatMap(({ who, text }) => (who === "note" ? [text] : []));

describe("the hub is asked", () => {
  test("when somebody picks up, signed, and told who calls whom", async () => {
    hub.says("/answer", "<Say>Hello</Say>");
    const sid = await picked();
    expect(hub.asksAt("/answer")).toMatchObject([
      {
        signed: true,
        method: "POST",
        form: { CallSid: sid, CallStatus: "in-progress", From: ours, To: ada, Direction: "outbound-api" },
      },
    ]);
    expect(hub.lastCall()).toMatchObject({ status: "completed", spoken: ["Hello"] });
  });

  test("by GET where it wants that, signed as well", async () => {
    hub.says("/answer", "<Redirect method='GET'>/more?x=1%202</Redirect>");
    hub.says("/more", "<Say>More</Say>");
    await picked({ method: "GET" });
    expect(hub.asked.filter(({ method }) => method === "GET")).toMatchObject([
      { path: "/answer", signed: true, form: { To: ada } },
      { path: "/more", signed: true, form: { x: "1 2", To: ada } },
    ]);
  });
});

describe("Gather", () => {
  test("takes so many keys and asks at once", async () => {
    hub.says("/answer", "<Gather numDigits='2' action='/key'><Say>Two keys</Say></Gather>");
    const sid = await picked();
    expect(hub.lastCall().listening).toBe(true);
    await press(sid, "1");
    expect(digits()).toEqual([]);
    await press(sid, "2");
    expect(digits()).toEqual(["12"]);
    expect(hub.lastCall().listening).toBe(false);
  });

  test("ends with the key that finishes it, which is not one of the digits", async () => {
    hub.says("/answer", "<Gather action='/key'/>");
    await press(await picked(), "123#");
    expect(hub.asksAt("/key")[0]?.form).toMatchObject({ Digits: "123", FinishedOnKey: "#" });
  });

  test("takes every key as a digit where none finishes it", async () => {
    hub.says("/answer", "<Gather action='/key' finishOnKey='' numDigits='3'/>");
    await press(await picked(), "1#*");
    expect(digits()).toEqual(["1#*"]);
  });

  test("sends what there is when no further key comes", async () => {
    hub.says("/answer", "<Gather action='/key' timeout='3'/>");
    const sid = await picked();
    await hub.pass(seconds(2));
    await press(sid, "1");
    await hub.pass(seconds(2));
    await press(sid, "2");
    await hub.pass(seconds(2));
    expect(digits()).toEqual([]);
    await hub.pass(seconds(1));
    expect(digits()).toEqual(["12"]);
  });

  test("without a key goes on with what follows", async () => {
    hub.says("/answer", "<Gather action='/key' timeout='3'/><Say>Nothing pressed</Say>");
    await picked();
    await hub.pass(seconds(3));
    expect(digits()).toEqual([]);
    expect(hub.lastCall().spoken).toEqual(["Nothing pressed"]);
  });

  test("without a key asks the hub if it wants to know", async () => {
    hub.says("/answer", "<Gather action='/key' timeout='3' actionOnEmptyResult='true'/><Say>Never</Say>");
    await picked();
    await hub.pass(seconds(3));
    expect(digits()).toEqual([""]);
    expect(hub.lastCall().spoken).not.toContain("Never");
  });

  test("the first key silences the prompt, and the wait begins when the prompt has ended", async () => {
    await hub.close();
    hub = await scriptedHub({ speechSpeed: 10 });
    const prompt = "<Say>Ten letters</Say><Pause length='2'/><Say>Unheard</Say>";
    hub.says(
      "/answer",
      `<Gather action='/key' timeout='5' numDigits='1' actionOnEmptyResult='true'>${prompt}</Gather>`,
    );
    hub.says("/key", "<Say>Taken</Say>");
    const sid = await picked();
    await hub.pass(seconds(2));
    await press(sid, "7");
    await hub.pass(seconds(10));
    expect(hub.lastCall().spoken).toEqual(["Ten letters", "Taken"]);
    await picked();
    await hub.pass(1100 + 2000 + 700 + 4900);
    expect(digits()).toEqual(["7"]);
    await hub.pass(200);
    expect(digits()).toEqual(["7", ""]);
  });

  test("asks its own address again where no other is named", async () => {
    hub.scripts.set("/answer", ({ Digits }) =>
      Digits === undefined
        ? "<Response><Gather numDigits='1'/></Response>"
        : `<Response><Say>Got ${Digits}</Say></Response>`,
    );
    await press(await picked(), "8");
    expect(hub.lastCall().spoken).toEqual(["Got 8"]);
  });

  test("a key that nobody waits for is lost", async () => {
    hub.says("/answer", "<Pause length='5'/><Gather numDigits='1' action='/key' timeout='2'/>");
    await press(await picked(), "1");
    await hub.pass(seconds(10));
    expect(digits()).toEqual([]);
  });

  test("two keys at once in a prompt for one are one answer", async () => {
    hub.says("/answer", "<Gather numDigits='1' action='/key'/>");
    await press(await picked(), "45");
    expect(digits()).toEqual(["4"]);
  });
});

describe("the rest of the verbs", () => {
  test("Redirect is relative to the script that holds it, and what follows is never reached", async () => {
    hub.says("/answer", "<Redirect>deep/er</Redirect><Say>Never</Say>");
    hub.says("/deep/er", "<Redirect>next</Redirect>");
    hub.says("/deep/next", "<Say>There</Say><Hangup/><Say>Never</Say>");
    await picked();
    expect(hub.lastCall()).toMatchObject({ spoken: ["There"], status: "completed" });
  });

  test("Play and Record are noted; a recording has an address", async () => {
    hub.says(
      "/answer",
      "<Play>http://example.org/a.mp3</Play><Record action='/recorded' timeout='2' maxLength='30'/>",
    );
    await picked();
    await hub.pass(seconds(2));
    expect(notes()[0]).toBe("plays http://example.org/a.mp3");
    expect(hub.asksAt("/recorded")[0]?.form).toMatchObject({
      RecordingUrl: expect.stringMatching(/^https:\/\/recordings\.invalid\/.*RE[0-9a-f]{32}$/),
      RecordingDuration: "2",
    });
  });

  test("what Twilio does not know is left out and reported as 12200", async () => {
    hub.says("/answer", "<Whisper>psst</Whisper><Say volume='11'>Hello</Say><Gather numDigits='none'/>");
    await picked();
    expect(hub.lastCall().spoken).toEqual(["Hello"]);
    const problems = hub.events.filter(({ type }) => type === "call-problem");
    expect(problems).toMatchObject([
      { code: 12200, message: "There is no verb <Whisper>" },
      { code: 12200, message: "<Say> has no attribute volume" },
      { code: 12200, message: `<Gather> numDigits can't be "none"` },
    ]);
    expect(notes()).toContain("12200: There is no verb <Whisper>");
  });

  test("plain text is read out", async () => {
    hub.scripts.set("/answer", { type: "text/plain", body: "Just words" });
    await picked();
    expect(hub.lastCall().spoken).toEqual(["Just words"]);
  });

  test("a script that leads round and round ends", async () => {
    hub.says("/answer", "<Redirect>/answer</Redirect>");
    await picked();
    expect(hub.lastCall().status).toBe("completed");
    expect(hub.asksAt("/answer").length).toBeLessThanOrEqual(500);
  });

  test("speech takes its time where that is asked for", async () => {
    await hub.close();
    hub = await scriptedHub({ speechSpeed: 10 });
    hub.says("/answer", "<Say>0123456789</Say><Say>Second</Say>");
    await picked();
    await hub.pass(900);
    expect(hub.lastCall().spoken).toEqual(["0123456789"]);
    await hub.pass(100);
    expect(hub.lastCall().spoken).toEqual(["0123456789", "Second"]);
  });
});

describe("when the hub fails", () => {
  const sorry = expect.stringContaining("application error");

  test.each([
    ["an error", 500, 11200],
    ["not found", 404, 11200],
    ["not XML", "<Response><Say>", 12100],
    ["another root", "<Html/>", 12100],
    ["JSON", { type: "application/json", body: "{}" }, 12300],
  ] as const)("%s leads to the fallback, which is told why", async (_, answer, code) => {
    hub.scripts.set("/answer", answer);
    hub.says("/fallback", "<Say>From the fallback</Say>");
    await picked({ fallbackUrl: `${hub.url}/fallback` });
    expect(hub.lastCall().spoken).toEqual(["From the fallback"]);
    expect(hub.asksAt("/fallback")[0]).toMatchObject({
      signed: true,
      form: { ErrorCode: String(code), ErrorUrl: `${hub.url}/answer` },
    });
  });

  test("so do fifteen seconds of silence", async () => {
    hub.scripts.set("/answer", silence);
    hub.says("/fallback", "<Say>From the fallback</Say>");
    const sid = await hub.call({ fallbackUrl: `${hub.url}/fallback`, timeout: 60 });
    hub.simulator.answer(sid);
    const asking = async () => {
      while (hub.asksAt("/answer").length === 0) await hub.turns();
      await hub.turns();
    };
    await hub.pass(14_900, asking);
    expect(hub.asksAt("/fallback")).toEqual([]);
    await hub.pass(200, asking);
    await hub.rest();
    expect(hub.lastCall().spoken).toEqual(["From the fallback"]);
  });

  test("a connection that does not come about is tried once more", async () => {
    await hub.close();
    let tries = 0;
    hub = await scriptedHub({
      post: async (...request) => {
        tries += 1;
        if (tries === 1) throw new Error("refused");
        return postByHttp(...request);
      },
    });
    hub.says("/answer", "<Say>Hello</Say>");
    await picked({ statusCallback: undefined });
    expect(hub.lastCall().spoken).toEqual(["Hello"]);
  });

  test("in the middle of a call too", async () => {
    hub.says("/answer", "<Gather numDigits='1' action='/key'/>");
    hub.scripts.set("/key", 503);
    hub.says("/fallback", "<Say>From the fallback</Say>");
    await press(await picked({ fallbackUrl: `${hub.url}/fallback` }), "1");
    expect(hub.lastCall().spoken).toEqual(["From the fallback"]);
  });

  test("without a fallback the call ends with an apology", async () => {
    hub.scripts.set("/answer", 500);
    await picked();
    expect(hub.lastCall()).toMatchObject({ spoken: [sorry], status: "completed" });
  });

  test("and so does one whose fallback fails", async () => {
    hub.scripts.set("/answer", 500).set("/fallback", 500);
    await picked({ fallbackUrl: `${hub.url}/fallback` });
    expect(hub.lastCall()).toMatchObject({ spoken: [sorry], status: "completed" });
    expect(hub.asksAt("/fallback")).toHaveLength(1);
  });

  test("an answer that comes when nobody is there any more changes nothing", async () => {
    hub.says("/answer", "<Say>Too late</Say>");
    const sid = await hub.call();
    hub.simulator.answer(sid);
    hub.simulator.hangUp(sid);
    await hub.rest();
    expect(hub.lastCall()).toMatchObject({ spoken: [], status: "completed" });
  });
});

describe("a call from a phone", () => {
  test("reaches the hub beside its texts, and is answered by its first word", async () => {
    hub.says("/twilio/line", "<Gather numDigits='3' action='/key'><Say>Your PIN</Say></Gather>");
    const sid = hub.simulator.callHub(ada);
    expect(hub.lastCall()).toMatchObject({ status: "ringing", direction: "inbound" });
    await hub.rest();
    expect(hub.asksAt("/twilio/line")[0]).toMatchObject({
      signed: true,
      form: { From: ada, To: ours, CallStatus: "ringing", Direction: "inbound" },
    });
    expect(hub.lastCall()).toMatchObject({ status: "in-progress", spoken: ["Your PIN"] });
    await press(sid, "123");
    expect(digits()).toEqual(["123"]);
  });

  test("by a script: keys on hearing words, and what is said after the tone", async () => {
    hub.says(
      "/twilio/line",
      "<Gather numDigits='6' finishOnKey='#' action='/key'><Say>Your PIN</Say></Gather>",
    );
    hub.says(
      "/key",
      "<Say>Who are you?</Say><Record action='/said' maxLength='5' timeout='3'/><Say>Nobody</Say>",
    );
    hub.says("/said", "<Hangup/>");
    hub.simulator.callHub(ada, { presses: [{ on: "your pin", press: "417203#" }], says: ["Grace"] });
    await hub.pass(seconds(10));
    expect(hub.asksAt("/key")[0]?.form).toMatchObject({ Digits: "417203" });
    const { RecordingSid: sid = "" } = hub.asksAt("/said")[0]?.form ?? {};
    expect(await hub.client.recordings(sid).fetch()).toMatchObject({ duration: "5", status: "completed" });
  });

  test("who says nothing when it is taken down: the script goes on, and nobody is told of a recording", async () => {
    hub.says("/twilio/line", "<Record action='/said' timeout='3'/><Say>Nothing heard</Say>");
    hub.simulator.callHub(ada, { says: [] });
    await hub.pass(seconds(3));
    expect(hub.asksAt("/said")).toEqual([]);
    expect(hub.lastCall().spoken).toEqual(["Nothing heard"]);
  });

  test("who hangs up while it is taken down: what was said so far is told, and the answer not performed", async () => {
    hub.says("/twilio/line", "<Record action='/said' timeout='3'/>");
    hub.says("/said", "<Say>Too late</Say>");
    hub.simulator.callHub(ada, { says: [{ text: "It burns", ms: 4_000, hangsUp: true }] });
    await hub.pass(seconds(4));
    expect(hub.asksAt("/said")[0]?.form).toMatchObject({
      Digits: "hangup",
      CallStatus: "completed",
      RecordingDuration: "4",
      RecordingSid: expect.stringMatching(/^RE/),
    });
    expect(hub.lastCall()).toMatchObject({ spoken: [], status: "completed" });
  });

  test("can hide its number, or show another; the phone is the same", async () => {
    hub.says("/twilio/line", "<Say>Hello</Say>");
    hub.simulator.callHub(ada, { shows: "anonymous" });
    await hub.rest();
    expect(hub.asksAt("/twilio/line")[0]?.form).toMatchObject({ From: "anonymous", Caller: "anonymous" });
    expect(hub.lastCall().spoken).toEqual(["Hello"]);
  });

  test.each([500, silence] as const)("is led to its number's own fallback by %s", async (answer) => {
    hub.scripts.set("/twilio/line", answer);
    hub.says("/twilio/line-fallback", "<Say>Another way</Say>");
    hub.simulator.callHub(ada);
    await hub.pass(seconds(31), hub.turns);
    await hub.rest();
    expect(hub.lastCall().spoken).toEqual(["Another way"]);
    expect(hub.asksAt("/twilio/line-fallback")[0]?.form["ErrorUrl"]).toBe(`${hub.url}/twilio/line`);
  });

  test("is led there on command, as if the hub were down", async () => {
    hub.says("/twilio/line", "<Say>Here</Say>");
    hub.says("/twilio/line-fallback", "<Say>Another way</Say>");
    hub.simulator.fail({ kind: "hub-down", to: ada });
    for (const wanted of ["Another way", "Here"]) {
      hub.simulator.callHub(ada);
      await hub.rest();
      expect(hub.lastCall().spoken).toEqual([wanted]);
    }
  });

  test("can be rejected before it is answered", async () => {
    hub.says("/twilio/line", "<Reject reason='busy'/>");
    hub.simulator.callHub(ada);
    await hub.rest();
    expect(hub.lastCall()).toMatchObject({ status: "busy", spoken: [] });
    expect(hub.lastCall().answeredAt).toBeUndefined();
  });
});
