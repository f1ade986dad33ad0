// Nights on which the chat goes away, wherever the hub runs: who moves to the phone, when, and how they come back.
import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import { phones, sampleConfig, told, type World, type WorldSettings } from "../support/world.ts";

const { ada, linus, joan, mei } = phones;
const outage = { title: "Payments time out", service: "checkout", severity: "critical" };
const bridgeText = /^BRIDGE Checkout: dial (\+\d+), PIN (\d{6})\./;

export function siteNights(aWorld: (settings: WorldSettings) => Promise<World>): void {
  const within = async (tell: (night: Night) => Promise<void>, config = sampleConfig()) => {
    const world = await aWorld({ config, chat: true });
    try {
      await tell(nightOf(world));
    } finally {
      await world.end();
    }
  };

  describe("the chat goes away in mid-incident", () => {
    test("number and PIN come by text within 90 seconds, and whoever is absent is rung two minutes later", () =>
      within(async ({ world, twoRespond, invitation, calls, told }) => {
        await twoRespond();
        world.chat.behave("off");
        await world.pass(seconds(150)); // the minute's probe finds it, and the two after it
        expect(invitation(ada)).toBeDefined();
        expect(invitation(ada)).toEqual(invitation(linus));
        expect(invitation(mei)).toBeUndefined();
        expect(await told()).toMatch(/phone bridge/i);
        expect(await world.get("/api/chat")).toMatchObject({ reachable: false });
        const before = [calls(ada).length, calls(linus).length];
        await world.pass(seconds(130));
        expect([calls(ada).length, calls(linus).length]).toEqual(before.map((count) => count + 1));
      }));

    test("whoever is rung and presses the key is in the room: in the end both are", () =>
      within(async ({ world, twoRespond, invitation, inTheRoom }) => {
        await twoRespond();
        world.chat.behave("off");
        await world.pass(seconds(150));
        expect(invitation(ada)).toBeDefined();
        const presses = [{ on: "Press (\\d) to get into the room" }];
        for (const phone of [ada, linus]) world.simulator.callee(phone, { kind: "human", presses });
        await world.pass(seconds(150));
        expect(await inTheRoom()).toEqual(["Ada Okafor", "Linus Ekdahl"]);
      }));

    test("within 90 seconds of the first probe that failed", () =>
      within(async ({ world, twoRespond, invitation }) => {
        await twoRespond();
        world.chat.behave("failing");
        let waited = 0;
        while (invitation(ada) === undefined && waited < 200) {
          await world.pass(seconds(5));
          waited += 5;
        }
        // The probe before the first that failed may lie a minute back.
        expect(waited).toBeLessThanOrEqual(60 + 90);
      }));

    test("a hiccup moves nobody", () =>
      within(async ({ world, twoRespond, invitation }) => {
        await twoRespond();
        world.chat.behave("failing");
        await world.pass(seconds(70));
        world.chat.behave("well");
        await world.pass(minutes(5));
        expect(invitation(ada)).toBeUndefined();
        expect(await world.get("/api/chat")).toEqual({ reachable: true });
      }));

    test("an incident with one responder stays until a second one joins", () =>
      within(async ({ world, invitation, told }) => {
        await world.alert(outage);
        await world.reply(ada, "1");
        world.chat.behave("off");
        await world.pass(minutes(4));
        expect(invitation(ada)).toBeUndefined();
        await world.reply(ada, "3");
        await world.reply(linus, "1");
        expect(invitation(ada)).toBeDefined();
        expect(invitation(linus)).toEqual(invitation(ada));
        expect(await told()).toMatch(/chat/i);
      }));

    test("an incident that opens while it is gone moves as soon as two are on it", () =>
      within(async ({ world, twoRespond, invitation }) => {
        world.chat.behave("rate-limited");
        await world.pass(minutes(4));
        await twoRespond();
        expect(invitation(linus)).toBeDefined();
      }));
  });

  describe("the chat comes back", () => {
    test("the commander is told, once, and decides; then all are told and the bridge ends", () =>
      within(async ({ world, twoRespond, invitation, has, commander, told }) => {
        await twoRespond();
        world.chat.behave("off");
        await world.pass(minutes(3));
        expect(invitation(ada)).toBeDefined();
        world.chat.behave("well");
        await world.pass(minutes(3));
        const { phone, other } = await commander();
        expect(has(phone, /^CHAT IS BACK/)).toHaveLength(1);
        expect(has(other, /^CHAT IS BACK/)).toEqual([]);
        await world.pass(minutes(3));
        expect(has(phone, /^CHAT IS BACK/)).toHaveLength(1);
        const { id } = await world.theIncident();
        expect((await world.order(id, "return-to-chat")).status).toBe(403); // that is the commander's to say
        await world.reply(phone, "2"); // while nobody is in command, whoever is signed in may
        expect((await world.order(id, "return-to-chat")).status).toBe(200);
        await world.pass(minutes(1));
        expect(has(other, /^BACK TO THE CHAT/)).toHaveLength(1);
        expect(await told()).toMatch(/bridge (is over|has ended|ended|was ended)/i);
      }));

    test("what is lost a second time is told a second time", () =>
      within(async ({ world, twoRespond, has, commander }) => {
        await twoRespond();
        for (let times = 1; times <= 2; times++) {
          world.chat.behave("off");
          await world.pass(minutes(4));
          world.chat.behave("well");
          await world.pass(minutes(4));
          const { phone } = await commander();
          expect(has(phone, /^CHAT IS BACK/)).toHaveLength(times);
        }
      }));
  });

  describe("the last-resort card", () => {
    const card = /^LAST-RESORT CARD/;
    const roles = (written: string) => `${sampleConfig()}\nemergency: ${written}\n`;

    test("goes to the holders of roles and to nobody else, with full numbers and the PIN of the role", () =>
      within(async ({ world, has }) => {
        await world.rest();
        const [adas = ""] = has(ada, card);
        expect(adas).toMatch(/dial \+\d+, PIN \d{6} as IC\./);
        expect(adas).toContain(`Ada Okafor ${ada}, Joan Whitfield ${joan}`);
        expect(adas).toContain(`Linus Ekdahl ${linus}`);
        expect(has(joan, card)).toEqual([adas]);
        const [linuss = ""] = has(linus, card);
        expect(linuss).toMatch(/PIN \d{6} as TL\./);
        expect(/PIN (\d+)/.exec(linuss)?.[1]).not.toBe(/PIN (\d+)/.exec(adas)?.[1]);
        expect(has(mei, card)).toEqual([]);
      }, roles("{ ic: [ada, joan], tl: [linus] }")));

    test("is sent again when something on it changed, and only then", () =>
      within(async ({ world, has }) => {
        await world.rest();
        await world.restart(`# the same\n${roles("{ ic: [ada, joan] }")}`);
        await world.rest();
        expect([ada, joan, linus].map((phone) => has(phone, card).length)).toEqual([1, 1, 0]);
        await world.restart(roles("{ ic: [joan, ada] }"));
        await world.rest();
        expect([ada, joan, linus].map((phone) => has(phone, card).length)).toEqual([2, 2, 0]);
        await world.restart(roles("{ ic: [joan] }"));
        await world.rest();
        expect([ada, joan, linus].map((phone) => has(phone, card).length)).toEqual([2, 3, 0]);
      }, roles("{ ic: [ada, joan] }")));

    test("that could not be sent is sent later", () =>
      within(async ({ world, has }) => {
        await world.rest();
        expect(has(ada, card)).toHaveLength(1);
        world.fail({ kind: "status", status: 503, to: ada, times: 2 });
        await world.restart(roles("{ ic: [ada, mei] }"));
        await world.rest();
        expect(has(ada, card)).toHaveLength(1);
        await world.pass(minutes(10));
        expect(has(ada, card)).toHaveLength(2);
      }, roles("{ ic: [ada] }")));
  });
}

interface Room {
  readonly callers: readonly { readonly name: string; readonly presence: string }[];
}

type Night = ReturnType<typeof nightOf>;

function nightOf(world: World) {
  const has = (phone: string, what: RegExp) => world.texts(phone).filter((text) => what.test(text));
  const calls = (phone: string) => world.simulator.phone(phone).calls;
  const commander = async () => {
    const { owner } = await world.theIncident();
    return owner?.id === "ada" ? { phone: ada, other: linus } : { phone: linus, other: ada };
  };
  return {
    world,
    has,
    calls,
    commander,
    told: async () => told(await world.theIncident()),
    /** Ada has it and asks for more help, and Linus comes. */
    twoRespond: async (): Promise<void> => {
      await world.alert(outage);
      await world.reply(ada, "3");
      await world.reply(linus, "1");
    },
    /** Who is in the room, as the command post shows it. */
    inTheRoom: async (): Promise<readonly string[]> => {
      const { id } = await world.theIncident();
      const { bridge } = await world.get<{ bridge: Room }>(`/api/incidents/${id}`);
      return bridge.callers
        .filter(({ presence }) => presence === "in")
        .map(({ name }) => name)
        .toSorted();
    },
    /** Number and PIN, as they were texted. */
    invitation: (phone: string): { readonly number: string; readonly pin: string } | undefined => {
      const found = world.texts(phone).flatMap((text) => bridgeText.exec(text) ?? []);
      return found.length === 0 ? undefined : { number: found[1] ?? "", pin: found[2] ?? "" };
    },
  };
}
