// Nights on which people call the hub's own number, wherever the hub runs: by PIN into the bridge, for help, and while the
// hub itself can't be asked.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import type { CallerScript } from "../../infra/local/simulator/twilio/calls/callers.ts";
import { phones, type Seen, told, type World } from "../support/world.ts";

const { ada, linus, joan } = phones;
const strangers = ["+12025550171", "+12025550172", "+12025550173", "+12025550174"] as const;
const [stranger] = strangers;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };

interface OnTheBridge extends Seen {
  readonly service: string;
  readonly bridge: {
    readonly state: string;
    readonly callers: readonly {
      readonly name: string;
      readonly way?: string;
      readonly presence: string;
      readonly recordings: readonly { readonly kind: string; readonly id: string }[];
    }[];
  };
}

export function lineNights(aWorld: () => Promise<World>): void {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  afterEach(() => world.end());

  const theIncident = async () => (await world.theIncident()) as OnTheBridge;
  const calls = async (phone: string, script: CallerScript, ms = seconds(20)): Promise<void> => {
    world.simulator.callHub(phone, script);
    await world.pass(ms);
  };
  const dialling = (pin: string): NonNullable<CallerScript["presses"]> => [
    { on: "to join a bridge", press: "1" },
    { on: "the six digits", press: pin },
  ];
  const forHelp: NonNullable<CallerScript["presses"]> = [
    { on: "to call for help", press: "2" },
    { on: "now, press (\\d)" },
    { on: "Press (\\d) for Checkout" },
  ];

  /** Ada has an outage and opened a bridge; its PIN, as she was told it. */
  async function aBridge(): Promise<string> {
    await world.alert(outage);
    await world.reply(ada, "1");
    const { id } = await world.theIncident();
    await world.order(id, "open-bridge");
    await world.pass(seconds(5));
    const pin = world.texts(ada).flatMap((text) => /^BRIDGE .*PIN (\d{6})\./.exec(text)?.[1] ?? [])[0];
    if (pin === undefined) throw new Error(`No invitation: ${world.texts(ada).join(" | ")}`);
    return pin;
  }

  describe("by PIN", () => {
    test("people whom the hub knows meet in one room, by name", async () => {
      const pin = await aBridge();
      await calls(ada, { presses: dialling(pin) });
      await calls(linus, { presses: dialling(`${pin}#`) });
      expect(world.roomOf(ada)).toBeDefined();
      expect(world.roomOf(linus)).toBe(world.roomOf(ada));
      const incident = await theIncident();
      expect(incident.bridge.callers).toMatchObject([
        { name: "Ada Okafor", way: "pin", presence: "in" },
        { name: "Linus Ekdahl", way: "pin", presence: "in" },
      ]);
      expect(told(incident)).toMatch(/Linus Ekdahl is let into the room[^]*Linus Ekdahl is on the bridge/);
      world.simulator.hangUp(world.lastCall(linus)?.sid ?? "");
      await world.rest();
      expect(told(await theIncident())).toContain("Linus Ekdahl left the bridge");
    });

    test("somebody unknown signs in by voice, and the commander can hear who it is", async () => {
      const pin = await aBridge();
      const says = ["Grace of the data centre"];
      await calls(stranger, { presses: dialling(pin), says });
      const incident = await theIncident();
      expect(told(incident)).toContain("An unknown caller (number ending in 0171) is let into the room.");
      const [caller] = incident.bridge.callers;
      expect(caller).toMatchObject({ name: "a caller ending in 0171", presence: "in" });
      const [name] = caller?.recordings ?? [];
      expect(name?.kind).toBe("name");
      const answer = await fetch(`${world.url}/api/incidents/${incident.id}/recordings/${name?.id}`);
      expect(answer.headers.get("content-type")).toBe("audio/mpeg");
      const sound = Buffer.from(await answer.arrayBuffer());
      expect(sound.includes(Buffer.from("Grace of the data centre", "utf16le"))).toBe(true);
    });

    test("while Twilio's own API refuses everything: nothing has to be asked of it", async () => {
      const pin = await aBridge();
      world.fail({ kind: "status", status: 503, times: 1_000 });
      await calls(ada, { presses: dialling(pin) });
      await calls(linus, { presses: dialling(pin) });
      expect([world.roomOf(ada) === undefined, world.roomOf(linus)]).toEqual([false, world.roomOf(ada)]);
    });

    test("of an incident that is over it leads nowhere", async () => {
      const pin = await aBridge();
      const { id } = await world.theIncident();
      await world.order(id, "stand-down");
      await calls(linus, { presses: dialling(pin) });
      expect([world.heard(linus), world.roomOf(linus)]).toEqual([
        expect.stringContaining("That incident is over"),
        undefined,
      ]);
    });

    test("guessed by force: strangers are stopped after twenty tries, and responders still get in", async () => {
      const pin = await aBridge();
      const wrong = String((Number(pin) + 1) % 1_000_000).padStart(6, "0");
      const guesses = [
        { on: "to join a bridge", press: "1" },
        ...Array.from({ length: 3 }, () => ({ on: "Type the six digits", press: wrong })),
      ];
      for (const phone of strangers)
        for (let n = 0; n < 3; n++) await calls(phone, { presses: guesses }, seconds(8));
      await calls("+12025550175", { presses: dialling(pin) });
      expect(world.heard("+12025550175")).toContain("too many were wrong");
      expect(world.roomOf("+12025550175")).toBeUndefined();
      await calls(stranger, { presses: dialling(pin), shows: "anonymous" });
      expect(world.heard(stranger)).toContain("Ask a responder to call you in");
      await calls(linus, { presses: dialling(pin) });
      expect(world.roomOf(linus)).toBeDefined();
      expect((await theIncident()).bridge.callers).toHaveLength(1);
    });
  });

  describe("for help", () => {
    test("a stranger waits until whoever answers the page presses the key into the room", async () => {
      world.simulator.callee(ada, {
        kind: "human",
        answersIn: 25_000,
        presses: [{ on: "(\\d) to take it and get into the room" }],
      });
      await calls(
        stranger,
        { presses: forHelp, says: [{ text: "The till is dead", ms: 3_000 }] },
        seconds(60),
      );
      const incident = await theIncident();
      expect(incident).toMatchObject({
        title: "Call for help from a number ending in 0171: Checkout",
        service: "checkout",
        owner: { id: "ada" },
      });
      expect(world.roomOf(stranger)).toBeDefined();
      expect(world.roomOf(ada)).toBe(world.roomOf(stranger));
      const [caller] = incident.bridge.callers;
      expect(caller).toMatchObject({ way: "call-for-help", recordings: [{ kind: "help" }] });
      const heardBack = await fetch(
        `${world.url}/api/incidents/${incident.id}/recordings/${caller?.recordings[0]?.id}`,
      );
      expect(
        Buffer.from(await heardBack.arrayBuffer()).includes(Buffer.from("till is dead", "utf16le")),
      ).toBe(true);
      expect(told(incident)).toMatch(/The caller said what is wrong/);
    });

    test("while nobody has let a stranger in, the caller waits in a room of its own", async () => {
      await world.alert(outage);
      await world.reply(ada, "1");
      world.simulator.callee(ada, { kind: "hand" });
      await calls(
        stranger,
        { presses: [...forHelp, { on: "Press (\\d) to wait for the people" }] },
        seconds(40),
      );
      expect(world.heard(stranger)).not.toMatch(/Payments|Okafor/);
      expect(world.heard(stranger)).toContain("they let you in");
      const { id, bridge } = await theIncident();
      expect([bridge.state, bridge.callers.map(({ presence }) => presence)]).toEqual(["none", ["waiting"]]);
      const [caller] = bridge.callers as readonly { readonly call?: string }[];
      await world.order(id, "let-in", { call: caller?.call ?? "" }, "ada@brightwater.example");
      await world.pass(seconds(15));
      const now = (await theIncident()).bridge;
      expect([now.state, now.callers.map(({ presence }) => presence)]).toEqual(["open", ["in"]]);
      // Ada is no longer at her phone's page: it rings to bring her in.
      expect(told(await theIncident())).toContain("Ada Okafor is called to be put into the room");
    });

    test("a stranger who is removed stays out, three redials of three", async () => {
      const pin = await aBridge();
      await calls(stranger, { presses: dialling(pin), says: ["Grace"] });
      const { id, bridge } = await theIncident();
      const [caller] = bridge.callers as readonly { readonly call?: string }[];
      const room = world.roomOf(stranger);
      await world.order(id, "remove", { call: caller?.call ?? "" }, "ada@brightwater.example");
      await world.pass(seconds(5));
      for (let n = 0; n < 3; n++) {
        await calls(
          stranger,
          { presses: dialling(pin), says: ["Grace"], hangsUpIn: seconds(15) },
          seconds(12),
        );
        expect(world.roomOf(stranger)).not.toBe(room);
        await world.pass(seconds(10));
      }
      expect((await theIncident()).bridge.callers.filter(({ presence }) => presence === "in")).toEqual([]);
    });

    test("a stranger who confirms nothing is paged for after ten minutes", async () => {
      const silent = { presses: [{ on: "to call for help", press: "2" }], hangsUpIn: seconds(60) };
      await calls(stranger, silent, minutes(2));
      expect(await world.open()).toEqual([]);
      await world.pass(minutes(10));
      expect(await theIncident()).toMatchObject({
        title: "Unanswered call for help from a number ending in 0171",
        service: "checkout",
      });
      expect(world.pages(ada)).toHaveLength(1);
    });

    test("a night of calls from strangers wakes few: the others are held", async () => {
      const heard: string[] = [];
      for (let n = 0; n < 12; n++) {
        await calls(stranger, { presses: forHelp, shows: n % 2 === 0 ? "anonymous" : stranger }, seconds(25));
        heard.push(world.heard(stranger));
        for (const { id } of await world.open()) await world.order(id, "stand-down");
        await world.pass(minutes(1));
      }
      expect(heard.filter((words) => words.includes("People are being paged"))).toHaveLength(3);
      expect(heard.filter((words) => words.includes("Your call is noted"))).toHaveLength(9);
    });

    test("whoever answers by text is rung, and put through at a key", async () => {
      await calls(stranger, { presses: forHelp, says: ["It burns"] }, seconds(30));
      world.simulator.callee(ada, { kind: "human", presses: [{ on: "Press (\\d) to let the caller in" }] });
      await world.reply(ada, "1");
      await world.pass(seconds(15));
      expect(world.heard(ada)).toContain("A caller for help waits");
      expect([world.roomOf(stranger) === undefined, world.roomOf(ada)]).toEqual([
        false,
        world.roomOf(stranger),
      ]);
    });

    test("who hangs up over the report is heard all the same: people are paged, and it can be listened to", async () => {
      await calls(
        stranger,
        { presses: forHelp, says: [{ text: "Fire in the", ms: 1_500, hangsUp: true }] },
        seconds(30),
      );
      const incident = await theIncident();
      expect(incident.bridge.callers).toMatchObject([{ recordings: [{ kind: "help" }] }]);
      expect(world.pages(ada)).toHaveLength(1);
    });

    test("about what is known: it is named with who has it, and a key has the caller called back", async () => {
      await aBridge();
      world.simulator.callee(joan, {
        kind: "human",
        presses: [{ on: "Press (\\d) to get into the room" }],
      });
      await calls(
        joan,
        {
          presses: [
            { on: "to call for help", press: "2" },
            { on: "Press (\\d) for Checkout" },
            { on: "Press (\\d) to join it" },
          ],
        },
        seconds(30),
      );
      const [first] = world.simulator.phone(joan).calls;
      expect(first?.spoken.join(" ")).toContain(
        "This is known. The alert reads: Payments time out. End of alert. Command is with Ada Okafor.",
      );
      expect(world.roomOf(joan)).toBeDefined();
      const { bridge } = await theIncident();
      expect(bridge.callers).toMatchObject([{ name: "Joan Whitfield", way: "call-in", presence: "in" }]);
    });
  });

  describe("while the hub can't be asked", () => {
    test("whoever types the PIN meets those who came in before", async () => {
      const pin = await aBridge();
      await calls(ada, { presses: dialling(pin) });
      world.fail({ kind: "hub-down", to: linus });
      await calls(linus, { presses: [{ on: "Nothing can be looked up", press: pin }] });
      world.fail({ kind: "hub-down", to: stranger });
      await calls(stranger, { presses: [{ on: "Nothing can be looked up", press: pin }] });
      expect(world.roomOf(ada)).toBeDefined();
      expect([world.roomOf(linus), world.roomOf(stranger)]).toEqual([world.roomOf(ada), world.roomOf(ada)]);
      // The room tells of them: Ada's call has said where to.
      expect((await theIncident()).bridge.callers.map(({ presence }) => presence)).toEqual([
        "in",
        "in",
        "in",
      ]);
    });

    test("a room that is made then is on the roster of its incident as well", async () => {
      const pin = await aBridge();
      world.fail({ kind: "hub-down", to: linus });
      await calls(linus, { presses: [{ on: "Nothing can be looked up", press: pin }] });
      expect((await theIncident()).bridge.callers.map(({ presence }) => presence)).toEqual(["in"]);
    });
  });
}
