// Rooms in which calls hear each other: who is in them, what the hub is told, and what it can do about them.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ada, grace, type ScriptedHub, scriptedHub } from "../../../../support/scripted-hub.ts";

let hub: ScriptedHub;
beforeEach(async () => {
  hub = await scriptedHub({ callsPerSecond: 0 });
  room();
});
afterEach(() => hub.close());

const room = (more = "", after = "<Say>You left</Say>"): void => {
  hub.says(
    "/answer",
    `<Dial><Conference statusCallback="/room" statusCallbackEvent="start end join leave mute" ${more}>inc-1</Conference></Dial>${after}`,
  );
};
const joins = async (to: string): Promise<string> => {
  const sid = await hub.call({ to });
  hub.simulator.answer(sid);
  await hub.rest();
  return sid;
};
const told = () =>
  hub
    .asksAt("/room")
    .map(({ form }) => form)
    .toSorted((a, b) => Number(a["SequenceNumber"]) - Number(b["SequenceNumber"]));
const happened = () => told().map((form) => form["StatusCallbackEvent"]);
const theRoom = async () => {
  const [found] = await hub.client.conferences.list({ friendlyName: "inc-1" });
  if (found === undefined) throw new Error("There is no such room");
  return found;
};

describe("a conference", () => {
  test("starts when the second one comes in; the phone shows who is there", async () => {
    await joins(ada);
    expect((await theRoom()).status).toBe("init");
    expect(hub.lastCall(ada).conference).toEqual({ name: "inc-1", people: [{ number: ada, muted: false }] });
    await joins(grace);
    expect((await theRoom()).status).toBe("in-progress");
    expect(hub.lastCall(ada).conference?.people.map(({ number }) => number)).toEqual([ada, grace]);
    expect(happened()).toEqual(["participant-join", "participant-join", "conference-start"]);
  });

  test("reports are signed, numbered, and say whose call it is", async () => {
    const [first, second] = [await joins(ada), await joins(grace)];
    expect(hub.asksAt("/room").every(({ signed }) => signed)).toBe(true);
    expect(told().map((form) => form["SequenceNumber"])).toEqual(["1", "2", "3"]);
    expect(told().map((form) => form["CallSid"])).toEqual([first, second, undefined]);
    expect(new Set(told().map((form) => form["ConferenceSid"])).size).toBe(1);
  });

  test("ends with the last one; a room of the same name is then a new one", async () => {
    hub.simulator.hangUp(await joins(ada));
    await hub.rest();
    const before = await theRoom();
    expect(before.status).toBe("completed");
    await joins(grace);
    expect((await theRoom()).sid).not.toBe(before.sid);
  });

  test("ends for all when one leaves who ends it, and their calls go on", async () => {
    room('endConferenceOnExit="true"');
    await joins(ada);
    hub.simulator.hangUp(await joins(grace));
    await hub.rest();
    expect(hub.lastCall(ada)).toMatchObject({ spoken: ["You left"], status: "completed" });
    expect(happened().slice(-3)).toEqual(["participant-leave", "participant-leave", "conference-end"]);
  });

  test("goes on for whoever stays when another one leaves", async () => {
    await joins(ada);
    hub.simulator.hangUp(await joins(grace));
    await hub.rest();
    expect((await theRoom()).status).toBe("in-progress");
    expect(hub.lastCall(ada).status).toBe("in-progress");
  });

  test("takes no more than it may", async () => {
    room('maxParticipants="1"');
    await joins(ada);
    await joins(grace);
    expect(hub.lastCall(grace)).toMatchObject({ spoken: ["You left"] });
  });

  test("only what was asked for is reported, but all of it is counted", async () => {
    hub.says(
      "/answer",
      '<Dial><Conference statusCallback="/room" statusCallbackEvent="leave">inc-1</Conference></Dial>',
    );
    hub.simulator.hangUp(await joins(ada));
    await hub.rest();
    expect(told().map((form) => [form["StatusCallbackEvent"], form["SequenceNumber"]])).toEqual([
      ["participant-leave", "2"],
    ]);
  });
});

describe("by Twilio's API", () => {
  test("somebody is muted, by call or by label, and that is reported once", async () => {
    room('participantLabel="ada"');
    const sid = await joins(ada);
    const { sid: conference } = await theRoom();
    expect((await hub.client.conferences(conference).participants(sid).update({ muted: true })).muted).toBe(
      true,
    );
    await hub.client.conferences(conference).participants("ada").update({ muted: true });
    await hub.rest();
    expect(happened()).toEqual(["participant-join", "participant-mute"]);
    expect(hub.lastCall(ada).conference?.people).toEqual([{ number: ada, muted: true }]);
  });

  test("somebody is put out of the room, and is then not in its list", async () => {
    const sid = await joins(ada);
    await joins(grace);
    const { sid: conference } = await theRoom();
    await hub.client.conferences(conference).participants(sid).remove();
    await hub.rest();
    expect(hub.lastCall(ada)).toMatchObject({ spoken: ["You left"], status: "completed" });
    const left = await hub.client.conferences(conference).participants.list();
    expect(left.map(({ callSid }) => callSid)).not.toContain(sid);
    await expect(hub.client.conferences(conference).participants(sid).fetch()).rejects.toMatchObject({
      code: 20404,
    });
  });

  test("a conference is ended for everybody", async () => {
    await joins(ada);
    await joins(grace);
    await hub.client.conferences((await theRoom()).sid).update({ status: "completed" });
    await hub.rest();
    expect([hub.lastCall(ada).status, hub.lastCall(grace).status]).toEqual(["completed", "completed"]);
    expect(told().at(-1)).toMatchObject({ ReasonConferenceEnded: "conference-ended-via-api" });
  });

  test("a call is led out of the room", async () => {
    hub.says("/elsewhere", "<Say>Come with me</Say>");
    const sid = await joins(ada);
    await hub.client.calls(sid).update({ url: `${hub.url}/elsewhere` });
    await hub.rest();
    expect(hub.lastCall(ada)).toMatchObject({ spoken: ["Come with me"], status: "completed" });
    expect((await theRoom()).status).toBe("completed");
  });
});
