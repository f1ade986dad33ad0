// Nights on which people meet on the phone, wherever the hub runs: who is told, who is rung, who gets in, and what is done
// in the room.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import type { CalleeScript } from "../../infra/local/simulator/twilio/calls/callees.ts";
import { phones, type Seen, told, type World } from "../support/world.ts";

const { ada, linus, joan, mei } = phones;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };
const pressesIn: CalleeScript = {
  kind: "human",
  presses: [{ on: "Press (\\d) to get into the room" }],
};

interface OnTheBridge extends Seen {
  readonly bridge: {
    readonly state: string;
    readonly callers: readonly {
      readonly call: string;
      readonly name: string;
      readonly way?: string;
      readonly presence: string;
      readonly muted: boolean;
    }[];
    readonly callIns: readonly { readonly state: string }[];
  };
}

export function bridgeNights(aWorld: () => Promise<World>): void {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  afterEach(() => world.end());

  const theIncident = async () => (await world.theIncident()) as OnTheBridge;
  const callers = async () =>
    (await theIncident()).bridge.callers.map(({ name, way, presence }) => [name, way, presence]);

  async function order(
    type: string,
    more: Readonly<Record<string, string>> = {},
    id?: string,
  ): Promise<number> {
    const incident = id ?? (await world.theIncident()).id;
    const path = `/api/incidents/${incident}/commands`;
    return (await world.post(path, { type, ...more })).status;
  }
  const callIn = async (person: string, ms = seconds(20)): Promise<void> => {
    expect(await order("call-in", { person })).toBe(200);
    await world.pass(ms);
  };
  const toCaller = async (name: string, type: "mute" | "unmute" | "remove"): Promise<void> => {
    const { bridge } = await theIncident();
    const call = bridge.callers.find((caller) => caller.name === name)?.call ?? "nobody";
    expect(await order(type, { call })).toBe(200);
    await world.pass(seconds(2));
  };

  /** Ada stays and wants more help; the command post takes it, and orders a bridge. The PIN, as Ada was told it. */
  async function aBridge(): Promise<string> {
    await world.alert(outage);
    await world.reply(ada, "3");
    await order("acknowledge");
    await order("open-bridge");
    await world.pass(seconds(40)); // what rang for the page has rung out
    const [, number, pin] = world
      .texts(ada)
      .flatMap((text) => /dial (\+\d+), PIN (\d{6})\. Reply JOIN/.exec(text) ?? []);
    expect(number).toMatch(/^\+\d+$/);
    return pin ?? "";
  }

  test("one is texted, answers JOIN and is called; another is called by order: both press, and meet", async () => {
    const pin = await aBridge();
    expect(pin).toMatch(/^\d{6}$/);
    world.simulator.callee(ada, pressesIn);
    world.simulator.callee(linus, pressesIn);
    expect(await world.reply(ada, "JOIN")).toMatch(/We call you now/);
    await world.pass(seconds(20));
    await callIn("linus");
    expect(world.heard(ada)).toMatch(
      /calling you into the phone bridge\. Checkout, critical\. The alert reads: Payments time out\. End of alert\./,
    );
    expect(world.roomOf(ada)).toMatch(/^[0-9a-f]{24}$/);
    expect(world.roomOf(linus)).toBe(world.roomOf(ada));
    expect(await callers()).toEqual([
      ["Ada Okafor", "call-in", "in"],
      ["Linus Ekdahl", "call-in", "in"],
    ]);
    const { timeline } = await theIncident();
    // Neither the PIN nor a number is anywhere on the timeline.
    expect(JSON.stringify(timeline)).not.toContain(pin);
    expect(JSON.stringify(timeline)).not.toMatch(/\+\d{8}/);
  });

  test("whoever is in command mutes, lets speak, removes, and ends it for everybody", async () => {
    await aBridge();
    for (const phone of [ada, linus]) world.simulator.callee(phone, pressesIn);
    await callIn("ada");
    await callIn("linus");
    const muted = () => world.lastCall(ada)?.conference?.people.map((each) => each.muted);
    await toCaller("Linus Ekdahl", "mute");
    expect(muted()).toEqual([false, true]);
    expect(told(await theIncident())).toContain("Linus Ekdahl is muted.");
    await toCaller("Linus Ekdahl", "unmute");
    expect(muted()).toEqual([false, false]);
    await toCaller("Linus Ekdahl", "remove");
    expect(world.lastCall(linus)?.status).toBe("completed");
    expect(await callers()).toContainEqual(["Linus Ekdahl", "call-in", "left"]);
    await order("end-bridge");
    await world.pass(seconds(5));
    expect(world.lastCall(ada)?.status).toBe("completed");
    const { bridge } = await theIncident();
    expect([bridge.state, ...bridge.callers.map(({ presence }) => presence)]).toEqual([
      "ended",
      "left",
      "left",
    ]);
  });

  test("three are called and one presses: a voicemail box and a deaf ear never get into the room", async () => {
    await aBridge();
    world.simulator.callee(ada, pressesIn);
    world.simulator.callee(linus, { kind: "voicemail", answersIn: 5_000 });
    world.simulator.callee(joan, { kind: "human", presses: [] });
    for (const person of ["ada", "linus", "joan"]) await callIn(person, seconds(1));
    await world.pass(minutes(3));
    expect(await callers()).toEqual([["Ada Okafor", "call-in", "in"]]);
    expect([world.roomOf(linus), world.roomOf(joan)]).toEqual([undefined, undefined]);
    const { bridge, timeline } = await theIncident();
    expect(bridge.callIns.map(({ state }) => state)).toEqual(["admitted", "failed", "failed"]);
    expect(timeline.filter(({ text }) => /led to nothing: it ended without a key/.test(text))).toHaveLength(
      2,
    );
  });

  test("a phone that still rings when the bridge is ended rings no more; who picked up hears that it has ended", async () => {
    await aBridge();
    await callIn("linus", seconds(3));
    await callIn("mei", seconds(3));
    expect([world.lastCall(linus)?.status, world.lastCall(mei)?.status]).toEqual(["ringing", "ringing"]);
    world.simulator.answer(world.lastCall(mei)?.sid ?? "");
    await world.rest();
    const key = /Press (\d) to get into the room/.exec(world.heard(mei))?.[1] ?? "";
    await order("end-bridge");
    await world.pass(seconds(2));
    expect(world.lastCall(linus)?.status).toBe("canceled");
    world.simulator.press(world.lastCall(mei)?.sid ?? "", key);
    await world.rest();
    expect(world.heard(mei)).toContain("The bridge has ended.");
    expect([world.roomOf(mei), await callers()]).toEqual([undefined, []]);
  });

  test("every half hour it is said in the room how it stands; and that the incident is over", async () => {
    await aBridge();
    for (const phone of [ada, linus]) world.simulator.callee(phone, pressesIn);
    await callIn("ada");
    await callIn("linus");
    // The post forgets that it has it, and people are paged anew meanwhile: by other calls.
    const inRoom = [ada, linus].flatMap((phone) => world.lastCall(phone)?.sid ?? []);
    const said = () =>
      [ada, linus].map((phone) =>
        world.simulator
          .phone(phone)
          .calls.find(({ sid }) => inRoom.includes(sid))
          ?.spoken.join(" "),
      );
    await world.pass(minutes(30));
    const howItStands =
      /How it stands\. Checkout, critical\. The alert reads: Payments time out\. End of alert\. .* has it\. Two are in the room\.$/;
    expect(said()).toEqual([expect.stringMatching(howItStands), expect.stringMatching(howItStands)]);
    const { id } = await theIncident();
    await order("stand-down");
    await world.pass(seconds(5));
    const over = expect.stringContaining("The incident of Checkout is over.");
    expect(said()).toEqual([over, over]);
    // Nobody is cut off in the middle of a word.
    for (const sid of inRoom) expect(world.simulator.hangUp(sid)).toBe(true);
    await world.rest();
    for (const name of ["Ada Okafor", "Linus Ekdahl"])
      expect(told(await world.incident(id))).toContain(`${name} left the bridge.`);
  });

  test("a drill says so first of all", async () => {
    await world.alert(outage, { "x-muster-drill": "true" });
    world.simulator.callee(linus, pressesIn);
    await order("open-bridge");
    await world.pass(seconds(40));
    await callIn("linus");
    expect(world.heard(linus)).toMatch(/^This is a drill\. Drill\./);
    expect(world.roomOf(linus)).toBeDefined();
  });

  describe("while Twilio's own API refuses everything", () => {
    const dialling = (pin: string) => ({
      presses: [
        { on: "to join a bridge", press: "1" },
        { on: "the six digits", press: pin },
      ],
    });

    test("people still dial in and are on the roster; an order that can't be carried out fails where it is seen", async () => {
      const pin = await aBridge();
      world.fail({ kind: "status", status: 503, times: 1_000 });
      for (const phone of [ada, linus]) {
        world.simulator.callHub(phone, dialling(pin));
        await world.pass(seconds(20));
      }
      expect(world.roomOf(linus)).toBe(world.roomOf(ada));
      await toCaller("Linus Ekdahl", "mute");
      const incident = await theIncident();
      expect(told(incident)).toContain(
        "That could not be done on the bridge: the provider answered with an error.",
      );
      expect(incident.bridge.callers.map(({ muted }) => muted)).toEqual([false, false]);
      await callIn("joan");
      expect(told(await theIncident())).toMatch(
        /call to the bridge led to nothing: the provider answered with an error/,
      );
    });
  });
}
