// The phone simulator's answers and our adapters' requests, held against Twilio's reference by a referee between them: the
// real client and the real adapters on one side, the simulator on the other.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { twilioSms } from "../../../../functions/adapters/twilio/sms.ts";
import { twilioVoice } from "../../../../functions/adapters/twilio/voice.ts";
import { simulatedAccount } from "../../../../infra/local/simulator/twilio/account.ts";
import { apiPath } from "../../../../infra/local/simulator/twilio/phone-simulator.ts";
import { ada, grace, ours, type ScriptedHub, scriptedHub, seconds } from "../../../support/scripted-hub.ts";
import { twilioClient } from "../../../support/twilio-client.ts";
import { operations } from "../../../support/twilio-operations.ts";
import { type Exchanged, judge, refereeBefore } from "../../../support/twilio-referee.ts";

const service = `MG${"0".repeat(31)}1`;
const linus = "+447700900003";
const { accountSid, authToken } = simulatedAccount;
const played = new Set<string>();

let hub: ScriptedHub;
let referee: Awaited<ReturnType<typeof refereeBefore>>;
let client: ReturnType<typeof twilioClient>;

beforeEach(async () => {
  hub = await scriptedHub({ callsPerSecond: 0, messagingServiceSid: service });
  referee = await refereeBefore(hub.address);
  client = twilioClient(referee.address);
});
afterEach(async () => {
  for (const name of referee.played) played.add(name);
  await referee.close();
  await hub.close();
});

const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "taken",
    ({ status, code }: { status: number; code: number }) => [status, code],
  );
const calledInto = async (to: string, inside: string): Promise<string> => {
  hub.says("/answer", inside);
  const { sid } = await client.calls.create({ to, from: ours, url: `${hub.url}/answer` });
  await hub.rest();
  hub.simulator.answer(sid);
  await hub.rest();
  return sid;
};
const room = '<Dial><Conference participantLabel="x">inc-1</Conference></Dial><Say>You left</Say>';
const theRoom = async () => {
  const [found] = await client.conferences.list({ friendlyName: "inc-1" });
  if (found === undefined) throw new Error("There is no such room");
  return client.conferences(found.sid);
};

describe("as Twilio's reference has it", () => {
  test("texts are taken, delivered, lost, brought, listed, emptied and deleted", async () => {
    const { messages } = client;
    const first = await messages.create({ to: ada, from: ours, body: "Ünïcode", validityPeriod: 60 });
    await messages.create({ to: ada, messagingServiceSid: service, body: "x".repeat(400) });
    hub.simulator.fail({ kind: "undelivered", to: grace });
    await messages.create({ to: grace, from: ours, body: "lost", statusCallback: `${hub.url}/reports` });
    expect(await refusal(messages(first.sid).remove())).toEqual([409, 20009]);
    await hub.pass(seconds(1));
    await hub.simulator.text(ada, "brought");
    const today = new Date(hub.now());
    expect(await messages.list({ pageSize: 2 })).toHaveLength(4);
    expect(await messages.list({ to: ada, dateSentBefore: today, dateSentAfter: today })).toHaveLength(2);
    expect((await messages(first.sid).fetch()).status).toBe("delivered");
    expect((await messages(first.sid).update({ body: "" })).body).toBe("");
    await messages(first.sid).remove();
    expect(await refusal(messages(first.sid).fetch())).toEqual([404, 20404]);
    expect(hub.simulator.phone(ada).messages.map(({ body }) => body)).toContain("Ünïcode");
    expect(referee.faults).toEqual([]);
  });

  test("calls are placed, answered, led elsewhere, ended, taken back, listed and deleted", async () => {
    hub.says("/answer", '<Say>Hello</Say><Pause length="60"/>');
    const { calls } = client;
    const { sid } = await calls.create({
      to: ada,
      from: ours,
      url: `${hub.url}/answer`,
      fallbackUrl: `${hub.url}/fallback`,
      statusCallback: `${hub.url}/status`,
      statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
      machineDetection: "Enable",
      asyncAmd: "true",
      asyncAmdStatusCallback: `${hub.url}/machine`,
    });
    await hub.rest();
    await calls(sid).fetch();
    expect(await refusal(calls(sid).remove())).toEqual([409, 20009]);
    hub.simulator.answer(sid, "machine_start");
    await hub.rest();
    await hub.pass(seconds(5));
    expect((await calls(sid).fetch()).answeredBy).toBe("machine_start");
    await calls(sid).update({ twiml: "<Response><Pause length='9'/></Response>" });
    await calls(sid).update({ status: "completed" });
    const other = await calls.create({ to: grace, from: ours, twiml: "<Response/>" });
    await calls(other.sid).update({ status: "canceled" });
    hub.simulator.callHub(grace);
    await hub.rest();
    expect(await calls.list({ pageSize: 1 })).toHaveLength(3);
    expect(await calls.list({ parentCallSid: sid })).toEqual([]);
    await calls.list({ status: "completed", startTimeAfter: new Date(hub.now()), to: ada });
    await calls(sid).remove();
    expect(await refusal(calls(sid).fetch())).toEqual([404, 20404]);
    expect(hub.lastCall(ada).status).toBe("completed");
    expect(referee.faults).toEqual([]);
  });

  test("people are in a room: seen, muted, held, spoken to, called in, put out, and it ends", async () => {
    const sid = await calledInto(ada, room);
    expect((await (await theRoom()).fetch()).status).toBe("init");
    await calledInto(grace, room);
    const conference = await theRoom();
    hub.says("/words", "<Say>Everybody hears this</Say>");
    await conference.update({ announceUrl: `${hub.url}/words`, announceMethod: "POST" });
    await conference.participants(sid).update({ muted: true, hold: true, holdUrl: `${hub.url}/words` });
    await hub.rest();
    expect([ada, grace].map((who) => hub.lastCall(who).spoken)).toEqual([
      ["Everybody hears this"],
      ["Everybody hears this"],
    ]);
    await conference.participants(sid).update({ announceUrl: `${hub.url}/words` });
    await hub.rest();
    expect([ada, grace].map((who) => hub.lastCall(who).spoken.length)).toEqual([2, 1]);
    const called = await conference.participants.create({
      from: ours,
      to: linus,
      label: 'Linus & "co"',
      statusCallback: `${hub.url}/status`,
      statusCallbackEvent: ["initiated", "answered"],
      endConferenceOnExit: true,
      timeout: 20,
    });
    expect(called.status).toBe("queued");
    await hub.rest();
    hub.simulator.answer(called.callSid);
    await hub.rest();
    expect((await conference.participants(called.callSid).fetch()).label).toBe('Linus & "co"');
    expect(await conference.participants.list({ pageSize: 2 })).toHaveLength(3);
    expect(await conference.participants.list({ muted: true })).toHaveLength(1);
    await conference.participants(called.callSid).remove();
    await hub.rest();
    expect(await refusal(conference.participants(sid).fetch())).toEqual([404, 20404]);
    const over = await conference.fetch();
    expect(over.reasonConferenceEnded).toBe("participant-with-end-conference-on-exit-kicked");
    expect(over.callSidEndingConference).toBe(called.callSid);
    expect(referee.faults).toEqual([]);
  });

  test.each([
    ["the last one leaves", "last-participant-left"],
    ["the last one is put out", "last-participant-kicked"],
    ["it is ended from outside", "conference-ended-via-api"],
  ])("a room ends when %s", async (how, reason) => {
    const sids = [await calledInto(ada, room), await calledInto(grace, room)];
    const conference = await theRoom();
    if (reason === "conference-ended-via-api") await conference.update({ status: "completed" });
    else
      for (const sid of sids)
        if (how.includes("leaves")) hub.simulator.hangUp(sid);
        else await conference.participants(sid).remove();
    await hub.rest();
    expect((await conference.fetch()).reasonConferenceEnded).toBe(reason);
    expect(referee.faults).toEqual([]);
  });

  test("somebody is called into a room that nobody opened yet", async () => {
    const { callSid } = await client.conferences("inc-1").participants.create({ from: ours, to: ada });
    await hub.rest();
    hub.simulator.answer(callSid);
    await hub.rest();
    expect(await (await theRoom()).participants.list()).toMatchObject([{ callSid }]);
    expect(referee.faults).toEqual([]);
  });

  test("what was taken down is listed, fetched and deleted", async () => {
    const sid = await calledInto(ada, '<Record action="/taken" timeout="2"/>');
    await hub.pass(seconds(20));
    const [found] = await client.recordings.list({ callSid: sid });
    expect(await client.calls(sid).recordings.list()).toMatchObject([{ sid: found?.sid }]);
    expect(await client.conferences(`CF${"0".repeat(32)}`).recordings.list()).toEqual([]);
    await client.recordings(found?.sid ?? "").fetch();
    await client.recordings(found?.sid ?? "").remove();
    expect(await refusal(client.recordings(found?.sid ?? "").fetch())).toEqual([404, 20404]);
    expect(referee.faults).toEqual([]);
  });

  test("the account shows itself", async () => {
    expect((await client.api.v2010.accounts(accountSid).fetch()).status).toBe("active");
    expect(referee.faults).toEqual([]);
  });

  test("refusals name their code, its page and its own status", async () => {
    const create = (more: object) => client.calls.create({ to: ada, from: ours, url: hub.url, ...more });
    const text = (more: object) => client.messages.create({ to: ada, from: ours, body: "x", ...more });
    const { sid } = await text({});
    await hub.pass(seconds(1));
    const stranger = twilioClient(referee.address, "wrong");
    expect(
      await Promise.all(
        [
          stranger.calls.list(),
          create({ to: "" }),
          create({ timeout: 660 }),
          create({ method: "PUT" }),
          create({ machineDetection: "Always" }),
          text({ validityPeriod: 0 }),
          text({ body: "" }),
          client.messages(sid).update({ status: "canceled" }),
          client.messages(sid).update({ body: "other words" }),
        ].map(refusal),
      ),
    ).toEqual([
      [401, 20003],
      [400, 21201],
      [400, 21208],
      [400, 21209],
      [400, 21234],
      [400, 21624],
      [400, 21619],
      [400, 30409],
      [400, 20001],
    ]);
    expect(referee.faults).toEqual([]);
  });

  test.each([
    [429, 20429],
    [500, 20500],
    [503, 20503],
    [401, 20003],
  ])("a fault of status %i is Twilio's %i", async (status, code) => {
    hub.simulator.fail({ kind: "status", status });
    expect(await refusal(client.messages.create({ to: ada, from: ours, body: "x" }))).toEqual([status, code]);
    expect(referee.faults).toEqual([]);
  });
});

describe("our adapters ask as Twilio's reference has it", () => {
  const settings = () => ({
    accountSid,
    credentials: { authToken },
    apiUrl: referee.address + apiPath,
    publicUrl: "https://hub.example.com",
  });

  test.each([
    ["a number", { from: ours }],
    ["a messaging service", { messagingServiceSid: service }],
  ])("a text by %s, and the search for it", async (_, sender) => {
    const sms = twilioSms({ ...settings(), sender });
    const text = { to: ada, text: "CRITICAL A4821: nothing works", reportTo: "/reports", validFor: 300_000 };
    const sent = await sms.send({ ...text, drill: false, reference: "A4821" });
    expect(sent.outcome).toBe("done");
    const asked = { ...text, drill: false, reference: "A4821" };
    expect(await sms.find(asked, hub.now())).toEqual(sent);
    expect(referee.faults).toEqual([]);
    expect([...referee.played]).toEqual(["create a message", "list messages"]);
  });

  test("a call, the search for it, and its end before anybody picks up", async () => {
    const voice = twilioVoice({ ...settings(), from: ours });
    const call = {
      to: ada,
      answerAt: "/answer",
      reportTo: "/reports",
      machineTo: "/machine",
      ringFor: 30_000,
    };
    const placed = await voice.send(call as Parameters<typeof voice.send>[0]);
    expect(await voice.find(call as Parameters<typeof voice.find>[0], hub.now())).toEqual(placed);
    const receipt = placed.outcome === "done" ? placed.receipt : "";
    expect(await voice.takeBack(receipt)).toBe("taken-back");
    expect(referee.faults).toEqual([]);
    expect([...referee.played]).toEqual(["create a call", "list calls", "change a call"]);
  });
});

describe("the referee", () => {
  const base = `/2010-04-01/Accounts/${accountSid}`;
  const yes = (body: unknown, more: Partial<Exchanged> = {}): Exchanged => ({
    method: "POST",
    path: `${base}/Calls/CA${"1".repeat(32)}.json`,
    form: "Status=canceled",
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...more,
  });

  test("has seen every operation of its table", () => {
    expect([...played].toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
  });

  test("finds what is wrong with a request", async () => {
    const { body } = await fetched();
    const faults = (form: string) => judge(yes(JSON.parse(body), { form })).faults;
    expect(faults("Status=canceled")).toEqual([]);
    expect(faults("Status=ringing")).toEqual(["change a call: Status can't be ringing"]);
    expect(faults("Colour=red")).toEqual(["change a call: there is no parameter Colour"]);
    expect(faults("Url=http%3A%2F%2Fa&Url=http%3A%2F%2Fb")).toEqual(["change a call: Url stands 2 times"]);
    expect(judge(yes({}, { path: `${base}/Faxes.json` })).faults).toEqual(["there is no POST /Faxes.json"]);
  });

  test("finds what is wrong with an answer", async () => {
    const { body } = await fetched();
    const faults = (more: object, status = 200) =>
      judge(yes({ ...JSON.parse(body), ...more }, { status })).faults;
    expect(faults({ sid: "CA123" })).toEqual(['change a call: sid can\'t be "CA123"']);
    expect(faults({ status: "dialling" })).toEqual(['change a call: status can\'t be "dialling"']);
    expect(faults({ queue_time: 0 })).toEqual(["change a call: queue_time can't be 0"]);
    expect(faults({ date_created: "2026-11-21T02:00:00Z" })).toHaveLength(1);
    expect(faults({ mood: "good" })).toEqual(["change a call: there is no field mood"]);
    expect(faults({ to: undefined })).toEqual(["change a call: to is missing"]);
    expect(faults({}, 201)).toEqual(["change a call: answered with 201, not 200"]);
  });

  test("finds what is wrong with a refusal", () => {
    const refused = {
      code: 20404,
      message: "no",
      more_info: "https://www.twilio.com/docs/errors/20404",
      status: 404,
    };
    const faults = (more: object, status = 404) => judge(yes({ ...refused, ...more }, { status })).faults;
    expect(faults({})).toEqual([]);
    expect(faults({ more_info: "" })).toHaveLength(1);
    expect(faults({ status: 400 })).toHaveLength(1);
    expect(faults({}, 400)).toHaveLength(2);
    expect(
      faults({ code: 20003, more_info: "https://www.twilio.com/docs/errors/20003", status: 401 }, 401),
    ).toEqual(["change a call: does not say how to authenticate"]);
  });

  const fetched = async () => {
    const { sid } = await client.calls.create({ to: ada, from: ours, twiml: "<Response/>" });
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const answer = await fetch(`${hub.address}${apiPath}${base}/Calls/${sid}.json`, {
      headers: { authorization },
    });
    return { body: await answer.text() };
  };
});
