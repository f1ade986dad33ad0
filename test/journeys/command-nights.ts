// Nights on which a response is commanded, wherever the hub runs: declared, joined by others, reported on, and closed.
import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes, seconds } from "../../functions/core/time.ts";
import { asAda, phones, type Seen, told, type World } from "../support/world.ts";

const { ada, linus, joan, mei } = phones;
const outage = {
  title: "Payments time out",
  service: "checkout",
  severity: "critical",
  dedup_key: "payments",
};

interface Commanded extends Seen {
  readonly codename?: string;
  readonly requests: readonly { readonly id: string; readonly state: string }[];
}

export function commandNights(aWorld: () => Promise<World>): void {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  afterEach(() => world.end());

  const order = async (type: string, more: object = {}): Promise<number> => {
    const { id } = await world.theIncident();
    const { status } = await world.post(`/api/incidents/${id}/commands`, { type, ...more }, asAda);
    await world.rest();
    return status;
  };
  const incident = async () => (await world.theIncident()) as Commanded;
  const lastText = (phone: string) => world.texts(phone).at(-1);

  test("a response is declared, outlives its alerts, and ends by order, with everybody released", async () => {
    await world.alert(outage);
    expect(await world.reply(ada, "1")).toBe("You have it.");
    expect(await order("declare", { synopsis: "Payments fail" })).toBe(200);
    const { codename = "" } = await incident();
    expect(codename).toMatch(/^[A-Z][a-z]+$/);
    await world.alert({ ...outage, status: "resolved" });
    await world.pass(seconds(10));
    expect(lastText(ada)).toMatch(/^SIGNAL CLEAR Checkout/);
    expect((await incident()).phase).toBe("declared");
    expect(await order("page", { person: "mei" })).toBe(200);
    expect(world.pages(mei)[0]).toContain("Ada Okafor asks for you.");
    expect(await world.reply(mei, "1")).toBe("You have it.");
    const { id } = await incident();
    expect(await order("close")).toBe(200);
    expect(lastText(mei)).toMatch(new RegExp(`^CLOSED ${codename}, Checkout: ended by Ada Okafor`));
    expect((await world.incident(id)).phase).toBe("closed");
    // What fires again is news.
    await world.alert(outage);
    expect((await world.theIncident()).id).not.toBe(id);
    expect(world.pages(ada)).toHaveLength(2);
  });

  test("what still fires after a close is an incident of its own with its next repeat", async () => {
    await world.alert(outage);
    await world.reply(ada, "1");
    await order("declare");
    const { id } = await incident();
    await order("close");
    await world.pass(minutes(1));
    await world.alert(outage);
    expect((await world.theIncident()).id).not.toBe(id);
  });

  test("nobody comes who was asked for: whoever commands is told, and the last resort is paged", async () => {
    await world.alert(outage);
    await world.reply(ada, "1");
    expect(await order("page", { person: "mei" })).toBe(200);
    expect(await order("page", { person: "mei" })).toBe(409);
    await world.pass(minutes(5));
    expect(lastText(ada)).toMatch(/^NOT ANSWERED Checkout: Mei Tanaka did not answer/);
    expect(world.pages(joan)[0]).toContain("asks: no answer from Mei Tanaka");
    expect(world.pages(linus)).toEqual([]);
    expect(told(await incident())).toContain("Ada Okafor asks for Mei Tanaka.");
  });

  test("an arrival answers the page, and is on the timeline", async () => {
    await world.alert(outage);
    expect(await order("sign-in")).toBe(200);
    const seen = await incident();
    expect(seen.owner?.id).toBe("ada");
    expect(told(seen)).toContain("Ada Okafor is here.");
    await world.pass(minutes(30));
    expect(world.pages(ada)).toHaveLength(1);
    expect(world.pages(linus)).toEqual([]);
  });
}
